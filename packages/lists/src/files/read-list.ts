/** Reads one list from a file: CSV in any usual encoding, XLSX or ODS. */
import type { ColumnMapping } from '@homeward/core/linkage';
import { err, type Result } from '@homeward/core/result';
import { accessSync, constants, createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { detectFormat } from '../format.ts';
import type { EncodedList } from '../list/list.ts';
import { CsvReader } from '../read-csv.ts';
import { workbookBytesMax } from '../sheets/archive.ts';
import { readWorkbook } from '../sheets/read-sheets.ts';
import { readHead, readSample } from './read-sample.ts';

/** Tells how far the file is read, in bytes. */
export type ReadProgress = (read: number, total: number) => void;

/**
 * Reads one list.
 *
 * Cost: CSV is streamed; a workbook is read whole, within bounds.
 *
 * @returns the list, or a sentence naming file, line and what was expected; throws only on a broken disk
 */
export async function readList(
  path: string,
  mapping: ColumnMapping,
  progress?: ReadProgress,
): Promise<Result<EncodedList, string>> {
  if (!existsSync(path)) return err(`${path}: no such file`);
  const stat = statSync(path);
  if (stat.isDirectory()) return err(`${path}: is a folder, a list as CSV, XLSX or ODS was expected`);
  try {
    accessSync(path, constants.R_OK);
  } catch {
    return err(`${path}: this account may not read the file`);
  }
  const format = detectFormat(readHead(path));
  if (typeof format === 'object') return err(`${path}: ${format.refusal}`);
  if (format === 'workbook') {
    if (stat.size > workbookBytesMax) {
      return err(`${path}: a workbook of more than ${workbookBytesMax >> 20} MB; save the sheet as CSV`);
    }
    const outcome = readWorkbook(readFileSync(path), path, mapping);
    progress?.(stat.size, stat.size);
    return outcome;
  }
  const reader = new CsvReader(path, mapping, readSample(path));
  let read = 0;
  for await (const part of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    read += part.length;
    reader.feed(part);
    progress?.(read, stat.size);
    if (reader.isDone) break;
  }
  return reader.finish();
}
