import { posix } from "node:path";
import { sortedUnique } from "../../composition/text-order.ts";
import type { Template } from "../template.ts";

/** A solution file, so that `tsc --build` compiles the host's own modules before the host. JSON has no place for a header. */
export const typescriptReferences: Template = ({ modules }, place) => {
  if (place.references === undefined) return undefined;
  const directory = posix.dirname(place.references);
  const paths = modules.flatMap((module) => (module.path === undefined ? [] : [posix.relative(directory, module.path)]));
  const references = sortedUnique(paths).map((path) => ({ path }));
  // The compiler refuses an empty list of files that refers to nothing; an empty pattern beside `references` it takes.
  const own = references.length === 0 ? { include: [] } : { files: [] };
  return { path: place.references, text: `${JSON.stringify({ ...own, references }, null, 2)}\n` };
};
