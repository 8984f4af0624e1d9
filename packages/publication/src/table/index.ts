export { parseTable, readTable } from './read-table.ts';
export { toCsv } from './to-csv.ts';
