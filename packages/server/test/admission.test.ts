import { type Limits, resolveLimits } from "@hivewire/protocol";
import { describe, expect, it } from "vitest";
import { addressKey } from "../src/address.js";
import { Admission } from "../src/admission.js";

describe("addressKey", () => {
  const rows: readonly [title: string, address: string, want: string][] = [
    ["an IPv4 address is itself", "192.0.2.7", "192.0.2.7"],
    ["an IPv4 address within an IPv6 one is the IPv4 address", "::ffff:192.0.2.7", "192.0.2.7"],
    ["an IPv6 address stands for its first 64 bits", "2001:DB8:0:7:1::9", "2001:db8:0:7::/64"],
    ["zeros are written in one way", "2001:0db8::1", "2001:db8:0:0::/64"],
    ["the loopback address has a prefix, too", "::1", "0:0:0:0::/64"],
    ["a zone is no part of it", "fe80::1%eth0", "fe80:0:0:0::/64"],
  ];
  it.each(rows)("%s", (_title, address, want) => {
    expect(addressKey(address)).toBe(want);
  });
});

describe("Admission", () => {
  const admission = (limits: Partial<Limits>) => new Admission(() => resolveLimits(limits));

  it("has room for so many connections, whatever their addresses", () => {
    const door = admission({ maxConnections: 2 });
    const visitor = door.enter("192.0.2.1", 0);
    door.enter(undefined, 0);
    expect(door.judge("192.0.2.3", 0)).toEqual({ status: 503, retryAfterMs: 5_000 });
    door.leave(visitor);
    expect(door.judge("192.0.2.3", 0)).toBeUndefined();
  });

  it("has room for so many connections of an address", () => {
    const door = admission({ maxConnectionsPerAddress: 1 });
    const visitor = door.enter("192.0.2.1", 0);
    expect(door.judge("192.0.2.1", 0)?.status).toBe(429);
    expect(door.judge("192.0.2.2", 0)).toBeUndefined();
    door.leave(visitor);
    expect(door.judge("192.0.2.1", 0)).toBeUndefined();
  });

  it("lets an address come so fast, and says when to come again", () => {
    const door = admission({ connectionBurst: 2, connectionsPerSecond: 4 });
    expect([door.judge("192.0.2.1", 0), door.judge("192.0.2.1", 0)]).toEqual([undefined, undefined]);
    expect(door.judge("192.0.2.1", 0)).toEqual({ status: 429, retryAfterMs: 250 });
    expect(door.judge("192.0.2.1", 250)).toBeUndefined();
  });

  it("counts connections of a credential", () => {
    const door = admission({ maxConnectionsPerCredential: 1 });
    expect([door.enterAs("ann"), door.enterAs("ann"), door.enterAs("bob")]).toEqual([true, false, true]);
    door.leaveAs("ann");
    expect(door.enterAs("ann")).toBe(true);
  });

  it("forgets addresses without connections when it knows too many", () => {
    const door = admission({ connectionBurst: 1, connectionsPerSecond: 0.01 });
    door.judge("first", 0);
    expect(door.judge("first", 0)?.status).toBe(429);
    for (let index = 0; index < 20_000; index++) door.judge(`other-${index}`, 0);
    expect(door.judge("first", 0)).toBeUndefined();
  });
});
