/** A CSV list from its bytes, wherever they come from. */
import type { ColumnMapping } from '@homeward/core/linkage';
import { err, ok, type Result } from '@homeward/core/result';
import { CsvTokenizer } from './csv/csv-tokenizer.ts';
import { detectDelimiter, readSepLine } from './csv/delimiter.ts';
import { ListBuilder } from './list/list-builder.ts';
import type { EncodedList } from './list/list.ts';
import { createDecoder, detectEncoding, type Decoder, type Reading } from './text/encoding.ts';

/** The beginning of a file by which its delimiter is told. */
const headBytes = 1 << 16;

const join = (first: Uint8Array, second: Uint8Array): Uint8Array => {
  const out = new Uint8Array(first.length + second.length);
  out.set(first);
  out.set(second, first.length);
  return out;
};

/** Reads a CSV list from parts of its bytes, in any cut. */
export class CsvReader {
  readonly #path: string;
  readonly #builder: ListBuilder;
  readonly #reading: Reading;
  readonly #decoder: Decoder;
  #tokenizer: CsvTokenizer | undefined;
  #head: Uint8Array = new Uint8Array(0);
  #delimiter = ',';

  /**
   * @param path what messages call the file
   * @param sample a part of the file that has bytes beyond ASCII, if the file has any
   */
  constructor(path: string, mapping: ColumnMapping, sample: Uint8Array) {
    this.#path = path;
    this.#builder = new ListBuilder(mapping);
    this.#reading = detectEncoding(sample);
    this.#decoder = createDecoder(this.#reading);
    const { garbled } = this.#reading;
    if (garbled !== undefined) {
      this.#builder.note(
        `the text was garbled (${garbled.inner} that was read as ${garbled.outer} and saved again) and is put right; check a few names`,
      );
    }
  }

  #begin(): void {
    let head = this.#head;
    if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) head = head.subarray(3);
    const text = new TextDecoder().decode(head);
    this.#delimiter = detectDelimiter(text);
    const isCarriageReturn = !text.includes('\n') && text.includes('\r');
    this.#tokenizer = new CsvTokenizer(this.#builder, { delimiter: this.#delimiter, isCarriageReturn });
    const first = /^[^\r\n]*/u.exec(text)?.[0] ?? '';
    // The line that tells Excel the delimiter holds ASCII only, so letters are bytes.
    const skip = readSepLine(first) === undefined ? 0 : first.length;
    this.#tokenizer.feed(head.subarray(skip));
    this.#head = new Uint8Array(0);
  }

  /** True when nothing more is wanted: the list has no answer. */
  get isDone(): boolean {
    return this.#builder.fault !== undefined;
  }

  feed(part: Uint8Array): void {
    const bytes = this.#decoder.decode(part);
    if (this.#tokenizer !== undefined) {
      this.#tokenizer.feed(bytes);
      return;
    }
    this.#head = join(this.#head, bytes);
    if (this.#head.length >= headBytes) this.#begin();
  }

  finish(): Result<EncodedList, string> {
    this.feed(this.#decoder.end());
    if (this.#tokenizer === undefined) this.#begin();
    this.#tokenizer?.finish();
    this.#builder.finish();
    const { fault } = this.#builder;
    if (fault !== undefined) return err(`${this.#path}, ${fault}`);
    return ok(
      this.#builder.toList(this.#path, { encoding: this.#reading.encoding, delimiter: this.#delimiter }),
    );
  }
}
