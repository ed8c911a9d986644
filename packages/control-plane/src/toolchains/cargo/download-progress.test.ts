import { expect, test } from "vitest";
import { downloadProgress } from "./download-progress.ts";

test("crates downloaded are told as soon as their number is known, and never fall", () => {
  const told: (readonly [number, number])[] = [];
  const see = downloadProgress((done, total) => told.push([done, total]));
  const pictures = ["       Fetch [====>   ] 54 complete; 1 pending", " Downloading 1 crate", "\u001B[1m\u001B[36m Downloading\u001B[0m 4 crates", " Downloading 3 crates, remaining bytes: 80.3KiB", " Downloading 5 crates, remaining bytes: 90.1KiB", " Downloading 3 crates, remaining bytes: 0B", " Downloading 1 crate, extracting tokio ..."];
  for (const picture of pictures) see(picture);
  expect(told).toEqual([[1, 4], [2, 5], [4, 5]]);
});
