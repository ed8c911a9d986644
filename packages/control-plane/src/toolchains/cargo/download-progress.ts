import { stripVTControlCharacters } from "node:util";

/**
 * Turns the pictures of cargo's downloads (`Downloading 7 crates, remaining bytes: 80.3KiB`) into facts: crates downloaded of all.
 * How many there are shows once their number falls; what is told never falls.
 */
export function downloadProgress(report: (done: number, total: number) => void): (picture: string) => void {
  let most = 0;
  let told = 0;
  return (picture) => {
    const left = Number(/^\s*Downloading (\d+) crates?\b/.exec(stripVTControlCharacters(picture))?.[1] ?? Number.NaN);
    if (Number.isNaN(left)) return;
    most = Math.max(most, left);
    const done = most - left;
    if (done / most <= told) return;
    told = done / most;
    report(done, most);
  };
}
