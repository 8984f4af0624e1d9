/**
 * Parts the bytes of a CSV file into rows of cells, in one streaming pass.
 *
 * Law: a quotation mark that is never closed, or closed where no cell ends, is a letter; it swallows no row.
 * Why: a tokenizer of its own, because a million rows must be parted without making a string per cell.
 */
import type { RowSink } from '../list/row-sink.ts';

/** No cell has more bytes. */
export const cellBytesMax = 100_000;
/** A quoted cell of more lines than this is none: its quotation mark was a slip. */
const quotedLinesMax = 200;

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;

export interface CsvDialect {
  readonly delimiter: string;
  /** Rows end in a carriage return alone: old Macs. */
  readonly isCarriageReturn: boolean;
}

export class CsvTokenizer {
  readonly #sink: RowSink;
  readonly #delimiter: number;
  readonly #rowEnd: number;
  #row = new Uint8Array(1 << 16);
  #length = 0;
  #ends: number[] = [];
  #state: 'start' | 'plain' | 'quoted' | 'quote' = 'start';
  #line = 1;
  #rowLine = 1;
  #number = 1;
  #cellStart = 0;
  #isTooLong = false;
  #isTouched = false;
  /** Everything since the quotation mark that opened the cell, for the case that it was a letter. */
  #held = new Uint8Array(1 << 12);
  #heldLength = 0;
  #heldLine = 1;
  #stray = 0;
  #strayLine = 0;

  constructor(sink: RowSink, { delimiter, isCarriageReturn }: CsvDialect) {
    this.#sink = sink;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#rowEnd = isCarriageReturn ? carriageReturn : lineFeed;
  }

  #put(byte: number): void {
    if (this.#length - this.#cellStart >= cellBytesMax) {
      this.#isTooLong = true;
      return;
    }
    if (this.#length === this.#row.length) {
      const next = new Uint8Array(this.#row.length * 2);
      next.set(this.#row);
      this.#row = next;
    }
    this.#row[this.#length] = byte;
    this.#length += 1;
  }

  #hold(byte: number): void {
    if (this.#heldLength === this.#held.length) {
      const next = new Uint8Array(this.#held.length * 2);
      next.set(this.#held);
      this.#held = next;
    }
    this.#held[this.#heldLength] = byte;
    this.#heldLength += 1;
  }

  #endCell(): void {
    this.#ends.push(this.#length);
    this.#cellStart = this.#length;
    this.#state = 'start';
  }

  #endRow(): void {
    this.#endCell();
    this.#line += 1;
    if (this.#isTooLong) {
      this.#sink.putAside(
        this.#row,
        this.#ends,
        this.#rowLine,
        `a cell is longer than ${cellBytesMax} bytes`,
      );
    } else if (this.#isTouched) {
      this.#sink.takeRow(this.#row, this.#ends, this.#rowLine, this.#number);
    }
    this.#number += 1;
    this.#ends = [];
    this.#length = 0;
    this.#cellStart = 0;
    this.#rowLine = this.#line;
    this.#isTooLong = false;
    this.#isTouched = false;
  }

  /** Feeds UTF-8 bytes; may be called with any cut of the file. */
  feed(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length && this.#sink.fault === undefined; at += 1) this.#take(chunk[at]!);
  }

  #take(byte: number): void {
    switch (this.#state) {
      case 'start':
        if (byte === quote) {
          this.#state = 'quoted';
          this.#isTouched = true;
          this.#heldLength = 0;
          this.#heldLine = this.#line;
        } else if (byte === this.#delimiter) {
          this.#endCell();
          this.#isTouched = true;
        } else if (byte === this.#rowEnd) this.#endRow();
        else if (byte !== carriageReturn && byte !== lineFeed && byte !== space) {
          this.#state = 'plain';
          this.#isTouched = true;
          this.#put(byte);
        }
        break;
      case 'plain':
        if (byte === this.#delimiter) this.#endCell();
        else if (byte === this.#rowEnd) this.#endRow();
        else if (byte !== carriageReturn && byte !== lineFeed) this.#put(byte);
        break;
      case 'quoted':
        this.#hold(byte);
        if (byte === quote) this.#state = 'quote';
        else {
          if (byte === this.#rowEnd) this.#line += 1;
          this.#put(byte);
          if (this.#line - this.#heldLine > quotedLinesMax) this.#unquote();
        }
        break;
      case 'quote':
        this.#hold(byte);
        if (byte === quote) {
          this.#put(quote);
          this.#state = 'quoted';
        } else if (byte === this.#delimiter) this.#endCell();
        else if (byte === this.#rowEnd) this.#endRow();
        else if (byte !== carriageReturn && byte !== lineFeed && byte !== space) {
          if (this.#line > this.#heldLine) this.#unquote();
          else {
            // "abc"def: the quotes were part of the text.
            this.#put(byte);
            this.#state = 'plain';
          }
        }
        break;
    }
  }

  /** Takes the quotation mark that opened this cell for a letter, and reads on from behind it. */
  #unquote(): void {
    const held = this.#held.slice(0, this.#heldLength);
    this.#heldLength = 0;
    this.#stray += 1;
    if (this.#stray === 1) this.#strayLine = this.#heldLine;
    this.#length = this.#cellStart;
    this.#isTooLong = false;
    this.#line = this.#heldLine;
    this.#state = 'plain';
    this.#put(quote);
    for (const byte of held) {
      if (this.#sink.fault !== undefined) return;
      this.#take(byte);
    }
  }

  finish(): void {
    while (this.#state === 'quoted' && this.#sink.fault === undefined) this.#unquote();
    if (this.#sink.fault === undefined && (this.#isTouched || this.#ends.length > 0)) this.#endRow();
    if (this.#stray > 0) {
      const more = this.#stray > 1 ? ` (${this.#stray} such marks in all)` : '';
      this.#sink.note(
        `line ${this.#strayLine}: a quotation mark that is never closed is taken for a letter${more}`,
      );
    }
  }
}
