import type { CreateOutbox, Parcel } from "./outbox-types.js";

/** Frames leave at once or not at all, and nothing proves that they arrived but an answer. */
export const noOutbox: CreateOutbox = ({ write }) => {
  let isOpen = false;
  let unanswered: readonly Parcel[] = [];
  const forget = (gone: (parcel: Parcel) => boolean): void => {
    unanswered = unanswered.filter((parcel) => !gone(parcel));
  };
  const nothing = (): void => {};
  return {
    add: (parcel) => {
      if (!isOpen || !write(parcel.text)) return "not-ready";
      if (parcel.id) unanswered = [...unanswered, parcel];
      else parcel.settle({ status: "maybe-delivered", cause: undefined });
      return "sent";
    },
    cancel: (parcel) => forget((other) => other === parcel),
    flush: () => {
      isOpen = true;
    },
    passed: nothing,
    proven: (id) => forget((parcel) => parcel.id === id),
    doubt: nothing,
    lost: (cause) => {
      isOpen = false;
      const parcels = unanswered;
      unanswered = [];
      for (const { settle } of parcels) settle({ status: "maybe-delivered", cause });
    },
  };
};
