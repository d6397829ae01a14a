/** Aligned columns, two spaces apart; the last one is cut at the terminal's width. Numbers go right when the header starts with `>`. */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[], width = 120): string[] {
  const isRight = header.map((title) => title.startsWith('>'));
  const all = [
    header.map((title) => title.replace(/^>/, '')),
    ...rows.map((row) => row.map((cell) => cell.replace(/\s+/g, ' '))),
  ];
  const widths = header.map((_, column) => Math.max(...all.map((row) => widthOf(row[column] ?? ''))));
  return all.map((row) => {
    const cells = row.map((cell, column) => {
      const space = ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)));
      if (column === row.length - 1 && !isRight[column]) return cell;
      return isRight[column] ? space + cell : cell + space;
    });
    return cut(cells.join('  '), width).trimEnd();
  });
}

function cut(line: string, width: number): string {
  const characters = [...line];
  return characters.length <= width ? line : `${characters.slice(0, Math.max(1, width - 1)).join('')}…`;
}

function widthOf(text: string): number {
  return [...text].length;
}
