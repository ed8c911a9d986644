import { posix } from "node:path";
import type { Found, PackageFound, ServerFound } from "../found.ts";
import type { DraftTable } from "./draft.ts";
import { isModulePackage } from "./npm-modules.ts";

const NAMES = {
  admin: /^(admin|dashboard|backoffice)(-ui)?$/,
  storefront: /^(storefront|shop|web|site|website|frontend|client)$/,
} as const;
type PageName = keyof typeof NAMES;

/** A user interface of the repository: a package of static pages with a surface's name. */
export interface PageFound {
  readonly surface: PageName;
  readonly directory: string;
  /** A program that must run (Next.js and its like) is no surface of static files. */
  readonly isProgram: boolean;
}

/** Packages that are user interfaces, by their directories' names; the first of each name is the surface. */
export function pagesOf(found: Found, server: Pick<ServerFound, "directory">): readonly PageFound[] {
  return found.packages.flatMap((each) => {
    const surface = surfaceName(each);
    const isPage = surface !== undefined && each.directory !== "" && each.directory !== server.directory && !isModulePackage(each);
    return isPage ? [{ surface, directory: each.directory, isProgram: ["next", "nuxt", "@remix-run/node", "@sveltejs/kit"].some((name) => name in each.dependencies || name in each.devDependencies) }] : [];
  });
}

function surfaceName({ directory }: PackageFound): PageName | undefined {
  const name = posix.basename(directory);
  return (Object.keys(NAMES) as PageName[]).find((each) => NAMES[each].test(name));
}

/** Tables for user interfaces that stand elsewhere than the preset expects them. */
export function surfaceTables(found: Found, server: ServerFound): readonly DraftTable[] {
  return (Object.keys(NAMES) as PageName[]).flatMap((surface) => {
    const page = pagesOf(found, server).find((each) => each.surface === surface && !each.isProgram);
    if (page === undefined || (server.directory !== "" && page.directory === `apps/${surface}`)) return [];
    return [{ table: ["surfaces", surface], entries: [
      { key: "directory", value: page.directory, because: `by its name, this is the ${surface}` },
      { key: "output", value: ["dist"], because: "the usual place of built pages" },
    ] }];
  });
}
