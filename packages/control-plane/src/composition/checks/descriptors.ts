import { problem, type Problem } from "../../errors/problem.ts";
import { ofEachModule, type Candidate } from "../candidate.ts";

/** A descriptor must name the slug under which the manifest has its module. */
export function descriptorMismatches(candidate: Candidate): Problem[] {
  return ofEachModule(candidate, (slug) => {
    const said = candidate.reading(slug)?.descriptor.slug;
    if (said === undefined || said === slug) return [];
    return [problem("descriptor_mismatch", `The module that the manifest names \`${slug}\` calls itself \`${said}\` in its module.toml`, { module: slug })];
  });
}

/** Slugs for which only the catalog's word is known, or nothing at all. */
export function unverifiedSlugs(candidate: Candidate): string[] {
  return ofEachModule(candidate, (slug) => (candidate.reading(slug)?.verified === true ? [] : [slug]));
}

export function unverifiedDescriptors(candidate: Candidate): Problem[] {
  return unverifiedSlugs(candidate).map((slug) => problem("descriptor_unverified", `The descriptor of \`${slug}\` could not be read: its dependencies and versions are not checked`, { module: slug }));
}

/** New or changed modules from elsewhere whose package says nothing of being one. The host's own people know what their tree holds. */
export function undescribedModules(candidate: Candidate): Problem[] {
  return ofEachModule(candidate, (slug, { source, packageName }) => {
    const undescribed = source !== "path" && candidate.reading(slug)?.described === false && candidate.wanted.touched.has(slug);
    return undescribed ? [problem("module_undescribed", `\`${packageName}\` has no module.toml: nothing says that it is a module`, { module: slug })] : [];
  });
}
