import pc from "picocolors";

/** Everything a command touches outside itself; tests hand in their own. */
export interface Io {
  /** Folder that relative paths start from. */
  readonly cwd: string;
  /** Variables of the environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Results: what a pipe reads. */
  readonly out: (text: string) => void;
  /** Progress and faults: what a person reads. */
  readonly err: (text: string) => void;
  /** A line about long work that the next one replaces; "" takes it away. Nothing unless a person looks on. */
  readonly progress: (text: string) => void;
  /** Colours for `out`; plain unless it is a terminal. */
  readonly colors: Colors;
  /** Ends when the person asks a running command to stop. */
  readonly interrupted: AbortSignal;
}

/** The colour functions that commands use. */
export type Colors = ReturnType<typeof pc.createColors>;

/** Colours, or functions that leave the text alone. */
export function createColors(enabled: boolean): Colors {
  return pc.createColors(enabled);
}

/** The process as `Io`: colour on a terminal without `NO_COLOR`, SIGINT and SIGTERM as `interrupted`. */
export function processIo(): Io & { readonly dispose: () => void } {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  // A reader that went away, such as `head`, ends the command; it is no fault. The error may come late: this stays.
  process.stdout.on("error", stop);
  return {
    cwd: process.cwd(),
    env: process.env,
    now: Date.now,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    progress: (text) => {
      if (process.stderr.isTTY === true) process.stderr.write(`\r\u001b[2K${text}`);
    },
    colors: createColors(process.stdout.isTTY === true && process.env.NO_COLOR === undefined),
    interrupted: controller.signal,
    dispose: () => {
      process.off("SIGINT", stop);
      process.off("SIGTERM", stop);
    },
  };
}
