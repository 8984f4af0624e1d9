/**
 * Reads the bytes of a CSV list in one streaming pass into columns of coded cells. Rows that do not fit the header are put
 * aside with their line and reason; a file that has no answer is refused with a sentence.
 *
 * Why: a reader of its own, because a million rows must be coded without making a string per cell.
 */
import {
  getColumnUses,
  suggestMapping,
  type ColumnMapping,
  type ComparedColumn,
} from '@homeward/core/linkage';
import type { EncodedList, Reject } from '../list/list.ts';
import { detectDelimiter, type Encoding } from '../text/encoding.ts';
import { ByteDictionary } from '../list/byte-dictionary.ts';

export const longestCell = 100_000;
export const longestRejectText = 1000;
const mostRejects = 10_000;

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;

export class CsvParser {
  private readonly mapping: ColumnMapping;
  private readonly delimiterOf: (header: string) => string;
  delimiter = ',';
  private delimiterByte = -1;
  private header: string[] | undefined;
  private headerBytes: number[] = [];
  private row = new Uint8Array(1 << 16);
  private rowLength = 0;
  private ends: number[] = [];
  private state: 'start' | 'plain' | 'quoted' | 'quote' = 'start';
  private line = 1;
  private rowLine = 1;
  private cellStart = 0;
  private tooLong = false;
  private touched = false;
  private rowCount = 0;
  private idColumn = -1;
  private uses: ({ dictionary: ByteDictionary; codes: Int32Array; column: ComparedColumn } | undefined)[] =
    [];
  private readonly ids = new ByteDictionary();
  private idLines = new Int32Array(1 << 10);
  readonly rejects: Reject[] = [];
  moreRejects = 0;
  ignored: string[] = [];
  fault: string | undefined;

  constructor(mapping: ColumnMapping) {
    this.mapping = mapping;
    this.delimiterOf = detectDelimiter;
  }

  private put(byte: number): void {
    if (this.rowLength - this.cellStart >= longestCell) {
      this.tooLong = true;
      return;
    }
    if (this.rowLength === this.row.length) {
      const next = new Uint8Array(this.row.length * 2);
      next.set(this.row);
      this.row = next;
    }
    this.row[this.rowLength] = byte;
    this.rowLength += 1;
  }

  private endCell(): void {
    this.ends.push(this.rowLength);
    this.cellStart = this.rowLength;
    this.state = 'start';
  }

  /** Feeds UTF-8 bytes; may be called with any cut of the file. */
  feed(chunk: Uint8Array): void {
    let at = 0;
    if (this.header === undefined) at = this.feedHeader(chunk);
    const delimiter = this.delimiterByte;
    for (; at < chunk.length && this.fault === undefined; at += 1) {
      const byte = chunk[at]!;
      switch (this.state) {
        case 'start':
          if (byte === quote) {
            this.state = 'quoted';
            this.touched = true;
          } else if (byte === delimiter) {
            this.endCell();
            this.touched = true;
          } else if (byte === lineFeed) this.endRow();
          else if (byte !== carriageReturn && byte !== space) {
            this.state = 'plain';
            this.touched = true;
            this.put(byte);
          }
          break;
        case 'plain':
          if (byte === delimiter) this.endCell();
          else if (byte === lineFeed) this.endRow();
          else if (byte !== carriageReturn) this.put(byte);
          break;
        case 'quoted':
          if (byte === quote) this.state = 'quote';
          else {
            if (byte === lineFeed) this.line += 1;
            this.put(byte);
          }
          break;
        case 'quote':
          if (byte === quote) {
            this.put(quote);
            this.state = 'quoted';
          } else if (byte === delimiter) this.endCell();
          else if (byte === lineFeed) this.endRow();
          else if (byte !== carriageReturn && byte !== space) {
            // "abc"def: the quotes were part of the text.
            this.put(byte);
            this.state = 'plain';
          }
          break;
      }
    }
  }

  private feedHeader(chunk: Uint8Array): number {
    let quoted = this.headerBytes.reduce((count, byte) => count + (byte === quote ? 1 : 0), 0) % 2 === 1;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at]!;
      if (byte === quote) quoted = !quoted;
      if (byte === lineFeed && !quoted) {
        this.endHeader();
        this.line = 2;
        this.rowLine = 2;
        return at + 1;
      }
      this.headerBytes.push(byte);
      if (this.headerBytes.length > longestCell) {
        this.fault = 'line 1: the header is longer than 100,000 bytes; this does not look like a list';
        return chunk.length;
      }
    }
    return chunk.length;
  }

  private endHeader(): void {
    const text = Buffer.from(this.headerBytes)
      .toString('utf8')
      .replace(/^\ufeff/u, '')
      .replace(/\r$/u, '');
    if (text.trim() === '') {
      this.fault = 'line 1: a header row was expected, the line is empty';
      return;
    }
    this.delimiter = this.delimiterOf(text);
    this.delimiterByte = this.delimiter.charCodeAt(0);
    const cells: string[] = [];
    const pattern = new RegExp(
      `\\s*(?:"((?:[^"]|"")*)"|([^${this.delimiter === '|' ? '\\|' : this.delimiter}]*))(?:${this.delimiter === '|' ? '\\|' : this.delimiter}|$)`,
      'uy',
    );
    while (pattern.lastIndex < text.length) {
      const match = pattern.exec(text);
      if (match === null) break;
      cells.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').trim());
    }
    if (text.endsWith(this.delimiter)) cells.push('');
    this.header = cells;
    const uses = getColumnUses(cells, this.mapping);
    for (const [index, name] of cells.entries()) {
      const use = uses[index]!;
      if (use.use === 'id') {
        this.idColumn = index;
        this.uses.push(undefined);
      } else if (use.use === 'compare')
        this.uses.push({
          dictionary: new ByteDictionary(),
          codes: new Int32Array(1 << 10),
          column: use.column,
        });
      else {
        this.uses.push(undefined);
        this.ignored.push(name);
      }
    }
    if (this.idColumn < 0)
      this.fault = `line 1: no column "id" among ${cells
        .map((cell) => `"${cell}"`)
        .join(', ')
        .slice(
          0,
          300,
        )}; the first line must name the columns. Say which is which with --mapping FILE, a file such as ${suggestMapping(cells).slice(0, 400)}`;
  }

  private reject(reason: string): void {
    if (this.rejects.length >= mostRejects) {
      this.moreRejects += 1;
      return;
    }
    const shown: string[] = [];
    let from = 0;
    for (const end of this.ends) {
      shown.push(
        Buffer.from(this.row.buffer, from, Math.min(end - from, longestRejectText)).toString('utf8'),
      );
      from = end;
    }
    this.rejects.push({
      line: this.rowLine,
      reason,
      text: shown.join(this.delimiter).slice(0, longestRejectText),
    });
  }

  private endRow(): void {
    this.endCell();
    this.line += 1;
    if (this.touched) this.takeRow();
    this.ends.length = 0;
    this.rowLength = 0;
    this.cellStart = 0;
    this.rowLine = this.line;
    this.tooLong = false;
    this.touched = false;
  }

  private takeRow(): void {
    const wanted = this.header!.length;
    if (this.tooLong) {
      this.reject(`a cell is longer than ${longestCell} bytes`);
      return;
    }
    if (this.ends.length !== wanted) {
      this.reject(`${this.ends.length} cells where the header has ${wanted}`);
      return;
    }
    const [idFrom, idTo] = this.trim(this.idColumn);
    if (idFrom === idTo) {
      this.reject('the id is empty');
      return;
    }
    const id = this.ids.add(this.row, idFrom, idTo);
    if (id < this.rowCount) {
      this.fault = `line ${this.rowLine}: the id was already used on line ${this.idLines[id]!}; every person needs an id of their own`;
      return;
    }
    if (id === this.idLines.length) {
      const next = new Int32Array(this.idLines.length * 2);
      next.set(this.idLines);
      this.idLines = next;
    }
    this.idLines[id] = this.rowLine;
    for (let index = 0; index < this.uses.length; index += 1) {
      const use = this.uses[index];
      if (use === undefined) continue;
      if (this.rowCount === use.codes.length) {
        const next = new Int32Array(use.codes.length * 2);
        next.set(use.codes);
        use.codes = next;
      }
      const [from, to] = this.trim(index);
      use.codes[this.rowCount] = from === to ? -1 : use.dictionary.add(this.row, from, to);
    }
    this.rowCount += 1;
  }

  private trim(index: number): [number, number] {
    let from = index === 0 ? 0 : this.ends[index - 1]!;
    let to = this.ends[index]!;
    while (from < to && this.row[from]! <= space) from += 1;
    while (to > from && this.row[to - 1]! <= space) to -= 1;
    return [from, to];
  }

  finish(): void {
    if (this.fault !== undefined) return;
    if (this.header === undefined) {
      if (this.headerBytes.length === 0) {
        this.fault = 'the file is empty; a header row was expected';
        return;
      }
      this.endHeader();
      return;
    }
    if (this.state === 'quoted') {
      this.ends.push(this.rowLength);
      this.reject(
        `a quotation mark opened on this line is never closed: everything to the end of the file (line ${this.line}) is inside it`,
      );
      return;
    }
    if (this.touched || this.ends.length > 0) this.endRow();
  }

  toList(path: string, encoding: Encoding): EncodedList {
    return {
      path,
      encoding,
      delimiter: this.delimiter,
      rows: this.rowCount,
      ids: this.ids.toEncoded(),
      columns: this.uses.flatMap((use) =>
        use === undefined
          ? []
          : [{ ...use.column, cells: use.dictionary.toEncoded(), codes: use.codes.slice(0, this.rowCount) }],
      ),
      ignored: this.ignored,
      rejects: this.rejects,
      moreRejects: this.moreRejects,
    };
  }
}
