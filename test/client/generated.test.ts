import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { descriptionFile, generateClient, generatedClient, isGeneratorInstalled } from "../../scripts/client-generator.ts";
import { openTestApi } from "../support/api.ts";

it("is generated from what the API says of itself (else run `node scripts/write-client.ts`)", async () => {
  const api = await openTestApi();
  try {
    expect(JSON.parse(readFileSync(descriptionFile, "utf8"))).toEqual((await api.app.inject("/openapi.json")).json());
  } finally {
    await api.close();
  }
});

it.runIf(mayGenerate())("is what the generator writes, to the last byte (else run `node scripts/write-client.ts`)", () => {
  const directory = mkdtempSync(join(tmpdir(), "modyard-client-"));
  try {
    const written = join(directory, "generated");
    generateClient(written);
    expect(filesOf(written)).toEqual(filesOf(generatedClient));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

/** In CI it is installed; elsewhere nobody wants a test to install things. */
function mayGenerate(): boolean {
  if (process.env["CI"] === "true" || isGeneratorInstalled()) return true;
  process.stderr.write("a test is skipped that needs the client's generator: `npm ci` in scripts/client installs it\n");
  return false;
}

function filesOf(directory: string): Readonly<Record<string, string>> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map(({ parentPath, name }) => join(parentPath, name)).toSorted().map((path) => [path.slice(directory.length), readFileSync(path, "utf8")]));
}
