import { posix } from "node:path";
import type { CrateFound, Found, PackageFound } from "../found.ts";
import { isModulePackage } from "./npm-modules.ts";

/** A part of the repository that may be its server. */
export interface Candidate {
  readonly toolchain: "npm" | "cargo";
  /** Relative to the repository's root; "" is the root. */
  readonly directory: string;
  readonly name: string;
  /** Why it may be the server, in words; the strongest first. */
  readonly reasons: readonly string[];
  readonly score: number;
}

/** One observation: how much it speaks for (or against) a server, and how people say it. */
type Sign = readonly [score: number, reason: string] | undefined;

const NODE_SERVERS = ["fastify", "express", "hono", "@hono/node-server", "koa", "@nestjs/core", "next", "restify", "@hapi/hapi", "polka", "h3", "nitropack", "@adonisjs/core", "@modyard/runtime"];
const NODE_PAGES = ["vite", "react-scripts", "astro", "parcel", "@angular/core"];
const RUST_SERVERS = ["axum", "actix-web", "loco-rs", "rocket", "warp", "poem", "salvo", "tide", "hyper"];

/** The packages and crates that may be the server, the likeliest first. */
export function serverCandidates(found: Found): readonly Candidate[] {
  const all = [...found.packages.flatMap((each) => nodeCandidate(each, found)), ...found.crates.flatMap((each) => rustCandidate(each, found))];
  return all.toSorted((a, b) => b.score - a.score || depth(a) - depth(b) || (a.directory < b.directory ? -1 : 1));
}

/** Others that are nearly as likely as the best: a person should say which. */
export function rivals([best, ...others]: readonly Candidate[]): readonly Candidate[] {
  return best === undefined ? [] : others.filter(({ score }) => score >= best.score - 1);
}

const depth = ({ directory }: Candidate): number => (directory === "" ? 0 : directory.split("/").length);

function nodeCandidate(each: PackageFound, found: Found): Candidate[] {
  if (isModulePackage(each)) return [];
  const framework = NODE_SERVERS.find((name) => name in each.dependencies);
  const page = NODE_PAGES.find((name) => name in each.dependencies || name in each.devDependencies);
  const { start } = each.scripts;
  const entry = each.main ?? each.bin;
  return candidate("npm", each.directory, each.name ?? posix.basename(each.directory), 2, [
    framework === undefined ? undefined : [3, `depends on ${framework}`],
    start === undefined ? undefined : [2, "has a start script"],
    ...placeSigns(each.directory),
    entry === undefined ? undefined : [1, `has the entry point ${entry}`],
    page !== undefined && framework === undefined ? [-3, `is a page made with ${page}`] : undefined,
    // The root of a workspace starts its server by a script, too.
    each.workspaces.length > 0 && framework === undefined ? [-2, "is the root of a workspace"] : undefined,
    ...presentSigns(each.directory, each.name, found),
  ]);
}

function rustCandidate(each: CrateFound, found: Found): Candidate[] {
  if (each.binaries.length === 0 || each.descriptor !== undefined) return [];
  const framework = RUST_SERVERS.find((name) => Object.values(each.dependencies).some(({ packageName }) => packageName === name));
  return candidate("cargo", each.directory, each.name, 1, [
    framework === undefined ? undefined : [3, `depends on ${framework}`],
    "rustok-core" in each.dependencies ? [2, "depends on rustok-core"] : undefined,
    ...placeSigns(each.directory),
    /(^|[-_])(server|api)$/.test(each.name) ? [1, "is named as a server"] : undefined,
    [1, `has the program ${each.defaultRun ?? each.binaries[0] ?? each.name}`],
    /^(xtask|migration)$|[-_](cli|xtask|migration|mcp|bench)$/.test(each.name) ? [-4, "is named as a tool"] : undefined,
    ...presentSigns(each.directory, each.name, found),
  ]);
}

function placeSigns(directory: string): Sign[] {
  const name = posix.basename(directory);
  const aside = directory.split("/").find((part) => /^(examples?|docs?|bench(mark)?s?|tests?|e2e|scripts|tools|templates|xtask)$/.test(part));
  return [
    /^(server|api|backend)$/.test(name) ? [3, `stands in ${directory}`] : undefined,
    aside === undefined ? undefined : [-4, `stands in ${aside}`],
  ];
}

/** Files that are there already know better. */
function presentSigns(directory: string, name: string | undefined, { host, manifest }: Found): Sign[] {
  const server = host?.surfaces.find((surface) => surface.name === "server")?.directory;
  return [
    server !== undefined && posix.normalize(server) === (directory || ".") ? [20, "modyard.toml names it"] : undefined,
    manifest !== undefined && manifest.app === name ? [10, "modules.toml names it"] : undefined,
  ];
}

function candidate(toolchain: Candidate["toolchain"], directory: string, name: string, least: number, signs: readonly Sign[]): Candidate[] {
  const seen = signs.filter((sign) => sign !== undefined);
  const score = seen.reduce((sum, [points]) => sum + points, 0);
  const reasons = seen.filter(([points]) => points > 0).toSorted((a, b) => b[0] - a[0]).map(([, reason]) => reason);
  return score < least ? [] : [{ toolchain, directory, name, reasons, score }];
}
