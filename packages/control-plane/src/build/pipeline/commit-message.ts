import type { Composition, ModulesDelta } from "../../composition/composition.ts";
import { toPublicId } from "../../database/identifiers.ts";
import type { CommitMessage } from "../host/repository.ts";
import type { AnsweredRequest } from "../requests-store.ts";
import type { Build } from "../store.ts";

/** The composition commit's author and words: what changed, why, and the trailers that lead back to the build. */
export function composeMessage(build: Build, requests: readonly AnsweredRequest[], composition: Composition, delta: ModulesDelta): CommitMessage {
  const reasons = unique([build.reason, ...requests.map(({ reason }) => reason)]).filter((reason) => reason !== "");
  const people = unique([build.requestedBy, ...requests.map(({ requestedBy }) => requestedBy)]);
  const trailers = [`Modyard-Build: ${toPublicId("bld", build.id)}`, `Modyard-Manifest: ${composition.manifestHash}`, ...people.map((person) => `Requested-by: ${person}`)];
  const text = [title(delta), "", ...(reasons.length === 0 ? [] : [...reasons, ""]), ...trailers, ""].join("\n");
  return { author: authorOf(build.requestedBy), text };
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
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
