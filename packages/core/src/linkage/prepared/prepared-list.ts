/**
 * A list of persons that is prepared once: values, their keys and the indexes over its rows are kept, so that newcomers
 * cost what they are, not what the list is.
 */
import { indexRows, sortBuckets, type RowIndexes } from '../blocking/blocking.ts';
import { DeletionIndex } from '../near/deletion-index.ts';
import { kinds, prepareColumn, type ColumnKind } from '../kinds/index.ts';
import { createInt32 } from '../memory/shared-numbers.ts';
import type { DescribedValues } from '../near/described-values.ts';
import type { NearFinder, NearLevels } from '../near/near-finder.ts';
import { isTelling } from '../near/near-texts.ts';
import { getMostEdits } from '../near/pair-collector.ts';
import { assembleField, countValues, type Field } from '../fields/field.ts';
import type { FieldNumbers } from '../fields/field-numbers.ts';
import { readNameColumns } from '../columns/name-columns.ts';
import {
  assembleComparison,
  getSharedColumns,
  sortTable,
  type Comparison,
} from '../comparison/comparison.ts';
import type { PersonTable, TableColumn } from '../columns/person-table.ts';

function joinNumbers(first: Int32Array, second: ArrayLike<number>): Int32Array {
  const out = createInt32(first.length + second.length);
  out.set(first);
  out.set(second, first.length);
  return out;
}

/** Described values one after another; the second list's place 0 (missing) is left out. */
function joinDescribed(first: DescribedValues, second: DescribedValues): DescribedValues {
  const join = <T>(a: readonly T[] | undefined, b: readonly T[] | undefined): readonly T[] | undefined =>
    a === undefined || b === undefined ? undefined : [...a, ...b.slice(1)];
  return {
    names: join(first.names, second.names),
    texts: join(first.texts, second.texts),
    dates:
      first.dates === undefined || second.dates === undefined
        ? undefined
        : joinNumbers(first.dates, second.dates.subarray(1)),
    groupKeys: join(first.groupKeys, second.groupKeys)!,
  };
}

/** Some rows of a column in the numbers of the list; values it has not seen come after its own. */
interface CodedRows {
  readonly codes: Int32Array;
  readonly newTexts: readonly string[];
  readonly described: DescribedValues;
}

/** One column of the list with everything that finding near values needs. */
class PreparedColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  private readonly near: NearFinder | undefined;
  texts: readonly string[] = [''];
  codes: Int32Array = new Int32Array(0);
  counts: Float64Array = new Float64Array(1);
  private described: DescribedValues;
  private groups: Int32Array = new Int32Array(0);
  private readonly place = new Map<string, number>();
  private readonly groupPlace = new Map<string, number>();
  private readonly holders = new Map<string, number[]>();
  private readonly editHolders = new Map<string, number[]>();
  private readonly bearers = new Map<string, number>();
  private indexed: readonly string[] = [];
  private index: DeletionIndex;
  private lateKeys: readonly string[] = [];
  private late: DeletionIndex;
  private readonly most: number;

  constructor(column: TableColumn) {
    this.name = column.name;
    this.kind = column.kind;
    this.near = kinds[column.kind].near;
    this.described = kinds[column.kind].describe(['']);
    const coded = this.code(column, column.codes.length);
    this.keep(coded.newTexts, coded.described);
    this.codes = coded.codes;
    this.count(coded.codes);
    this.indexed = [...this.editHolders.keys()];
    this.most = getMostEdits(this.indexed.length);
    this.index = new DeletionIndex(this.indexed, this.most);
    this.late = new DeletionIndex([], this.most);
  }

  code(column: TableColumn | undefined, rows: number): CodedRows {
    const codes = createInt32(rows);
    if (column === undefined) return { codes, newTexts: [], described: kinds[this.kind].describe(['']) };
    const toValue = prepareColumn(this.kind, column.cells);
    const cells = column.cells.map((cell) => toValue(cell));
    const newTexts = [...new Set(cells.filter((text) => text !== '' && !this.place.has(text)))].sort();
    const next = new Map(newTexts.map((text, index) => [text, this.texts.length + index] as const));
    const values = cells.map((text) => (text === '' ? 0 : (this.place.get(text) ?? next.get(text)!)));
    for (let row = 0; row < rows; row += 1) {
      const cell = column.codes[row]!;
      codes[row] = cell < 0 ? 0 : values[cell]!;
    }
    return { codes, newTexts, described: kinds[this.kind].describe(['', ...newTexts]) };
  }

  /** Group numbers of new values; those of new groups follow the known ones. */
  private numberGroups(described: DescribedValues, known: Map<string, number>): Int32Array {
    const fresh = new Map<string, number>();
    return Int32Array.from(described.groupKeys.slice(1), (key) => {
      const id = known.get(key) ?? fresh.get(key) ?? known.size + fresh.size;
      if (!known.has(key)) fresh.set(key, id);
      return id;
    });
  }

  /** Takes new values in for good. */
  private keep(newTexts: readonly string[], described: DescribedValues): void {
    const from = this.texts.length;
    if (from === 1) {
      this.groupPlace.set('', 0);
      this.groups = joinNumbers(new Int32Array(0), [0]);
    }
    const groups = this.numberGroups(described, this.groupPlace);
    for (const [index, key] of described.groupKeys.slice(1).entries())
      this.groupPlace.set(key, groups[index]!);
    this.groups = joinNumbers(this.groups, groups);
    this.texts = [...this.texts, ...newTexts];
    this.described = joinDescribed(this.described, described);
    const put = (map: Map<string, number[]>, key: string, value: number): void => {
      const known = map.get(key);
      if (known === undefined) map.set(key, [value]);
      else known.push(value);
    };
    for (let value = from; value < this.texts.length; value += 1) {
      this.place.set(this.texts[value]!, value);
      for (const key of this.near?.getKeys(this.described, value) ?? []) put(this.holders, key, value);
      for (const edits of this.near?.getSlipKeys(this.texts, this.described, value) ?? [])
        put(this.editHolders, edits, value);
    }
    const counts = new Float64Array(this.texts.length);
    counts.set(this.counts);
    this.counts = counts;
  }

  private count(codes: Int32Array): void {
    for (const value of codes) {
      this.counts[value]! += 1;
      for (const word of this.described.texts?.[value]?.words ?? [])
        this.bearers.set(word, (this.bearers.get(word) ?? 0) + 1);
    }
  }

  /** Adds rows; `order` says for each row of the new whole which old row (or, from the old count on, which new one) it is. */
  add(coded: CodedRows, order: Int32Array): void {
    this.keep(coded.newTexts, coded.described);
    this.count(coded.codes);
    const old = this.codes;
    const codes = createInt32(order.length);
    for (let row = 0; row < order.length; row += 1) {
      const from = order[row]!;
      codes[row] = from < old.length ? old[from]! : coded.codes[from - old.length]!;
    }
    this.codes = codes;
    const known = this.indexed.length;
    const keys = [...this.editHolders.keys()];
    // Few keys are indexed beside the others; when they are no longer few, all are indexed anew.
    if (keys.length - known > Math.max(1000, known / 8)) {
      this.indexed = keys;
      this.index = new DeletionIndex(keys, this.most);
      this.lateKeys = [];
    } else this.lateKeys = keys.slice(known);
    this.late = new DeletionIndex(this.lateKeys, this.most);
  }

  private findCandidates(texts: readonly string[], described: DescribedValues, value: number): Set<number> {
    const found = new Set<number>([value]);
    const { near } = this;
    if (near === undefined) return found;
    for (const key of near.getWantedKeys(described, value)) {
      const holders = this.holders.get(key);
      // A word that many values hold tells nothing.
      if (holders === undefined || (key.startsWith('w') && holders.length > 300)) continue;
      for (const holder of holders) found.add(holder);
    }
    if (texts.length > near.valuesMax) return found;
    for (const edits of near.getSlipKeys(texts, described, value)) {
      for (const at of this.index.find(edits))
        for (const holder of this.editHolders.get(this.indexed[at]!)!) found.add(holder);
      for (const at of this.late.find(edits))
        for (const holder of this.editHolders.get(this.lateKeys[at]!)!) found.add(holder);
    }
    return found;
  }

  /** The field of a comparison of newcomers (left) with the list (right). */
  toField(column: TableColumn | undefined, rows: number): Field {
    const coded = this.code(column, rows);
    const texts = coded.newTexts.length === 0 ? this.texts : [...this.texts, ...coded.newTexts];
    const described =
      coded.newTexts.length === 0 ? this.described : joinDescribed(this.described, coded.described);
    const leftCount = countValues(coded.codes, texts.length);
    const rightCount = new Float64Array(texts.length);
    rightCount.set(this.counts);
    const own = [...new Set(coded.codes)].filter((value) => value !== 0);
    const wanted = new Set<number>([0]);
    for (const value of own)
      for (const near of this.findCandidates(texts, described, value)) wanted.add(near);
    return assembleField({
      name: this.name,
      kind: this.kind,
      texts,
      left: coded.codes,
      right: this.codes,
      leftCount,
      rightCount,
      described,
      groups: joinNumbers(this.groups, this.numberGroups(coded.described, this.groupPlace)),
      near: this.findNear(
        texts,
        described,
        own,
        [...wanted].sort((a, b) => a - b),
        leftCount,
        rows,
      ),
      crossScript: 0,
    });
  }

  private findNear(
    texts: readonly string[],
    described: DescribedValues,
    own: readonly number[],
    values: readonly number[],
    leftCount: Float64Array,
    rows: number,
  ): NearLevels | undefined {
    const isOwn = new Set(own);
    const rare = described.texts === undefined ? undefined : this.findRare(described, own, leftCount, rows);
    const pick = <T>(list: readonly T[] | undefined): readonly T[] | undefined =>
      list === undefined ? undefined : values.map((value) => list[value]!);
    const near = this.near?.find(
      pick(texts)!,
      { ...described, names: pick(described.names), texts: pick(described.texts) },
      rare,
      { mostEdits: this.most, own: Uint8Array.from(values, (value) => (isOwn.has(value) ? 1 : 0)) },
    );
    if (near === undefined) return undefined;
    return {
      ...near,
      lows: near.lows.map((low) => values[low]!),
      highs: near.highs.map((high) => values[high]!),
    };
  }

  /** The telling words of the newcomers, counted over both lists. */
  private findRare(
    described: DescribedValues,
    own: readonly number[],
    leftCount: Float64Array,
    rows: number,
  ): ReadonlySet<string> {
    const holders = new Map<string, number>();
    const bearers = new Map<string, number>();
    let missing = rows;
    for (const value of own) {
      missing -= leftCount[value]!;
      const { words } = described.texts![value]!;
      for (const word of words) bearers.set(word, (bearers.get(word) ?? 0) + leftCount[value]!);
      if (value >= this.texts.length)
        for (const word of new Set(words)) holders.set(word, (holders.get(word) ?? 0) + 1);
    }
    const total = rows - missing + this.codes.length - this.counts[0]!;
    const rare = new Set<string>();
    for (const [word, count] of bearers)
      if (
        isTelling(
          word,
          (this.holders.get(`w${word}`)?.length ?? 0) + (holders.get(word) ?? 0),
          count + (this.bearers.get(word) ?? 0),
          total,
        )
      )
        rare.add(word);
    return rare;
  }
}

/** A prepared list. What its size decides (how many slips are searched for) is decided when it is made. */
export class PreparedList {
  private table: PersonTable;
  private readonly columns: readonly PreparedColumn[];
  private rowIndexes = new Map<string, { readonly start: Int32Array; readonly rows: Int32Array }>();
  private sorted = new Map<string, { readonly rows: Int32Array; readonly groups: Int32Array }>();

  /** Cost: one canonisation per distinct cell, one hash per deletion of every value; no two values are compared. */
  constructor(table: PersonTable) {
    this.table = sortTable(readNameColumns(table));
    this.columns = this.table.columns.map((column) => new PreparedColumn(column));
  }

  get ids(): readonly string[] {
    return this.table.ids;
  }

  /** The comparison of newcomers with this list: the same as if both had been prepared together. */
  compare(newcomers: PersonTable): Comparison {
    const left = sortTable(readNameColumns(newcomers));
    const fields = getSharedColumns(left, this.table).map(({ name }) =>
      this.columns
        .find((column) => column.name === name)!
        .toField(
          left.columns.find((column) => column.name === name),
          left.ids.length,
        ),
    );
    return assembleComparison(left, this.table, fields, false, this.getIndexes());
  }

  private getIndexes(): RowIndexes {
    return {
      getRows: (field) => {
        let known = this.rowIndexes.get(field.name);
        if (known === undefined) {
          known = indexRows(field);
          this.rowIndexes.set(field.name, known);
        }
        return { start: extend(known.start, field), rows: known.rows };
      },
      getSorted: (field, second, start) => {
        const key = JSON.stringify([field.name, second.name]);
        let known = this.sorted.get(key);
        if (known === undefined) {
          known = sortBuckets(field, second, start);
          this.sorted.set(key, known);
        }
        return known;
      },
    };
  }

  /**
   * Takes persons in, so that later newcomers are compared with them too.
   *
   * Cost: proportional to the newcomers for values, one copy of the numbers of every row; indexes over rows are made anew
   * when they are next asked for.
   *
   * @throws Error when an id is already there
   */
  add(persons: PersonTable): void {
    const more = sortTable(readNameColumns(persons));
    const old = this.table.ids;
    const order = new Int32Array(old.length + more.ids.length);
    const ids: string[] = [];
    for (let a = 0, b = 0; a < old.length || b < more.ids.length;) {
      if (a < old.length && old[a] === more.ids[b]) throw new Error(`the id ${old[a]!} is already there`);
      const takesOld = b >= more.ids.length || (a < old.length && old[a]! < more.ids[b]!);
      order[ids.length] = takesOld ? a : old.length + b;
      ids.push(takesOld ? old[a]! : more.ids[b]!);
      if (takesOld) a += 1;
      else b += 1;
    }
    const columns = this.table.columns.map((column, index): TableColumn => {
      const own = more.columns.find((one) => one.name === column.name && one.kind === column.kind);
      const prepared = this.columns[index]!;
      prepared.add(prepared.code(own, more.ids.length), order);
      const place = new Map(column.cells.map((cell, code) => [cell, code] as const));
      const cells = [...column.cells];
      const codes = (own?.cells ?? []).map((cell) => {
        const known = place.get(cell);
        if (known !== undefined) return known;
        cells.push(cell);
        return cells.length - 1;
      });
      return {
        ...column,
        cells,
        codes: order.map((from) => {
          if (from < old.length) return column.codes[from]!;
          const cell = own?.codes[from - old.length] ?? -1;
          return cell < 0 ? -1 : codes[cell]!;
        }),
      };
    });
    this.table = { ids, ignored: this.table.ignored, columns };
    this.rowIndexes = new Map();
    this.sorted = new Map();
  }
}

/** Starts of buckets with empty ones for values that only the newcomers have. */
function extend(start: Int32Array, field: FieldNumbers): Int32Array {
  if (start.length === field.size + 1) return start;
  const out = createInt32(field.size + 1).fill(start.at(-1)!);
  out.set(start.subarray(0, Math.min(start.length, out.length)));
  return out;
}
