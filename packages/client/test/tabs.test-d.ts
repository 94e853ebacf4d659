import { type Client, type ClientOptions, createClient } from "@hivewire/client";
import { createClient as createNativeClient } from "@hivewire/client/native";
import { type Sharing, shareAcrossTabs, type TabEnvironment } from "@hivewire/client/tabs";
import { describe, expectTypeOf, it } from "vitest";
import { type ChatTypes, chat } from "./support/chat.js";

describe("shareAcrossTabs", () => {
  it("makes options of options, so that the client keeps its types", () => {
    const options = shareAcrossTabs(chat, { url: "ws://chat.test" });
    expectTypeOf(options).toEqualTypeOf<ClientOptions>();
    expectTypeOf(createClient(chat, options)).toEqualTypeOf<Client<ChatTypes>>();
    expectTypeOf(createNativeClient(chat, options)).toEqualTypeOf<Client<ChatTypes>>();
  });

  it("refuses what is no option of it", () => {
    // @ts-expect-error: url is required
    shareAcrossTabs(chat, {});
    // @ts-expect-error: a scope is a text
    shareAcrossTabs(chat, { url: "ws://chat.test" }, { scope: 7 });
    // @ts-expect-error: no such option
    shareAcrossTabs(chat, { url: "ws://chat.test" }, { leader: true });
    expectTypeOf<Sharing["tabs"]>().toEqualTypeOf<TabEnvironment | undefined>();
  });

  it("takes the browser's own locks and channels as they are", () => {
    const { locks } = navigator;
    const openChannel = (name: string): BroadcastChannel => new BroadcastChannel(name);
    shareAcrossTabs(chat, { url: "ws://chat.test" }, { tabs: { locks, openChannel } });
  });
});
