/**
 * Builds a value once, on first use. The promise is cached, not the value: three callers in a row must not build three.
 * A failed attempt is forgotten, so that the next caller tries again.
 */
export function lazy<T>(build: () => Promise<T>): { get(): Promise<T>; readonly isStarted: boolean } {
  let promise: Promise<T> | undefined;
  return {
    get() {
      promise ??= build().catch((error: unknown) => {
        promise = undefined;
        throw error;
      });
      return promise;
    },
    get isStarted() {
      return promise !== undefined;
    },
  };
}
