import type { Composition, ModulesDelta } from "../../composition/composition.ts";
import { toPublicId } from "../../database/identifiers.ts";
import type { CommitMessage } from "../host/repository.ts";
import type { Build } from "../store.ts";

/** The composition commit's author and words: what changed, why, and the trailers that lead back to the build. */
export function composeMessage(build: Build, composition: Composition, delta: ModulesDelta): CommitMessage {
  const trailers = [`Modyard-Build: ${toPublicId("bld", build.id)}`, `Modyard-Manifest: ${composition.manifestHash}`, `Requested-by: ${build.requestedBy}`];
  const text = [title(delta), "", ...(build.reason === "" ? [] : [build.reason, ""]), ...trailers, ""].join("\n");
  return { author: authorOf(build.requestedBy), text };
}

function title({ added, removed, changed }: ModulesDelta): string {
  const parts = [
    ...(added.length > 0 ? [`install ${added.map(({ slug, version }) => `${slug} ${version}`).join(", ")}`] : []),
    ...(removed.length > 0 ? [`uninstall ${removed.map(({ slug }) => slug).join(", ")}`] : []),
    ...(changed.length > 0 ? [`change ${changed.map(({ slug, from, to }) => `${slug} ${from} -> ${to}`).join(", ")}`] : []),
  ];
  return parts.length === 0 ? "modules: rebuild" : `modules: ${parts.join("; ")}`;
}

/** `admin@rustok` or `Ada <ada@example.org>` as git's author; git forbids angle brackets inside either part. */
function authorOf(requestedBy: string): CommitMessage["author"] {
  const [, name, email] = /^([^<>]+?)\s*<([^<>\s]+)>$/.exec(requestedBy) ?? [];
  if (name !== undefined && email !== undefined) return { name, email };
  const plain = requestedBy.replaceAll(/[<>\s]+/g, " ").trim() || "unknown";
  return { name: plain, email: plain.includes("@") ? plain : "unknown@localhost" };
}
