import { constants } from "node:fs";
import { access, stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { findOrphans } from "../../../build/orphans/orphans.ts";
import { missing, ok, warning, type Check, type Finding, type Machine } from "../check.ts";

const gigabyte = 1024 ** 3;
/** A build with its dependencies, its artifact and a release beside it. */
const comfortableBytes = 5 * gigabyte;

/** The data directory, or the nearest one above it that is there. */
async function nearest(path: string): Promise<string> {
  return (await stat(path).catch(() => undefined)) === undefined && path !== dirname(path) ? nearest(dirname(path)) : path;
}

async function directory({ config: { dataDirectory } }: Machine): Promise<readonly Finding[]> {
  const there = await nearest(dataDirectory);
  const found = await stat(there);
  const name = "Directory";
  if (!found.isDirectory()) return [missing(name, `${there} is not a directory`, `modyard serve --data ANOTHER_DIRECTORY`)];
  if (!(await isWritable(there))) return [missing(name, `${there} cannot be written by this user`, `sudo chown "$(id -un)" ${quote(there)}`)];
  if (there !== dataDirectory) return [ok(name, `${dataDirectory} will be made at the first start`)];
  const uid = process.getuid?.();
  if (uid !== undefined && uid !== 0 && found.uid !== uid) return [warning(name, `${dataDirectory} belongs to another user`, `sudo chown -R "$(id -un)" ${quote(dataDirectory)}`)];
  if ((found.mode & 0o022) !== 0) return [warning(name, `${dataDirectory} can be written by others: they could change what goes live`, `chmod go-w ${quote(dataDirectory)}`)];
  return [ok(name, `${dataDirectory} is this user's`)];
}

async function disk({ config: { dataDirectory, freeBytes } }: Machine): Promise<readonly Finding[]> {
  const there = await nearest(dataDirectory);
  const { bavail, bsize, ffree, files } = await statfs(there);
  const free = bavail * bsize;
  const text = `${(free / gigabyte).toFixed(1)} GB free`;
  const fix = `du -xh --max-depth=2 ${quote(there)} | sort -h | tail`;
  if (free < freeBytes) return [missing("Disk", `${text}: no build begins below ${(freeBytes / gigabyte).toFixed(1)} GB (MODYARD_FREE_MEGABYTES)`, fix)];
  if (files > 0 && ffree < 50_000) return [missing("Disk", `${text}, but only ${ffree} files more: one npm host has more`, fix)];
  return [free < comfortableBytes ? warning("Disk", `${text}: enough for a few builds only`, fix) : ok("Disk", text)];
}

/** Magic numbers of statfs(2). */
const fileSystems: Readonly<Record<number, { readonly name: string; readonly shares: boolean; readonly isRemote?: boolean }>> = {
  0x9123683e: { name: "btrfs", shares: true },
  0x58465342: { name: "xfs", shares: true },
  0x2fc12fc1: { name: "zfs", shares: true },
  0xca451a4e: { name: "bcachefs", shares: true },
  0xef53: { name: "ext4", shares: false },
  0x01021994: { name: "tmpfs", shares: false },
  0x794c7630: { name: "overlayfs", shares: false },
  0x6969: { name: "NFS", shares: false, isRemote: true },
  0xff534d42: { name: "CIFS", shares: false, isRemote: true },
  0xfe534d42: { name: "SMB", shares: false, isRemote: true },
};

async function fileSystem({ config }: Machine): Promise<readonly Finding[]> {
  const { type } = await statfs(await nearest(config.dataDirectory));
  const known = fileSystems[type];
  const name = "File system";
  if (known === undefined) return [ok(name, "Of a kind that Modyard does not know; files are copied")];
  if (known.isRemote === true) return [warning(name, `${known.name} is reached over the network: the embedded database and its locks want a local disk`, "modyard serve --data A_LOCAL_DIRECTORY (or set DATABASE_URL)")];
  if (known.name === "tmpfs") return [warning(name, "tmpfs keeps everything in memory: it is gone after a restart", "modyard serve --data A_DIRECTORY_ON_DISK")];
  return [ok(name, known.shares ? `${known.name}: copies of files can share their space` : `${known.name}: files are copied or linked`)];
}

async function isWritable(path: string): Promise<boolean> {
  return access(path, constants.W_OK | constants.X_OK).then(() => true, () => false);
}

function quote(path: string): string {
  return /^[\w./@:+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

async function leftovers({ config: { dataDirectory } }: Machine): Promise<readonly Finding[]> {
  const found = await findOrphans(dataDirectory);
  const name = "Leftovers";
  if (found.length === 0) return [ok(name, "Nothing is left of workers that are gone")];
  const kinds = [...new Set(found.map(({ kind }) => kind.replace("_", " ")))].join(", ");
  return [warning(name, `${found.length} of workers that are gone: ${kinds}`, "modyard serve (removes them at its start and every few seconds)")];
}

export const dataChecks: readonly Check[] = [
  { group: "Data", name: "Directory", run: directory },
  { group: "Data", name: "Disk", run: disk },
  { group: "Data", name: "File system", run: fileSystem },
  { group: "Data", name: "Leftovers", run: leftovers },
];
