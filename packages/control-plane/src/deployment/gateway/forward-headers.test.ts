import type { IncomingMessage } from "node:http";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { forwardedHeaders, requestHeaders, responseHeaders } from "./forward-headers.ts";

/** Only what the functions read of a request. */
function requestFrom(remoteAddress: string, rawHeaders: readonly string[]): IncomingMessage {
  const headers: Record<string, string> = {};
  for (let index = 0; index < rawHeaders.length; index += 2) headers[(rawHeaders[index] ?? "").toLowerCase()] = rawHeaders[index + 1] ?? "";
  return { rawHeaders, headers, socket: { remoteAddress, localPort: 8080 } } as unknown as IncomingMessage;
}

describe("forwardedHeaders", () => {
  test("a stranger's claims about itself are not believed", () => {
    const claims = ["X-Forwarded-For", "127.0.0.1", "X-Forwarded-Proto", "https", "X-Forwarded-Host", "evil.example", "Host", "shop.example"];
    expect(Object.fromEntries(forwardedHeaders(requestFrom("203.0.113.9", claims)))).toEqual({
      "x-forwarded-for": "203.0.113.9",
      "x-forwarded-proto": "http",
      "x-forwarded-host": "shop.example",
      "x-forwarded-port": "8080",
    });
    expect(requestHeaders(requestFrom("203.0.113.9", claims))).not.toContain("evil.example");
  });
  test.each(["Forwarded", "X-Real-IP", "X-Forwarded-User", "X-Forwarded-Prefix"])("nor is what a stranger says in %s, which only a proxy on this machine can", (name) => {
    const from = (address: string) => requestHeaders(requestFrom(address, ["Host", "a", name, "evil"])).includes("evil");
    expect([from("203.0.113.9"), from("127.0.0.1"), from("::1"), from("::ffff:127.0.0.1")]).toEqual([false, true, true, true]);
  });
});

/** What an application gets of a request with these cookies, besides the host and what the gateway tells it. */
const sent = (cookie: string) => requestHeaders(requestFrom("203.0.113.9", ["Host", "a", "cookie", cookie])).slice(2, -8);

describe("the control plane's own cookies", () => {
  test.each([
    ["modyard.session_token=secret", []],
    ["a=1; modyard.session_token=secret; b=2", ["cookie", "a=1; b=2"]],
    ["__Secure-modyard.session_token=secret; a=modyard.session_token=1", ["cookie", "a=modyard.session_token=1"]],
    ["__Host-modyard.state=x;modyard.session_data=y;MODYARD.z=1;a=1", ["cookie", "a=1"]],
    ["shop=1; modyardish=2", ["cookie", "shop=1; modyardish=2"]],
  ])("do not reach an application on another port of the same host: %s", (cookie, kept) => {
    expect(sent(cookie)).toEqual(kept);
  });
  test("are not set by an application", () => {
    // Browsers send a cookie without a name as its value alone.
    const nameless = ["=modyard.session_token=x", " = __Host-modyard.session_token=x", "==modyard.session_token"].flatMap((cookie) => ["Set-Cookie", cookie]);
    const raw = ["Set-Cookie", "modyard.session_token=fixed; Path=/", "set-cookie", " __Secure-modyard.session_token=x", ...nameless, "Set-Cookie", "a=1"];
    expect(responseHeaders(raw)).toEqual(["Set-Cookie", "a=1"]);
  });
});

describe("requestHeaders", () => {
  test("Host and Content-Length stay even when a client names them in Connection", () => {
    const headers = requestHeaders(requestFrom("203.0.113.9", ["Host", "a", "Content-Length", "3", "Connection", "host, Content-Length, X-Mine", "X-Mine", "1"]));
    expect(headers.slice(0, 4)).toEqual(["Host", "a", "Content-Length", "3"]);
    expect(headers).not.toContain("X-Mine");
  });
});

describe("responseHeaders", () => {
  const name = fc.constantFrom("Content-Type", "set-cookie", "X-A", "ETag", "Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade");
  test("keeps order, case and repetition of everything that is end to end", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.string({ unit: fc.constantFrom("a", "=", ";", "é") })), { maxLength: 12 }), (pairs) => {
        const kept = pairs.filter(([each]) => !["connection", "keep-alive", "transfer-encoding", "upgrade"].includes(each.toLowerCase()));
        const nominated = pairs.some(([each, value]) => each === "Connection" && value !== "");
        fc.pre(!nominated);
        const buffers = pairs.flat().map((text) => Buffer.from(text, "latin1"));
        expect(responseHeaders(buffers)).toEqual(kept.flat());
      }),
    );
  });
});
