/** Where the rows of a file go, whatever it is. */
export interface RowSink {
  /** Set when the list has no answer; no more rows are wanted then. */
  readonly fault: string | undefined;
  /**
   * Takes one row.
   *
   * @param bytes the cells one after another, in UTF-8; only read during the call
   * @param ends where each cell ends
   * @param line the line of the file it begins on
   * @param number the row's number in a spreadsheet, from 1
   */
  takeRow(bytes: Uint8Array, ends: readonly number[], line: number, number: number): void;
  /** Puts a row aside that could not be parted into cells. */
  putAside(bytes: Uint8Array, ends: readonly number[], line: number, reason: string): void;
  /** Tells something about the file that whoever reads the result should know. */
  note(sentence: string): void;
}
