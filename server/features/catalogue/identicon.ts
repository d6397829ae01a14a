import { hash } from 'node:crypto';

const GRID = 5;
const CELL = 16;
const MARGIN = 24;
const SIZE = 2 * MARGIN + GRID * CELL;

/** Raised when the drawing changes, since addresses are cached forever. */
const DRAWING = 1;

export function identiconPath(name: string): string {
  return `/assets/identicon/${DRAWING}/${name}.svg`;
}

/** A picture for agents without one: a mirrored pattern and a colour that follow from the name. */
export function drawIdenticon(name: string): string {
  const bytes = hash('sha256', name, 'buffer');
  const hue = Math.round(((bytes[0] ?? 0) / 256) * 360);
  const cells: string[] = [];
  for (let row = 0; row < GRID; row++) {
    for (let column = 0; column <= GRID >> 1; column++) {
      if (((bytes[1 + row * 3 + column] ?? 0) & 1) === 0) continue;
      cells.push(cellAt(row, column));
      if (column !== GRID >> 1) cells.push(cellAt(row, GRID - 1 - column));
    }
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE}" width="${SIZE}" height="${SIZE}">` +
    `<rect width="${SIZE}" height="${SIZE}" rx="20" fill="hsl(${hue} 45% 92%)"/>` +
    `<path fill="hsl(${hue} 55% 42%)" d="${cells.join('')}"/></svg>`
  );
}

function cellAt(row: number, column: number): string {
  return `M${MARGIN + column * CELL} ${MARGIN + row * CELL}h${CELL}v${CELL}h-${CELL}z`;
}
