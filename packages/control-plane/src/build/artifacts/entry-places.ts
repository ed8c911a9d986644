import { isAbsolute, posix } from "node:path";
import type { Header } from "tar-stream";
import { fail } from "../../errors/problem.ts";

/**
 * Where the entries of one artifact go. Whoever can write to the store decides what is in it until its digest is known, so that no
 * entry may lead out of the directory that it is unpacked into: neither by its name, nor by a link that an earlier entry made.
 */
export class EntryPlaces {
  readonly #links = new Set<string>();

  /** The entry's path below the directory. Throws artifact_damaged for one that `packArtifact` never writes. */
  take({ name, type, linkname }: Header): string {
    const path = posix.normalize(name);
    const isLink = type === "symlink";
    if ((type !== "file" && !isLink) || path === "." || isOutside(path) || this.#isThroughLink(path)) refuse(name);
    if (!isLink) return path;
    if (leavesArtifact(path, linkname ?? "/")) refuse(name);
    this.#links.add(path);
    return path;
  }

  #isThroughLink(path: string): boolean {
    for (let part = path; part !== "."; part = posix.dirname(part)) if (this.#links.has(part)) return true;
    return false;
  }
}

/** Whether a link at a path of an artifact points out of it. */
export function leavesArtifact(path: string, target: string): boolean {
  return isAbsolute(target) || isOutside(posix.join(posix.dirname(path), target));
}

function isOutside(path: string): boolean {
  return isAbsolute(path) || path === ".." || path.startsWith("../");
}

function refuse(name: string): never {
  return fail("artifact_damaged", `the artifact holds an entry that leads out of it: ${JSON.stringify(name)}`);
}
