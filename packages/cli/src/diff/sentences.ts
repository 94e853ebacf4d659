import type { ChangeWaiver, VersionGate, Witness } from "@hivewire/compat";

/** What the version says about the changes, as a sentence. */
export function gateSentence({ base, version, needed, declared, verdict, nextVersion }: VersionGate): string {
  const step = declared === "none" ? "no step" : `a ${declared} step`;
  if (verdict === "unchanged") return "Nothing changed, and the version says so.";
  if (verdict === "too-small")
    return `The version is too small: ${base} → ${version} is ${step}, the changes ask for a ${needed} one.`;
  if (verdict === "fine") return `The version says it: ${base} → ${version} is ${step}.`;
  const asked = needed === "none" ? "nothing changed" : `the changes ask for a ${needed} one, ${nextVersion}`;
  return `The version says more than it has to: ${base} → ${version} is ${step}, ${asked}.`;
}

/** What the version says about the changes, and how to mend it where it says too little. */
export function gateText(gate: VersionGate): string {
  return gate.isSaid ? gateSentence(gate) : `${gateSentence(gate)} ${gateFix(gate)}`;
}

/** How to mend a version that is too small. */
export function gateFix({ nextVersion }: VersionGate): string {
  return `Raise x-contract.version to ${nextVersion} or higher.`;
}

/** Who accepts a change, why, and until when. */
export function waiverSentence({ owner, reason, expires }: ChangeWaiver): string {
  return `Waived by ${owner} until ${expires}: ${reason}`;
}

/** What is wrong with a witness frame, as a sentence that a colon ends. */
export function witnessSentence({ pointer, reason }: Witness): string {
  return `${pointer === "" ? "This frame" : `In this frame ${pointer}`} ${reason}:`;
}

/** `1 change`, `2 changes`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
