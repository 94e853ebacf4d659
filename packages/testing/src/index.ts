export type { FrameOf, MessageType, TopicOf } from "./contract-frames.js";
export { FakeNetwork } from "./fake-socket/fake-network.js";
export { type CloseCall, FakeSocket, type SocketState } from "./fake-socket/fake-socket.js";
export type { CloseEventLike, MessageEventLike, SocketEventMap } from "./fake-socket/socket-events.js";
export type { SampleVariant } from "./samples/alternatives.js";
export {
  createSamples,
  type SampleSource,
  type Samples,
  type TypedSampleOptions,
} from "./samples/create-samples.js";
export {
  type SampleFrameOptions,
  type SampleOptions,
  sampleFrame,
  sampleFrames,
} from "./samples/sample-frame.js";
export { TestingError, type TestingErrorCode } from "./testing-error.js";
