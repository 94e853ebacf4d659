export { type Sharing, shareAcrossTabs } from "./tabs/share-across-tabs.js";
export type { TabChannel, TabEnvironment, TabLocks } from "./tabs/tab-environment.js";
