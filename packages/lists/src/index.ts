/** Reading and writing lists of persons, without a disk: a browser may hold this. */
export { CsvParser } from './csv/csv-parser.ts';
export { toTable, type EncodedColumn, type EncodedList, type Reject } from './list/list.ts';
export {
  toCell,
  toClusterLines,
  toExplanationLines,
  toPairLines,
  toRejectLines,
} from './results/result-lines.ts';
export { detectDelimiter, detectEncoding, type Encoding } from './text/encoding.ts';
