/** Waits for something that other processes or timers bring about. A rehearsal ends by this limit, not by hanging. */
export async function until(isSo: () => Promise<boolean> | boolean, limitMs = 20_000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`nothing came of it in ${String(limitMs)} ms`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
