/**
 * Edit distance on letters, bit-parallel, with an early way out; the slow table is kept as the oracle of the fast one.
 */

/** One word of bits per code unit: where it stands in the shorter string. Always all zero between two calls. */
const places = new Int32Array(65_536);

/**
 * Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours, up to a limit. Letters
 * are UTF-16 code units.
 *
 * @returns the distance, or `limit + 1` when it is larger; cost O(length) for up to 32 letters that differ in the shorter
 * string, O(limit × length) beyond
 * @see H. Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", 2003
 */
export function getEditDistance(a: string, b: string, limit: number): number {
  if (a === b) return 0;
  let from = 0;
  let endA = a.length;
  let endB = b.length;
  if (endA > endB) return getEditDistance(b, a, limit);
  if (endB - endA > limit) return limit + 1;
  while (from < endA && a.charCodeAt(from) === b.charCodeAt(from)) from += 1;
  while (endA > from && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA -= 1;
    endB -= 1;
  }
  const rows = endA - from;
  if (rows === 0) return Math.min(endB - from, limit + 1);
  if (rows > 32) return getLongDistance(a, b, from, endA, endB, limit);
  for (let at = 0; at < rows; at += 1) places[a.charCodeAt(from + at)]! |= 1 << at;
  const last = 1 << (rows - 1);
  let up = -1;
  let down = 0;
  let diagonal = 0;
  let before = 0;
  let distance = rows;
  // The distance falls by at most one for each letter that is left.
  let rest = endB - from;
  for (let at = from; at < endB && distance - rest <= limit; at += 1) {
    const here = places[b.charCodeAt(at)]!;
    diagonal = (((~diagonal & here) << 1) & before) | ((((here & up) + up) ^ up) | here | down);
    const plus = down | ~(diagonal | up);
    const minus = diagonal & up;
    if ((plus & last) !== 0) distance += 1;
    else if ((minus & last) !== 0) distance -= 1;
    const shifted = (plus << 1) | 1;
    up = (minus << 1) | ~(diagonal | shifted);
    down = diagonal & shifted;
    before = here;
    rest -= 1;
  }
  for (let at = 0; at < rows; at += 1) places[a.charCodeAt(from + at)] = 0;
  return rest > 0 ? limit + 1 : Math.min(distance, limit + 1);
}

function getLongDistance(
  a: string,
  b: string,
  from: number,
  endA: number,
  endB: number,
  limit: number,
): number {
  const rows = endA - from;
  const columns = endB - from;
  let before: number[] = [];
  let previous: number[] = Array.from({ length: columns + 1 }, (_, column) => column);
  for (let row = 1; row <= rows; row += 1) {
    const current: number[] = [row];
    let best = row;
    const signA = a.charCodeAt(from + row - 1);
    for (let column = 1; column <= columns; column += 1) {
      const signB = b.charCodeAt(from + column - 1);
      let cost = Math.min(
        previous[column]! + 1,
        current[column - 1]! + 1,
        previous[column - 1]! + (signA === signB ? 0 : 1),
      );
      if (
        row > 1 &&
        column > 1 &&
        signA === b.charCodeAt(from + column - 2) &&
        a.charCodeAt(from + row - 2) === signB
      )
        cost = Math.min(cost, before[column - 2]! + 1);
      current.push(cost);
      if (cost < best) best = cost;
    }
    if (best > limit) return limit + 1;
    before = previous;
    previous = current;
  }
  return Math.min(previous[columns]!, limit + 1);
}

/** The textbook table, unbounded: the oracle. Same distance as {@link getEditDistance}. */
export function getEditDistanceSlowly(a: string, b: string): number {
  const table: number[][] = [];
  for (let row = 0; row <= a.length; row += 1) {
    table.push(
      Array.from({ length: b.length + 1 }, (_, column) => (row === 0 ? column : column === 0 ? row : 0)),
    );
  }
  for (let row = 1; row <= a.length; row += 1)
    for (let column = 1; column <= b.length; column += 1) {
      const change = a.charAt(row - 1) === b.charAt(column - 1) ? 0 : 1;
      let cost = Math.min(
        table[row - 1]![column]! + 1,
        table[row]![column - 1]! + 1,
        table[row - 1]![column - 1]! + change,
      );
      if (
        row > 1 &&
        column > 1 &&
        a.charAt(row - 1) === b.charAt(column - 2) &&
        a.charAt(row - 2) === b.charAt(column - 1)
      )
        cost = Math.min(cost, table[row - 2]![column - 2]! + 1);
      table[row]![column] = cost;
    }
  return table[a.length]![b.length]!;
}

/** How many edits a key of this length may bear and still be the same name: none at 1–2 letters, one to 5, then two. */
export function getAllowedEdits(shorter: number): number {
  return shorter <= 2 ? 0 : shorter <= 5 ? 1 : 2;
}
