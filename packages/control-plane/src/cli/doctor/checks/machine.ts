import { availableParallelism, totalmem } from "node:os";
import { ok, warning, type Check } from "../check.ts";

const neededNode = 24;
const gigabyte = 1024 ** 3;

export const machineChecks: readonly Check[] = [
  {
    group: "Machine",
    name: "Node.js",
    run: ({ installer }) => {
      // An older one hands over to Node 24 of the npm package before any of this runs: what runs here is what serves.
      const [major = 0] = process.versions.node.split(".").map(Number);
      const text = `Node.js ${process.versions.node} runs Modyard`;
      return Promise.resolve([major >= neededNode ? ok("Node.js", text) : warning("Node.js", `${text}; it wants ${neededNode} or newer`, installer.command("node"))]);
    },
  },
  {
    group: "Machine",
    name: "Size",
    run: () => {
      const text = `${availableParallelism()} processors, ${(totalmem() / gigabyte).toFixed(1)} GB of memory`;
      return Promise.resolve([totalmem() >= gigabyte ? ok("Size", text) : warning("Size", `${text}: compilers may run out of it`, "Add memory or swap: 2 GB are comfortable.")]);
    },
  },
];
