// From the request for a rollback until the old release answers: `node bench/rollback.ts [rounds]`.
// Beside it, what the same costs by hand: stop the running server and start the old one, which loses requests.
import { median, spread, timed } from "./support/measure.ts";
import { openModyard, untilStatus } from "./support/modyard.ts";

const rounds = Number(process.argv[2] ?? 5);
const modyard = await openModyard(28_080);
try {
  for (const change of [{}, { install: ["forum"] }]) {
    const { build_id } = await modyard.post("/builds", { ...change, deploy_to: "prod", reason: "bench" });
    await modyard.whenLive(String(build_id));
  }
  const backward: number[] = [];
  for (let round = 0; round < rounds * 2; round += 1) {
    const expected = round % 2 === 0 ? 404 : 200;
    const { milliseconds } = await timed(async () => {
      await modyard.post("/environments/prod/rollback", { reason: "bench" });
      await untilStatus(`${modyard.platformUrl}/forum`, expected);
    });
    backward.push(milliseconds);
  }
  console.log(`rollback, from request to the other release answering, ${backward.length} times`);
  console.log(`  ${spread(backward)}; ${median(backward) < 1_000 ? "under" : "not under"} one second`);
} finally {
  await modyard.close();
}
