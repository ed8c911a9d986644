let known: string | undefined;

/** Operating system, processor and C library, which choose among prebuilt binaries. Asked once: a report takes a while. */
export function platform(): string {
  known ??= [process.platform, process.arch, libc()].filter((part) => part !== "").join(" ");
  return known;
}

function libc(): string {
  if (process.platform !== "linux" || process.report === undefined) return "";
  // Without it the report looks up the names of open connections, which can take seconds.
  Object.assign(process.report, { excludeNetwork: true });
  const report = process.report.getReport() as { readonly header?: { readonly glibcVersionRuntime?: string } };
  const version = report.header?.glibcVersionRuntime;
  return version === undefined ? "musl" : `glibc ${version}`;
}
