/** Reads judged pairs: a CSV of `id_a,id_b,match`. */
import { err, ok, type Result } from '@homeward/core/result';
import type { LabelledPair } from '@homeward/core/linkage';
import { readFileSync } from 'node:fs';
import { detectDelimiter } from '../csv/delimiter.ts';

const yes: ReadonlySet<string> = new Set(['1', 'true', 'yes', 'match']);
const no: ReadonlySet<string> = new Set(['0', 'false', 'no', 'distinct']);

function splitCells(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line.charAt(at);
    if (quoted && sign === '"' && line.charAt(at + 1) === '"') {
      cell += '"';
      at += 1;
    } else if (sign === '"') quoted = !quoted;
    else if (sign === delimiter && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += sign;
  }
  cells.push(cell.trim());
  return cells;
}

/** @returns the labels, or a sentence naming file, line and what was expected */
export function readLabels(path: string): Result<readonly LabelledPair[], string> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\ufeff/u, '');
  } catch {
    return err(`${path}: the labels cannot be read`);
  }
  const lines = text.split(/\r?\n/u);
  const delimiter = detectDelimiter(lines[0] ?? '');
  const header = splitCells(lines[0] ?? '', delimiter).map((name) => name.toLowerCase());
  const find = (...names: readonly string[]): number => header.findIndex((name) => names.includes(name));
  const a = find('id_a', 'left_id');
  const b = find('id_b', 'right_id');
  const judgement = find('match');
  if (a < 0 || b < 0 || judgement < 0)
    return err(`${path}, line 1: the columns id_a, id_b and match were expected`);
  const labels: LabelledPair[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === '') continue;
    const cells = splitCells(line, delimiter);
    const left = cells[a] ?? '';
    const right = cells[b] ?? '';
    const said = (cells[judgement] ?? '').toLowerCase();
    if (left === '' || right === '' || (!yes.has(said) && !no.has(said)))
      return err(`${path}, line ${index + 1}: two ids and a match of 1 or 0 were expected`);
    labels.push({ left, right, match: yes.has(said) });
  }
  return ok(labels);
}
