import type { ConversionPlan, ConversionStep, MessageConversion } from "@hivewire/codegen";
import {
  type ConverterLookup,
  type ConvertFrame,
  convertBySteps,
  createConverterLookup,
  dropFrame,
  keepFrame,
  removeMembers,
  replaceValues,
} from "@hivewire/protocol";

const stepOf = (step: ConversionStep) =>
  step.kind === "remove" ? removeMembers(step.path, step.keys) : replaceValues(step.path, step.from, step.to);

const refuse: ConvertFrame = () => {
  throw new Error("a slot was asked");
};

function converterOf(conversion: MessageConversion): ConvertFrame {
  if (conversion.kind === "steps") return convertBySteps(...conversion.steps.map(stepOf));
  return { same: keepFrame, drop: dropFrame, slot: refuse }[conversion.kind];
}

/** The converters of a plan, as generated code would make them; slots throw. */
export function convertByPlan({ version, messages }: ConversionPlan): ConverterLookup {
  const constants = messages.flatMap((message) =>
    message.match.kind === "constant"
      ? message.match.values.map((value) => [String(value), converterOf(message)] as const)
      : [],
  );
  const patterns = messages.flatMap((message) =>
    message.match.kind === "pattern"
      ? [{ pattern: message.match.pattern, convert: converterOf(message) }]
      : [],
  );
  return createConverterLookup({ [version]: { messages: Object.fromEntries(constants), patterns } });
}
