/** Reads one list from a file. */
import { err, ok, type Result } from '@homeward/core/result';
import type { ColumnMapping } from '@homeward/core/linkage';
import { accessSync, constants, createReadStream, existsSync, statSync } from 'node:fs';
import { CsvParser } from '../csv/csv-parser.ts';
import type { EncodedList } from '../list/list.ts';
import { detectEncoding } from '../text/encoding.ts';
import { readSample } from './read-sample.ts';

/** Tells how far the file is read, in bytes. */
export type ReadProgress = (read: number, total: number) => void;

/**
 * Reads one list.
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
  if (stat.isDirectory()) return err(`${path}: is a folder, a CSV file was expected`);
  try {
    accessSync(path, constants.R_OK);
  } catch {
    return err(`${path}: this account may not read the file`);
  }
  const encoding = detectEncoding(readSample(path));
  const parser = new CsvParser(mapping);
  const decoder = encoding === 'utf-8' ? undefined : new TextDecoder(encoding);
  const encoder = new TextEncoder();
  let read = 0;
  let first = true;
  for await (const part of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    read += part.length;
    let bytes: Uint8Array = part;
    if (decoder !== undefined) bytes = encoder.encode(decoder.decode(part, { stream: true }));
    if (first && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3);
    first = false;
    parser.feed(bytes);
    progress?.(read, stat.size);
    if (parser.fault !== undefined) break;
  }
  const rest = decoder?.decode();
  if (rest !== undefined && rest !== '') parser.feed(encoder.encode(rest));
  parser.finish();
  if (parser.fault !== undefined) return err(`${path}, ${parser.fault}`);
  return ok(parser.toList(path, encoding));
}
