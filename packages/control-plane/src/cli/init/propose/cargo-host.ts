import { posix } from "node:path";
import { PRESETS } from "../../../manifest/presets.ts";
import type { Found, ServerFound } from "../found.ts";
import type { DraftTable } from "./draft.ts";
import { catalogs } from "./npm-host.ts";

/** The tables of modyard.toml for a Rust host: what the preset does not say already. */
export function cargoHostTables(found: Found, server: ServerFound): readonly DraftTable[] {
  const usual = PRESETS.cargo;
  const directory = server.directory === "" ? "." : server.directory;
  const output = server.registry?.path ?? posix.join(server.directory, "src/modules/generated.rs");
  return [
    { table: [], entries: [
      { key: "schema", value: 1 },
      { key: "preset", value: "cargo", because: found.cargo?.isWorkspace === true ? "Cargo.toml of the root is a workspace" : "there is a Cargo.toml" },
      catalogs(found),
    ] },
    { table: ["registry"], entries: output === usual.registry.output ? [] : [{ key: "output", value: output, because: server.registry === undefined ? `below the server's sources in ${directory}` : "Modyard wrote it there before" }] },
    { table: ["surfaces", "server"], entries: directory === usual.surfaces.server?.directory ? [] : [{ key: "directory", value: directory, because: "the server's crate is there, not in apps/server" }] },
    { table: ["environments", "prod"], entries: [{ key: "listen", value: "127.0.0.1:8080", because: "where users reach it; choose another address if this one is taken" }] },
  ].filter(({ entries }) => entries.length > 0);
}
