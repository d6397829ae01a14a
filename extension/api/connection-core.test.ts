import { describe, expect, it } from 'vitest';
import { Connection, type ConnectionState } from './connection-core.ts';

function arrange(answers: boolean[]) {
  const delays: number[] = [];
  let pending: (() => void) | undefined;
  const connection = new Connection({
    probe: async () => answers.shift() ?? false,
    setTimer: (run, delayMs) => {
      delays.push(delayMs);
      pending = run;
      return {
        cancel: () => {
          pending = undefined;
        },
      };
    },
  });
  const states: ConnectionState[] = [];
  connection.onChange((state) => states.push(state));
  const elapse = async () => {
    const run = pending;
    pending = undefined;
    run?.();
    await new Promise(setImmediate);
  };
  return { connection, delays, states, elapse, isWaiting: () => pending !== undefined };
}

describe('Connection', () => {
  it('asks by itself only while something is on screen', () => {
    const { connection, isWaiting } = arrange([]);
    connection.report(false);
    expect(isWaiting()).toBe(false);
    connection.setVisible('tree', true);
    expect(isWaiting()).toBe(true);
    connection.setVisible('tree', false);
    expect(isWaiting()).toBe(false);
  });

  it('asks less and less often and tells once when the service is back', async () => {
    const { connection, delays, states, elapse, isWaiting } = arrange([false, false, true]);
    connection.setVisible('tree', true);
    connection.report(false);
    await elapse();
    await elapse();
    await elapse();
    expect(delays).toEqual([1000, 2000, 4000]);
    expect(states).toEqual(['unreachable', 'online']);
    expect(isWaiting()).toBe(false);
  });

  it('starts afresh with a new address', () => {
    const { connection, isWaiting } = arrange([]);
    connection.setVisible('tree', true);
    connection.report(false);
    connection.reset();
    expect(connection.state).toBe('unknown');
    expect(isWaiting()).toBe(false);
  });
});
