import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { problem, type Result } from "../../errors/problem.ts";
import { fileInside } from "../shared/module-path.ts";
import { readPlainFile } from "../shared/plain-file.ts";
import { parseToml } from "./toml.ts";

/** rustup's order where a host has both. */
const names = ["rust-toolchain", "rust-toolchain.toml"] as const;

const channelName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

const written = z.object({ toolchain: z.object({ channel: z.string().optional(), path: z.string().optional() }) });

/**
 * The channel that the host's `rust-toolchain.toml` or `rust-toolchain` names; undefined when it names none.
 * Problem: rust_toolchain_missing for what is no name of a toolchain, a path above all.
 */
export async function readToolchainFile(directory: string): Promise<Result<string | undefined>> {
  for (const name of names) {
    if ((await lstat(join(directory, name)).catch(() => undefined)) === undefined) continue;
    const file = await fileInside(directory, name);
    const text = file === undefined ? undefined : await readPlainFile(file);
    if (text === undefined) return refused(name, "cannot be read");
    const found = parseToolchainFile(text, name);
    return found === undefined ? refused(name, "names no channel") : found;
  }
  return { ok: true, value: undefined };
}

/** Reads the text of such a file: TOML, or, as it was once, the bare name of a channel. */
export function parseToolchainFile(text: string, name: (typeof names)[number] = "rust-toolchain.toml"): Result<string | undefined> | undefined {
  const plain = text.trim();
  if (name === "rust-toolchain" && channelName.test(plain)) return { ok: true, value: plain };
  const parsed = written.safeParse(parseToml(text));
  if (!parsed.success) return undefined;
  const { channel, path } = parsed.data.toolchain;
  if (path !== undefined) return refused(name, "names a directory of this machine");
  if (channel !== undefined && !channelName.test(channel)) return refused(name, `names ${JSON.stringify(channel)}, which is no channel`);
  return { ok: true, value: channel };
}

function refused(file: string, what: string): Result<string | undefined> {
  return { ok: false, problems: [problem("rust_toolchain_missing", `${file} ${what}`, { location: { file }, hint: `Write [toolchain] and channel = "stable" or the channel's version into ${file}; Modyard takes toolchains by their name only.` })] };
}
