import type { Statistics } from '../../contract/agents.ts';
import type { Series } from './parts/chart-figure.ts';

/** The two lines of an agent's usage, in the order and colours they have everywhere. */
export function usageSeries(days: Statistics['days']): Series[] {
  return [
    { id: 'installs', label: 'Installs', color: 1, values: days.map(({ installs }) => installs) },
    { id: 'active', label: 'Active', color: 2, values: days.map(({ activeInstalls }) => activeInstalls) },
  ];
}
