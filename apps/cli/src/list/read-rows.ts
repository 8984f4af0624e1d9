/** The rows of a file of persons, by the columns that records are made of. */
import type { ColumnMapping } from '@homeward/core/linkage';
import { err, ok, type Result } from '@homeward/core/result';
import { toTable } from '@homeward/lists';
import { readList } from '@homeward/lists/files';
import { recordColumns, type ListRow, type RecordColumn } from '@homeward/papers';

/** Headers of columns that linkage does not compare and a record has, in the languages of the lists. */
const headers: Readonly<Partial<Record<RecordColumn, string>>> = {
  category: 'category|категорія|категория|катэгорыя|kategori|الفئة',
  facility: 'facility|заклад|установа|місце утримання|учреждение|место содержания|kurum|المنشأة',
  notes: 'notes|remarks|примітки|особливі прикмети|примечания|особые приметы|заўвагі|notlar|ملاحظات',
};

const ownColumns: ColumnMapping = Object.fromEntries(
  Object.entries(headers).flatMap(([name, words]) =>
    words.split('|').map((word) => [word, { name, kind: 'text' as const }] as const),
  ),
);

export interface ReadRows {
  readonly rows: readonly ListRow[];
  /** Columns that enter a record, and those that do not. */
  readonly used: readonly RecordColumn[];
  readonly ignored: readonly string[];
  /** What the reader did beyond reading, without persons. */
  readonly notes: readonly string[];
}

/**
 * Reads the file, all or nothing: a row that the reader would put aside refuses it, by line and reason.
 * `mapping` names columns of the file and goes before what is known of headers.
 */
export async function readRows(
  path: string,
  mapping: ColumnMapping,
): Promise<Result<ReadRows, readonly string[]>> {
  const read = await readList(path, { ...ownColumns, ...mapping });
  if (!read.ok) {
    return err([read.error]);
  }
  const list = read.value;
  if (list.rejects.length > 0) {
    return err([
      ...list.rejects.map(({ line, reason }) => `${path}, line ${line}: ${reason}`),
      ...(list.moreRejects > 0 ? [`and ${list.moreRejects} more rows`] : []),
    ]);
  }
  const table = toTable(list);
  const known = new Set<string>(recordColumns);
  const columns = table.columns.filter(({ name }) => known.has(name));
  const rows = table.ids.map((id, index): ListRow => {
    const cells: Partial<Record<RecordColumn, string[]>> = {};
    for (const { name, cells: words, codes } of columns) {
      const word = words[codes[index] ?? -1];
      (cells[name as RecordColumn] ??= []).push(word ?? '');
    }
    return { at: index + 1, id, cells };
  });
  return ok({
    rows,
    used: [...new Set(columns.map(({ name }) => name as RecordColumn))],
    ignored: [
      ...table.ignored,
      ...table.columns.filter(({ name }) => !known.has(name)).map(({ name }) => name),
    ],
    notes: list.notes,
  });
}
