/** Long work as a generator that yields where it may be interrupted; the return value is the result. */
export type Sliced<T> = Generator<undefined, T, undefined>;

/** Runs to the end at once: for small inputs and tests. */
export function runNow<T>(work: Sliced<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** Runs in slices of about `sliceMs`, so that requests are answered in between. */
export async function runSliced<T>(work: Sliced<T>, sliceMs = 4): Promise<T> {
  let until = performance.now() + sliceMs;
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (performance.now() >= until) {
      await new Promise<void>((resolve) => {
        setImmediate(resolve);
      });
      until = performance.now() + sliceMs;
    }
  }
}
