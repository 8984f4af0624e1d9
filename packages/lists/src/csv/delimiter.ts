/** The delimiter of a CSV file: what parts most rows into the same number of cells as the header. */

const signs = [',', ';', '\t', '|'] as const;

/** Cells of one line, quotation marks respected. */
export function countCells(line: string, sign: string): number {
  let cells = 1;
  let isQuoted = false;
  for (const letter of line) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (letter === sign && !isQuoted) cells += 1;
  }
  return cells;
}

/** The delimiter that an Excel line such as `sep=;` names, if the line is one. */
export function readSepLine(line: string): string | undefined {
  return /^\s*"?sep=(.)"?[\s;,]*$/iu.exec(line)?.[1];
}

/**
 * @param text the first lines of a file; the last may be cut
 * @returns the likeliest delimiter; a comma where nothing parts the rows
 */
export function detectDelimiter(text: string): string {
  const lines = text.split(/\r\n|\n|\r/u, 60).filter((line) => line.trim() !== '');
  const first = readSepLine(lines[0] ?? '');
  if (first !== undefined) return first;
  if (lines.length > 2) lines.pop();
  let best: string = ',';
  let most = 0;
  for (const sign of signs) {
    const counts = lines.map((line) => countCells(line, sign));
    const sizes = new Map<number, number>();
    for (const count of counts) if (count > 1) sizes.set(count, (sizes.get(count) ?? 0) + 1);
    let usual = 0;
    for (const [cells, rows] of sizes) {
      // Rows of one width speak for a delimiter; a little more so when they are wide.
      const score = rows * (1 + Math.min(cells, 12) / 24);
      if (score > usual) usual = score;
    }
    // A comma also stands inside cells.
    const score = usual * (sign === ',' ? 0.9 : 1);
    if (score > most) {
      most = score;
      best = sign;
    }
  }
  return best;
}
