import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApi, type TestApi } from "../../../../test/support/api.ts";

describe("the admin page's files", () => {
  let api: TestApi;
  let script: string;
  beforeAll(async () => {
    api = await openTestApi();
    const { payload } = await get("/");
    script = /src="(\/assets\/[^"]+)"/.exec(payload)?.[1] ?? "";
  });
  afterAll(() => api.close());

  const get = (url: string, headers: Readonly<Record<string, string>> = {}) => api.app.inject({ method: "GET", url, headers });

  it("are sent as small as the browser can read them, and kept for ever under their names", async () => {
    const plain = await get(script);
    const brotli = await get(script, { "accept-encoding": "gzip, deflate, br, zstd" });
    const gzip = await get(script, { "accept-encoding": "gzip, deflate" });
    expect([plain, brotli, gzip].map(({ statusCode, headers }) => [statusCode, headers["content-encoding"], headers["content-type"], headers["cache-control"], headers["vary"]])).toEqual(
      [undefined, "br", "gzip"].map((encoding) => [200, encoding, expect.stringContaining("javascript"), "public, max-age=31536000, immutable", expect.stringMatching(/accept-encoding/i)]),
    );
    expect(brotliDecompressSync(brotli.rawPayload)).toEqual(plain.rawPayload);
    expect(gunzipSync(gzip.rawPayload)).toEqual(plain.rawPayload);
    expect(brotli.rawPayload.length).toBeLessThan(gzip.rawPayload.length);
    expect(plain.headers["x-content-type-options"]).toBe("nosniff");
  });

  it("tell of one that is gone, so that it is not kept", async () => {
    const gone = await get("/assets/index-of-before.js");
    expect([gone.statusCode, gone.headers["content-type"]]).toEqual([404, expect.stringMatching(/json/)]);
    expect(gone.headers["cache-control"] ?? "").not.toContain("immutable");
  });

  it("begin with a document that is asked for anew each time and sent only when it has changed", async () => {
    const first = await get("/modules");
    expect([first.statusCode, first.headers["cache-control"], first.headers["etag"]]).toEqual([200, "no-cache", expect.stringMatching(/^".{22}"$/)]);
    const again = await get("/builds", { "if-none-match": String(first.headers["etag"]) });
    expect([again.statusCode, again.payload, again.headers["cache-control"]]).toEqual([304, "", "no-cache"]);
    expect((await get("/modules", { "if-none-match": '"another"' })).statusCode).toBe(200);
  });
});
