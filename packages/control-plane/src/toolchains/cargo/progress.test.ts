import * as fc from "fast-check";
import { expect, test } from "vitest";
import { cargoProgress, readPicture } from "./progress.ts";

const picture = (done: number, total: number): string => `\u001B[1m\u001B[96m    Building\u001B[0m [====>      ] ${done}/${total}: serde, tokio    `;

test("reads cargo's pictures, and nothing else", () => {
  expect(readPicture(picture(3, 7))).toEqual({ done: 3, total: 7 });
  for (const other of ["   Compiling serde v1.0.0", "Building [====] 9/7: x", "Building [] 0/0", "progress 3/7", "   Fetch [==>   ] 12.00%, 3/7"]) expect(readPicture(other)).toBeUndefined();
});

test("never falls, never passes the end, and reaches it, whatever the pictures say", () => {
  fc.assert(fc.property(fc.array(fc.array(fc.tuple(fc.nat(30), fc.nat(30)))), (commands) => {
    const told: number[] = [];
    const progress = cargoProgress((done, total) => told.push(done / total), commands.length);
    for (const pictures of commands) {
      for (const [done, total] of pictures) progress.onOverwritten(picture(done, total));
      progress.commandDone();
    }
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.every((share) => share > 0 && share <= 1)).toBe(true);
    if (commands.length > 0) expect(told.at(-1)).toBe(1);
  }));
});
