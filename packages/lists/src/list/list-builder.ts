/**
 * Makes a list of the rows of a file: finds the header among the first rows, codes the columns that are compared, and
 * tells what it skipped, filled in or put aside.
 */
import type { ColumnMapping, ColumnUse, ComparedColumn } from '@homeward/core/linkage';
import { ByteDictionary, type EncodedStrings } from './byte-dictionary.ts';
import { describeNoHeader, findHeaderRow, type EarlyRow } from './header-row.ts';
import type { EncodedList, Reject } from './list.ts';
import type { RowSink } from './row-sink.ts';

const rejectTextMax = 1000;
const rejectsMax = 10_000;
/** The header is looked for among so many rows that are not empty. */
const earlyRowsMax = 40;
const space = 0x20;
/** What stands in the name's place under the last person. */
const closing =
  /^(?:всього|усього|разом|итого|всего|загалом|total|підпис|подпись|складено|примітка)(?=[\s:.]|$)/iu;
/** Headers of a column that numbers rows: it gives ids only where each is there once. */
const rowNumbers = /^(?:№|no|nr|n|п|з|пп|зп|#|\s)*$/iu;

interface CodedColumn {
  readonly column: ComparedColumn;
  readonly dictionary: ByteDictionary;
  codes: Int32Array<ArrayBuffer>;
}

function grow(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const next = new Int32Array(numbers.length * 2);
  next.set(numbers);
  return next;
}

export class ListBuilder implements RowSink {
  readonly #mapping: ColumnMapping;
  readonly #decoder = new TextDecoder();
  #early: EarlyRow[] | undefined = [];
  #header: readonly string[] = [];
  #headerBytes: Uint8Array = new Uint8Array(0);
  #columns: (CodedColumn | undefined)[] = [];
  #idColumn = -1;
  #isNumberColumn = false;
  #ids = new ByteDictionary();
  #rows = 0;
  #lines = new Int32Array(1 << 10);
  #numbers = new Int32Array(1 << 10);
  #short = 0;
  #repeated = 0;
  readonly #rejects: Reject[] = [];
  #moreRejects = 0;
  #ignored: string[] = [];
  readonly #notes: string[] = [];
  fault: string | undefined;

  constructor(mapping: ColumnMapping) {
    this.#mapping = mapping;
  }

  note(sentence: string): void {
    this.#notes.push(sentence);
  }

  takeRow(bytes: Uint8Array, ends: readonly number[], line: number, number: number): void {
    if (this.#early === undefined) {
      this.#code(bytes, ends, line, number);
      return;
    }
    const cells: string[] = [];
    let from = 0;
    for (const end of ends) {
      cells.push(this.#decoder.decode(bytes.subarray(from, end)).trim());
      from = end;
    }
    if (cells.every((cell) => cell === '')) return;
    this.#early.push({ cells, line, number });
    if (this.#early.length >= earlyRowsMax) this.#settleHeader();
  }

  putAside(bytes: Uint8Array, ends: readonly number[], line: number, reason: string): void {
    if (this.#early !== undefined && this.#early.length === 0) {
      this.fault = `line ${line}: ${reason}; a header row was expected, this does not look like a list`;
      return;
    }
    if (this.#rejects.length >= rejectsMax) {
      this.#moreRejects += 1;
      return;
    }
    const shown: string[] = [];
    let from = 0;
    for (const end of ends) {
      shown.push(this.#decoder.decode(bytes.subarray(from, Math.min(end, from + rejectTextMax))));
      from = end;
    }
    this.#rejects.push({ line, reason, text: shown.join(';').slice(0, rejectTextMax) });
  }

  #settleHeader(): void {
    const early = this.#early!;
    this.#early = undefined;
    const header = findHeaderRow(early, this.#mapping);
    if (header === undefined) {
      this.fault = describeNoHeader(early);
      return;
    }
    this.#setHeader(header.cells, header.uses);
    if (header.at > 0) {
      const [first, last] = [early[0]!.line, early[header.at - 1]!.line];
      const where = first === last ? `line ${first}` : `lines ${first} to ${last}`;
      this.note(`${where}: skipped, because the row that names the columns is below`);
    }
    const encoder = new TextEncoder();
    this.#headerBytes = encoder.encode(header.cells[0] ?? '');
    for (const { cells, line, number } of early.slice(header.at + 1)) {
      const parts = cells.map((cell) => encoder.encode(cell));
      const ends: number[] = [];
      let length = 0;
      for (const part of parts) {
        length += part.length;
        ends.push(length);
      }
      const bytes = new Uint8Array(length);
      for (const [index, part] of parts.entries()) bytes.set(part, ends[index]! - part.length);
      this.#code(bytes, ends, line, number);
    }
  }

  #setHeader(cells: readonly string[], uses: readonly ColumnUse[]): void {
    this.#header = cells;
    for (const [index, name] of cells.entries()) {
      const use = uses[index]!;
      if (use.use === 'compare') {
        this.#columns.push({
          column: use.column,
          dictionary: new ByteDictionary(),
          codes: new Int32Array(1 << 10),
        });
        continue;
      }
      this.#columns.push(undefined);
      if (use.use === 'id') this.#idColumn = index;
      else if (name !== '') this.#ignored.push(name);
    }
    const id = cells[this.#idColumn];
    this.#isNumberColumn = id !== undefined && rowNumbers.test(id.replace(/[.\s/\\_-]+/gu, ' ').trim());
  }

  #trim(bytes: Uint8Array, ends: readonly number[], index: number): [from: number, to: number] {
    let from = index === 0 ? 0 : ends[index - 1]!;
    let to = ends[index]!;
    while (from < to && bytes[from]! <= space) from += 1;
    while (to > from && bytes[to - 1]! <= space) to -= 1;
    return [from, to];
  }

  #isEmpty(bytes: Uint8Array, ends: readonly number[], index: number): boolean {
    const [from, to] = this.#trim(bytes, ends, index);
    return from === to;
  }

  /** Why a row is no person, or undefined; `skip` for rows that nobody misses. */
  #findReason(bytes: Uint8Array, ends: readonly number[]): string | undefined {
    const wanted = this.#header.length;
    for (let index = wanted; index < ends.length; index += 1)
      if (!this.#isEmpty(bytes, ends, index)) return `${ends.length} cells where the header has ${wanted}`;
    return undefined;
  }

  #isHeaderAgain(bytes: Uint8Array, ends: readonly number[]): boolean {
    const [from, to] = this.#trim(bytes, ends, 0);
    if (to - from !== this.#headerBytes.length) return false;
    for (let at = from; at < to; at += 1) if (bytes[at] !== this.#headerBytes[at - from]) return false;
    const cells = this.#header.map((_, index) => {
      if (index >= ends.length) return '';
      const [start, end] = this.#trim(bytes, ends, index);
      return this.#decoder.decode(bytes.subarray(start, end));
    });
    return cells.every((cell, index) => cell === this.#header[index]);
  }

  /** True when nothing that is compared stands in the row, or only a closing line such as a total. */
  #isNobody(bytes: Uint8Array, ends: readonly number[]): boolean {
    let full = 0;
    let isClosing = false;
    for (let index = 0; index < ends.length; index += 1) {
      const [from, to] = this.#trim(bytes, ends, index);
      if (from === to) continue;
      full += 1;
      if (full === 1 || index < 3)
        isClosing ||= closing.test(this.#decoder.decode(bytes.subarray(from, Math.min(to, from + 60))));
    }
    return full === 0 || (isClosing && full <= 2);
  }

  #code(bytes: Uint8Array, ends: readonly number[], line: number, number: number): void {
    const wanted = this.#header.length;
    if (ends.length > wanted) {
      const reason = this.#findReason(bytes, ends);
      if (reason !== undefined) {
        this.putAside(bytes, ends, line, reason);
        return;
      }
    }
    if (this.#isHeaderAgain(bytes, ends)) {
      this.#repeated += 1;
      return;
    }
    const hasId = this.#idColumn >= 0 && this.#idColumn < ends.length;
    const [idFrom, idTo] = hasId ? this.#trim(bytes, ends, this.#idColumn) : [0, 0];
    if (idFrom === idTo) {
      if (this.#isNobody(bytes, ends)) return;
      if (this.#idColumn >= 0 && !this.#isNumberColumn) {
        this.putAside(bytes, ends, line, 'the id is empty');
        return;
      }
      if (this.#idColumn >= 0) this.#numberRows();
    }
    if (ends.length < wanted) this.#short += 1;
    if (this.#idColumn >= 0 && !this.#takeId(bytes, idFrom, idTo, line)) return;
    if (this.#rows === this.#lines.length) {
      this.#lines = grow(this.#lines);
      this.#numbers = grow(this.#numbers);
    }
    this.#lines[this.#rows] = line;
    this.#numbers[this.#rows] = number;
    for (let index = 0; index < this.#columns.length; index += 1) {
      const coded = this.#columns[index];
      if (coded === undefined) continue;
      if (this.#rows === coded.codes.length) coded.codes = grow(coded.codes);
      const [from, to] = index < ends.length ? this.#trim(bytes, ends, index) : [0, 0];
      coded.codes[this.#rows] = from === to ? -1 : coded.dictionary.add(bytes, from, to);
    }
    this.#rows += 1;
  }

  /** @returns false when the list has no answer */
  #takeId(bytes: Uint8Array, from: number, to: number, line: number): boolean {
    const id = this.#ids.add(bytes, from, to);
    if (id >= this.#rows) return true;
    if (this.#isNumberColumn) {
      this.#numberRows();
      return true;
    }
    this.fault = `line ${line}: the id was already used on line ${this.#lines[id]!}; every person needs an id of their own`;
    return false;
  }

  /** From here on the rows' own numbers are the ids. */
  #numberRows(): void {
    const name = this.#header[this.#idColumn] ?? '';
    this.note(`the numbers in the column "${name}" are not each there once`);
    this.#idColumn = -1;
  }

  finish(): void {
    if (this.fault === undefined && this.#early !== undefined) this.#settleHeader();
  }

  #toRowIds(): EncodedStrings {
    const ids = new ByteDictionary();
    const encoder = new TextEncoder();
    for (let row = 0; row < this.#rows; row += 1) {
      const bytes = encoder.encode(String(this.#numbers[row]!));
      ids.add(bytes, 0, bytes.length);
    }
    return ids.toEncoded();
  }

  /** Says which rows hold bytes that are not UTF-8. Cost: one pass over the distinct cells. */
  #noteBadBytes(): void {
    let cells = 0;
    let first = Number.POSITIVE_INFINITY;
    for (const coded of this.#columns) {
      if (coded === undefined) continue;
      const { arena, offsets, count } = coded.dictionary.toEncoded();
      if (!this.#decoder.decode(arena).includes('\ufffd')) continue;
      const bad = new Set<number>();
      for (let id = 0; id < count; id += 1)
        if (this.#decoder.decode(arena.subarray(offsets[id], offsets[id + 1])).includes('\ufffd'))
          bad.add(id);
      for (let row = 0; row < this.#rows; row += 1) {
        if (!bad.has(coded.codes[row]!)) continue;
        cells += 1;
        first = Math.min(first, this.#lines[row]!);
      }
    }
    if (cells > 0)
      this.note(
        `line ${first}: bytes that are not UTF-8, as in ${cells} cells in all; what can be read of them is used`,
      );
  }

  /** The list; only after `finish`, and when there is no fault. */
  toList(path: string, about: Pick<EncodedList, 'encoding' | 'delimiter'>): EncodedList {
    const isNumbered = this.#idColumn < 0;
    this.#noteBadBytes();
    if (isNumbered) {
      this.note('no column of ids: the number of the row, as a spreadsheet shows it, stands for each person');
    }
    if (this.#short > 0) {
      this.note(
        `${this.#short} rows have fewer cells than the header; the cells that are not there count as empty`,
      );
    }
    if (this.#repeated > 0) this.note(`${this.#repeated} repeated header rows skipped`);
    return {
      path,
      ...about,
      rows: this.#rows,
      ids: isNumbered ? this.#toRowIds() : this.#ids.toEncoded(),
      columns: this.#columns.flatMap((coded) =>
        coded === undefined
          ? []
          : [
              {
                ...coded.column,
                cells: coded.dictionary.toEncoded(),
                codes: coded.codes.slice(0, this.#rows),
              },
            ],
      ),
      ignored: this.#ignored,
      rejects: this.#rejects,
      moreRejects: this.#moreRejects,
      notes: this.#notes,
    };
  }
}
