import { describe, expect, it } from "vitest";
import { addressPolicy, isPublicAddress } from "./addresses.ts";

describe("what is public", () => {
  it.each(["1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "172.15.0.1", "172.32.0.1", "223.255.255.255", "2606:4700::1111", "2a00::1", "[2a00::1]", "::ffff:8.8.8.8"])("%s is", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ["this host", "0.0.0.0"], ["loopback", "127.0.0.1"], ["loopback, far up", "127.255.255.254"], ["private", "10.1.2.3"], ["private", "172.16.0.1"], ["private", "172.31.255.255"], ["private", "192.168.0.1"],
    ["carrier's", "100.64.0.1"], ["link-local, where clouds keep their metadata", "169.254.169.254"], ["multicast", "224.0.0.1"], ["reserved", "240.0.0.1"], ["broadcast", "255.255.255.255"], ["benchmarks", "198.19.0.1"],
    ["unspecified", "::"], ["loopback", "::1"], ["loopback, written long", "0:0:0:0:0:0:0:1"], ["unique local", "fd00::1"], ["unique local", "fc12::1"], ["link-local", "fe80::1"], ["link-local with a zone", "fe80::1%eth0"], ["multicast", "ff02::1"],
    ["mapped", "::ffff:127.0.0.1"], ["mapped, as hex", "::ffff:7f00:1"], ["mapped, written long", "0:0:0:0:0:ffff:a00:1"], ["compatible", "::7f00:1"], ["NAT64", "64:ff9b::7f00:1"], ["NAT64 to a public one", "64:ff9b::808:808"], ["local NAT64", "64:ff9b:1::1"],
    ["6to4", "2002:7f00:1::1"], ["Teredo", "2001:0:7f00::1"], ["documentation", "2001:db8::1"], ["brackets", "[::1]"], ["no address", "localhost"], ["nothing", ""], ["a number", "2130706433"],
  ])("%s (%s) is not", (_what, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

it("allows what the operator allowed, however it is written, and nothing beside", () => {
  const policy = addressPolicy(["10.0.0.0/8", "fd00::/8"]);
  expect(["10.1.1.1", "::ffff:10.1.1.1", "::ffff:a01:101", "fd00::5", "8.8.8.8"].map((each) => policy.allows(each))).toEqual([true, true, true, true, true]);
  expect(["127.0.0.1", "192.168.1.1", "fc00::5", "169.254.169.254", "name"].map((each) => policy.allows(each))).toEqual([false, false, false, false, false]);
  expect(["127.0.0.1", "::1", "169.254.169.254"].map((each) => addressPolicy("all").allows(each))).toEqual([true, true, true]);
  expect([addressPolicy("all").plainHttp, policy.plainHttp, addressPolicy("none").plainHttp]).toEqual([true, true, false]);
});
