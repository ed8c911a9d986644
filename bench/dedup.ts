// An identical second request: how long until its answer, and whether a second build was made. `node bench/dedup.ts`.
import { spread, timed } from "./support/measure.ts";
import { openModyard } from "./support/modyard.ts";

const modyard = await openModyard(28_080);
try {
  const request = { install: ["forum"], reason: "bench" };
  const first = await timed(async () => {
    const { build_id } = await modyard.post("/builds", request);
    await modyard.whenBuilt(String(build_id));
    return build_id;
  });
  const again: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    const { milliseconds, value } = await timed(() => modyard.post("/builds", request));
    if (value["build_id"] !== first.value) throw new Error("a second build was made");
    again.push(milliseconds);
  }
  const { builds } = (await modyard.get("/builds")) as { builds: unknown[] };
  console.log("an identical request again, 20 times");
  console.log(`  first  ${spread([first.milliseconds])}`);
  console.log(`  again  ${spread(again)}; builds made: ${builds.length}; ratio ${(again.reduce((a, b) => a + b, 0) / again.length / first.milliseconds).toFixed(4)}`);
} finally {
  await modyard.close();
}
