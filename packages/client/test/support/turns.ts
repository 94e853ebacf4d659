/** Lets timers of 0 ms run: longer than a closed connection's loop needs to ask for its next URL. */
export async function turns(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
}
