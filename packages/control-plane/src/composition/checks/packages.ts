import { problem, type Problem } from "../../errors/problem.ts";
import { ofEachModule, type Candidate } from "../candidate.ts";
import { listed } from "../situation.ts";
import { kindOfSource } from "../spec.ts";

/** Each package belongs to one module: two slugs of one package would register it twice. */
export function sharedPackages(candidate: Candidate): Problem[] {
  const owners = new Map<string, string[]>();
  ofEachModule(candidate, (slug, spec) => {
    const known = owners.get(spec.packageName);
    if (known === undefined) owners.set(spec.packageName, [slug]);
    else known.push(slug);
    return [];
  });
  return [...owners]
    .filter(([, slugs]) => slugs.length > 1)
    .toSorted()
    .map(([name, slugs]) => problem("package_taken", `${listed(slugs)} name the same package \`${name}\``, { module: slugs.at(-1) ?? name, details: { modules: slugs } }));
}

/** A manifest has npm packages or cargo crates, never both. */
export function mixedKinds(candidate: Candidate): Problem[] {
  const kinds = ofEachModule(candidate, (slug, spec) => {
    const kind = kindOfSource(spec);
    return kind === undefined ? [] : [{ slug, kind }];
  });
  const rightKind = candidate.packageKind;
  return kinds
    .filter(({ kind }) => kind !== rightKind)
    .map(({ slug, kind }) => problem("package_kind_mixed", `\`${slug}\` is ${kind === "npm" ? "an npm package" : "a crate"}, but this host's modules are ${rightKind === "npm" ? "npm packages" : "crates"}`, { module: slug }));
}
