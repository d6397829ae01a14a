/** State of one screen: whole values only, each change draws once in the next microtask. */
export interface Store<State> {
  get(): State;
  set(next: State): void;
  update(change: (state: State) => State): void;
}

export function createStore<State>(initial: State, draw: (state: State) => void): Store<State> {
  let state = initial;
  let isScheduled = false;
  const store: Store<State> = {
    get: () => state,
    set(next) {
      state = next;
      if (isScheduled) return;
      isScheduled = true;
      queueMicrotask(() => {
        isScheduled = false;
        draw(state);
      });
    },
    update: (change) => store.set(change(state)),
  };
  return store;
}
