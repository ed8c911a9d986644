import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { withPermissionTable } from "../../scripts/access/permission-table.ts";

it("docs/guides/access.md tells the table of permissions as it is (else run `node scripts/write-schemas.ts`)", async () => {
  const guide = await readFile(new URL("../../docs/guides/access.md", import.meta.url), "utf8");
  expect(guide).toBe(withPermissionTable(guide));
  expect(guide).toContain("| `deployment.request` | deploy | one environment |  | yes | yes | yes |");
});
