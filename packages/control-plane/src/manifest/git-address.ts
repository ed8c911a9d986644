const SCHEME = /^(https?|ssh):\/\/(?:[^@/\s]*@)?([^/\s]+)\/?\S*$/;
const SCP_LIKE = /^[A-Za-z0-9_][A-Za-z0-9_.-]*@([A-Za-z0-9][A-Za-z0-9.-]*):[^-\s:][^\s]*$/;
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u0020\u007f]/;

/**
 * Why git must not be given this address; undefined when it may. Only fetches over the network pass: `ext::` runs
 * programs, `file://` reads the server's own disc, and a leading dash is an option to git or ssh.
 */
export function refuseGitAddress(address: string): string | undefined {
  if (CONTROL.test(address)) return "Write the address without spaces and control characters.";
  if (address.startsWith("-")) return "A git address cannot begin with a dash; write https://host/path.git.";
  if (address.includes("::")) return "Remote helpers such as ext:: are refused; write https://host/path.git.";
  if (/^file:/i.test(address) || /^[./~]/.test(address)) return 'For a local directory write source = "path" and path = "…".';
  const host = SCHEME.exec(address)?.[2] ?? SCP_LIKE.exec(address)?.[1];
  if (host === undefined || host.startsWith("-")) return "Write an https://, http://, ssh:// or git@host:path address.";
  return undefined;
}

/** Whether the address holds a password or a token, which over http(s) may stand in the user's place: whoever may look would have it. */
export function holdsSecret(address: string): boolean {
  return /^https?:\/\/[^/\s?#]*@/i.test(address) || /^ssh:\/\/[^/\s?#@]*:[^/\s?#]*@/i.test(address);
}

const REV = /^[A-Za-z0-9_][A-Za-z0-9_./+-]{0,254}$/;

/** Whether this may name a commit, tag or branch: nothing that git would read as an option or an expression. */
export function isGitRev(rev: string): boolean {
  return REV.test(rev) && !rev.includes("..") && !rev.endsWith(".lock") && !rev.endsWith("/");
}
