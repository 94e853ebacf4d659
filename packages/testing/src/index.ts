export type { FrameOf, MessageType, TopicOf } from "./contract-frames.js";
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
