// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/;

/** Why a path may not stand in a manifest; undefined when it may. `..` is legal here: the roots are checked where the disc is known. */
export function refuseRelativePath(path: string): string | undefined {
  if (path === "") return 'Write a directory, such as "modules/forum".';
  if (CONTROL.test(path)) return "Write the path without NUL and other control characters.";
  if (path.startsWith("/") || path.startsWith("~") || /^[A-Za-z]:/.test(path)) return 'Write the path relative to the manifest, such as "modules/forum".';
  if (path.includes("\\")) return "Write the path with `/` between its parts.";
  return undefined;
}

/** Why a path may not stand in modyard.toml, where it must also stay inside the host. */
export function refuseInnerPath(path: string): string | undefined {
  const refused = refuseRelativePath(path);
  if (refused !== undefined) return refused;
  return path.split("/").includes("..") ? "Write a path inside the host, without `..`." : undefined;
}
