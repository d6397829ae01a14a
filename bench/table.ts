/** One measured figure. `isMet` absent: no target, or it cannot be judged here; the note says why. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly target?: string;
  readonly isMet?: boolean;
  readonly note?: string;
  /** The bare number for `--json`, in the unit that `measured` names. */
  readonly value?: number;
}

export interface Section {
  readonly title: string;
  /** Data size and conditions: a figure without them says nothing. */
  readonly conditions: string;
  readonly rows: readonly Row[];
}

export function printSection(section: Section): void {
  console.log(`\n${section.title}  (${section.conditions})`);
  const cells = section.rows.map((row) => [row.what, row.measured, row.target ?? '', verdict(row), row.note ?? '']);
  const lines = [['what', 'measured', 'target', '', 'note'], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  for (const line of lines) {
    const text = line.map((cell, column) => (column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0)));
    console.log(`  ${text.join('  ')}`.trimEnd());
  }
}

function verdict(row: Row): string {
  if (row.isMet === undefined) return '';
  return row.isMet ? 'met' : 'MISSED';
}

/** Smallest value that at least `share` (0 to 1) of the values do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]) => quantile(values, 0.5);

export const milliseconds = (value: number) => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
export const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} kB`;
export const perSecond = (value: number) => `${Math.round(value).toLocaleString('en')}/s`;
