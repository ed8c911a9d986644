import { stripVTControlCharacters } from "node:util";

/**
 * Turns the pictures of cargo's progress bar (`Building [===>   ] 3/7: serde, tokio`) into facts: units compiled of all. Several
 * commands share one scale; what is told never falls and never passes the end.
 */
export function cargoProgress(report: (done: number, total: number) => void, commands: number): { readonly onOverwritten: (picture: string) => void; readonly commandDone: () => void } {
  let command = 0;
  let reached = 0;
  const tell = (share: { readonly done: number; readonly total: number }): void => {
    const fraction = (command + share.done / share.total) / commands;
    if (fraction <= reached || fraction > 1) return;
    reached = fraction;
    report(command * share.total + share.done, commands * share.total);
  };
  return {
    onOverwritten: (picture) => {
      const counted = readPicture(picture);
      if (counted !== undefined) tell(counted);
    },
    commandDone: () => {
      tell({ done: 1, total: 1 });
      command += 1;
    },
  };
}

/** Reads one picture; undefined when it counts nothing, or more than there is. */
export function readPicture(picture: string): { readonly done: number; readonly total: number } | undefined {
  const match = /^\s*Building \[[=> ]*\] (\d+)\/(\d+)/.exec(stripVTControlCharacters(picture));
  if (match === null) return undefined;
  const [done, total] = [Number(match[1]), Number(match[2])];
  return total > 0 && done <= total ? { done, total } : undefined;
}
