/**
 * Carries what a coarser formulation has settled over to a finer one of the same problem.
 *
 * Law     A column of a coarse cell counts the persons of that cell in a tranche; the finer columns count the
 *         same persons in smaller cells or in units, so every coarse bound is a bound on their sum.
 */
import { cellKey, fetchKey } from '../model/draft.ts';
import { openFace, type Face, type LevelRow } from './face.ts';
import type { Formulation } from '../formulation/formulate.ts';

export function inheritFace(coarse: Formulation, face: Face, fine: Formulation, trancheCount: number): Face {
  const next = openFace(fine.model);
  const rows: LevelRow[] = [];
  const rowOf = new Map<string, number>();
  fine.rowKeys.forEach((key, row) => {
    if (key !== cellKey && key !== fetchKey) rowOf.set(key, row);
  });
  coarse.rowKeys.forEach((key, row) => {
    // Rows of single cells are carried over below: their cells may be others now.
    const same = rowOf.get(key);
    if (same === undefined) return;
    next.rowLower[same] = Math.max(next.rowLower[same] ?? 0, face.rowLower[row] ?? 0);
    next.rowUpper[same] = Math.min(next.rowUpper[same] ?? 0, face.rowUpper[row] ?? 0);
  });
  const images = new Map<number, readonly (readonly [number, number])[]>();
  for (const [name, column] of coarse.auxiliary) {
    const same = fine.auxiliary.get(name);
    if (same === undefined) continue;
    images.set(column, [[same, 1]]);
    next.columnLower[same] = Math.max(next.columnLower[same] ?? 0, face.columnLower[column] ?? 0);
    next.columnUpper[same] = Math.min(next.columnUpper[same] ?? 0, face.columnUpper[column] ?? 0);
  }
  const narrow = (column: number, lower: number, upper: number): void => {
    next.columnLower[column] = Math.max(next.columnLower[column] ?? 0, lower);
    next.columnUpper[column] = Math.min(next.columnUpper[column] ?? 0, upper);
  };
  coarse.cells.cells.forEach((cell, c) => {
    const parts = new Map<number, number>();
    for (const index of cell.members) {
      const part = fine.cells.cellOf[index] ?? -1;
      if (part >= 0) parts.set(part, (parts.get(part) ?? 0) + 1);
    }
    const size = cell.kind === 'pool' ? cell.members.length : 1;
    const weightOf = (part: number, count: number): number =>
      cell.kind === 'unit' || fine.cells.cells[part]?.kind === 'pool' ? 1 : count;
    const sizeOf = (part: number): number => {
      const found = fine.cells.cells[part];
      return found === undefined || found.kind === 'unit' ? 1 : found.members.length;
    };
    const all: (readonly [number, number])[] = [];
    for (let tranche = 0; tranche < trancheCount; tranche += 1) {
      const column = coarse.columns[c * trancheCount + tranche] ?? -1;
      const image: (readonly [number, number])[] = [];
      const sizes: number[] = [];
      for (const [part, count] of parts) {
        const at = fine.columns[part * trancheCount + tranche] ?? -1;
        if (at < 0) continue;
        image.push([at, weightOf(part, count)]);
        sizes.push(sizeOf(part));
      }
      if (column < 0) continue;
      images.set(column, image);
      all.push(...image);
      const lower = face.columnLower[column] ?? 0;
      const upper = face.columnUpper[column] ?? 0;
      if (upper === 0) for (const [at] of image) narrow(at, 0, 0);
      else if (lower > 0 && image.length < parts.size) rows.push(toRow(image, lower, upper));
      else if (lower === size) image.forEach(([at], place) => narrow(at, sizes[place] ?? 1, Infinity));
      else if (lower > 0 || upper < size) {
        if (image.length === 1 && image[0]?.[1] === 1) narrow(image[0][0], lower, upper);
        else rows.push(toRow(image, lower, upper));
      }
    }
    const least = face.rowLower[c] ?? 0;
    const most = face.rowUpper[c] ?? size;
    if (least === size) {
      for (const part of parts.keys()) next.rowLower[part] = Math.max(next.rowLower[part] ?? 0, sizeOf(part));
    } else if (least > 0 || most < size) rows.push(toRow(all, least, most));
  });
  coarse.rowKeys.forEach((key, row) => {
    if (key !== fetchKey) return;
    const [lower = 0, upper = 0] = [face.rowLower[row], face.rowUpper[row]];
    if (lower === coarse.model.rowLower[row] && upper === coarse.model.rowUpper[row]) return;
    const sum = new Map<number, number>();
    for (let at = coarse.model.rowStarts[row] ?? 0; at < (coarse.model.rowStarts[row + 1] ?? 0); at += 1)
      for (const [to, weight] of images.get(coarse.model.rowColumns[at] ?? 0) ?? [])
        sum.set(to, (sum.get(to) ?? 0) + weight * (coarse.model.rowValues[at] ?? 0));
    rows.push(toRow([...sum], lower, upper));
  });
  for (const row of face.levelRows) {
    const sum = new Map<number, number>();
    row.columns.forEach((column, at) => {
      for (const [to, weight] of images.get(column) ?? [])
        sum.set(to, (sum.get(to) ?? 0) + weight * (row.values[at] ?? 0));
    });
    rows.push(toRow([...sum], row.lower, row.upper));
  }
  next.levelRows = rows;
  return next;
}

function toRow(entries: readonly (readonly [number, number])[], lower: number, upper: number): LevelRow {
  return {
    columns: Int32Array.from(entries, ([column]) => column),
    values: Float64Array.from(entries, ([, value]) => value),
    lower,
    upper,
  };
}
