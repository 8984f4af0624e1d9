/** Reading and writing lists of persons, without a disk: a browser may hold this. */
export { detectDelimiter } from './csv/delimiter.ts';
export { detectFormat, type Format } from './format.ts';
export { ListBuilder } from './list/list-builder.ts';
export { toTable, type EncodedColumn, type EncodedList, type Reject } from './list/list.ts';
export type { RowSink } from './list/row-sink.ts';
export { CsvReader } from './read-csv.ts';
export {
  toCell,
  toClusterLines,
  toExplanationLines,
  toPairLines,
  toRejectLines,
} from './results/result-lines.ts';
export { readSheets, readWorkbook } from './sheets/read-sheets.ts';
export { SheetFault, type Sheet } from './sheets/sheet.ts';
export { createDecoder, detectEncoding, type Encoding, type Reading } from './text/encoding.ts';
