/**
 * One compared field of two lists: a joint dictionary of canonical values, the value of every record, and the level of
 * every pair of values that is better than "different". Records are compared by array reads only.
 */
import { findClassOfKey, getAlternatives, type NameForm } from '../../names/index.ts';
import type { TableColumn } from '../columns/person-table.ts';
import { findLevel, kinds, prepareColumn, type ColumnKind } from '../kinds/index.ts';
import { createInt32, createUint8 } from '../memory/shared-numbers.ts';
import type { DescribedValues } from '../near/described-values.ts';
import type { NearLevels } from '../near/near-finder.ts';
import { countWords, findRareWords } from '../near/near-texts.ts';
import { initialOnly, type FieldNumbers, type SpecialLevels } from './field-numbers.ts';
import { buildNearLists } from './near-lists.ts';
import { countUnread, nothingUnread, type UnreadCells } from './unread-cells.ts';

export interface Field extends FieldNumbers {
  readonly levelNames: readonly string[];
  /** Canonical text of each value, for explanations; '' for 0. */
  readonly texts: readonly string[];
  /** Records of each list that hold each value. */
  readonly leftCount: Float64Array;
  readonly rightCount: Float64Array;
  /** Near pairs that the index did not look at, because their bucket was too common. */
  readonly skippedNear: number;
  /** Share of left × right pairs of values whose scripts differ; for the priors. */
  readonly crossScript: number;
  /** The share of persons expected to have each value, before any list is seen. */
  readonly expected: Float64Array;
  /** Cells of either list that could not be read. */
  readonly unread: readonly [left: UnreadCells, right: UnreadCells];
}

export interface Side {
  readonly column: TableColumn | undefined;
  readonly rows: number;
}

function group(keys: readonly string[]): Int32Array {
  const place = new Map<string, number>();
  const out = createInt32(keys.length);
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index]!;
    let id = place.get(key);
    if (id === undefined) {
      id = place.size;
      place.set(key, id);
    }
    out[index] = id;
  }
  return out;
}

/** Start offsets and items of each value's neighbours that the right list holds, itself first. */
function toNeighbours(
  size: number,
  near: NearLevels,
  worst: number,
  rightCount: Float64Array,
): { start: Int32Array; items: Int32Array } {
  const start = createInt32(size + 1);
  const holds = (value: number): number => (rightCount[value]! > 0 ? 1 : 0);
  for (let value = 0; value < size; value += 1) start[value + 1] = holds(value);
  for (let at = 0; at < near.lows.length; at += 1) {
    if (near.levels[at]! > worst) continue;
    start[near.lows[at]! + 1]! += holds(near.highs[at]!);
    start[near.highs[at]! + 1]! += holds(near.lows[at]!);
  }
  for (let value = 0; value < size; value += 1) start[value + 1]! += start[value]!;
  const items = createInt32(start[size]!);
  const fill = start.slice();
  for (let value = 0; value < size; value += 1) {
    if (holds(value) === 0) continue;
    items[fill[value]!] = value;
    fill[value]! += 1;
  }
  for (let at = 0; at < near.lows.length; at += 1) {
    if (near.levels[at]! > worst) continue;
    const low = near.lows[at]!;
    const high = near.highs[at]!;
    if (holds(high) === 1) {
      items[fill[low]!] = high;
      fill[low]! += 1;
    }
    if (holds(low) === 1) {
      items[fill[high]!] = low;
      fill[high]! += 1;
    }
  }
  return { start, items };
}

export function countValues(codes: Int32Array, size: number): Float64Array {
  const counts = new Float64Array(size);
  for (const code of codes) counts[code]! += 1;
  return counts;
}

function getCrossShare(texts: readonly string[], left: Float64Array, right: Float64Array): number {
  const shares = [left, right].map((counts) => {
    let cyrillic = 0;
    let all = 0;
    for (let value = 1; value < texts.length; value += 1) {
      const count = counts[value]!;
      all += count;
      if (/\p{Script=Cyrillic}/u.test(texts[value]!)) cyrillic += count;
    }
    return all === 0 ? 0 : cyrillic / all;
  });
  return shares[0]! * (1 - shares[1]!) + shares[1]! * (1 - shares[0]!);
}

/**
 * Builds one field from the same column of two lists (one list twice for deduplication).
 *
 * Cost: one canonisation per distinct cell, one comparison per pair of near values; records are only re-coded.
 */
export function buildField(name: string, kind: ColumnKind, leftSide: Side, rightSide: Side): Field {
  const same = leftSide.column === rightSide.column && leftSide.rows === rightSide.rows;
  const canonical = [leftSide, ...(same ? [] : [rightSide])].map(({ column }) => {
    if (column === undefined) return [];
    const toValue = prepareColumn(kind, column.cells);
    return column.cells.map((cell) => toValue(cell));
  });
  const unreadOf = (side: Side, cells: readonly string[] | undefined): UnreadCells =>
    side.column === undefined || cells === undefined ? nothingUnread : countUnread(side.column, cells);
  const known = new Set<string>();
  for (const cells of canonical) for (const text of cells) known.add(text);
  known.delete('');
  // Values are numbered by their text, so that nothing depends on the order of rows.
  const texts = ['', ...[...known].sort()];
  const place = new Map(texts.map((text, value) => [text, value] as const));
  const encode = (side: Side, cells: readonly string[]): Int32Array => {
    const out = createInt32(side.rows);
    if (side.column === undefined) return out;
    const values = new Int32Array(cells.length + 1);
    for (let index = 0; index < cells.length; index += 1) values[index + 1] = place.get(cells[index]!)!;
    const { codes } = side.column;
    for (let row = 0; row < side.rows; row += 1) out[row] = values[codes[row]! + 1]!;
    return out;
  };
  const left = encode(leftSide, canonical[0]!);
  const right = same ? left : encode(rightSide, canonical[1]!);
  const size = texts.length;
  const leftCount = countValues(left, size);
  const rightCount = right === left ? leftCount : countValues(right, size);
  const described = kinds[kind].describe(texts);
  const frequency = leftCount.map((count, value) => count + rightCount[value]!);
  const rare =
    described.texts === undefined ? undefined : findRareWords(countWords(described.texts, frequency));
  return assembleField({
    name,
    kind,
    texts,
    left,
    right,
    leftCount,
    rightCount,
    described,
    groups: group(described.groupKeys),
    near: kinds[kind].near?.find(texts, described, rare),
    crossScript: described.names === undefined ? 0 : getCrossShare(texts, leftCount, rightCount),
    unread: [unreadOf(leftSide, canonical[0]), same ? nothingUnread : unreadOf(rightSide, canonical[1])],
  });
}

function findSpecialLevels(kind: ColumnKind): SpecialLevels {
  return {
    different: kinds[kind].levels.length - 1,
    notAlike: findLevel(kind, 'not-alike'),
    initial: findLevel(kind, 'initial'),
    otherInitial: findLevel(kind, 'other-initial'),
    swapped: findLevel(kind, 'swapped'),
  };
}

/** Puts a field together from its coded sides and what is known of its values. */
export function assembleField(parts: {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly texts: readonly string[];
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly leftCount: Float64Array;
  readonly rightCount: Float64Array;
  readonly described: DescribedValues;
  readonly groups: Int32Array;
  readonly near: NearLevels | undefined;
  readonly crossScript: number;
  readonly unread?: Field['unread'];
}): Field {
  const { name, kind, texts, left, right, leftCount, rightCount, described, groups, near } = parts;
  const { names, dates } = described;
  const size = texts.length;
  const own = kinds[kind];
  const { levels, isFromTable, isCrossable } = own;
  const neighbours = toNeighbours(
    size,
    near ?? { lows: [], highs: [], levels: [], skipped: 0 },
    own.getWorstNear(size),
    rightCount,
  );
  return {
    name,
    kind,
    levels: levels.length,
    special: findSpecialLevels(kind),
    left,
    right,
    size,
    dates,
    near: near === undefined ? undefined : buildNearLists(size, near.lows, near.highs, near.levels),
    group: groups,
    wide: dates === undefined ? groups : dates.map((date) => Math.trunc(date / 10_000)),
    nearStart: neighbours.start,
    nearItems: neighbours.items,
    known: names !== undefined && isFromTable ? findKnown(names) : undefined,
    cross: names !== undefined && isCrossable ? crossIds(names) : undefined,
    levelNames: levels.map((level) => level.name),
    texts,
    leftCount,
    rightCount,
    skippedNear: near?.skipped ?? 0,
    crossScript: parts.crossScript,
    expected: Float64Array.from(texts, (_, value) =>
      value === 0 ? 0 : (own.getShare?.(described, value) ?? own.usual),
    ),
    unread: parts.unread ?? [nothingUnread, nothingUnread],
  };
}

/**
 * A 31-bit hash of the civil name, or of the coarse key where there is none: one name, one number, in whichever column
 * it stands.
 */
function crossIds(forms: readonly (NameForm | undefined)[]): Int32Array {
  const out = createInt32(forms.length);
  for (let value = 1; value < forms.length; value += 1) {
    const form = forms[value]!;
    const civil =
      form.role === 'given' && form.classes.length === 1 ? form.classes[0] : findClassOfKey(form.fine);
    let hash = 0x811c_9dc5;
    for (const letter of civil === undefined ? form.coarse : `k${civil}`)
      hash = Math.imul(hash ^ letter.charCodeAt(0), 0x0100_0193);
    out[value] = (hash >>> 1) + 1;
  }
  return out;
}

const isKnown = (form: NameForm): boolean => getAlternatives(form).every(isOneKnown);
const isOneKnown = (form: NameForm): boolean =>
  form.parts.length > 0 ? form.parts.every(isOneKnown) : form.classes.length > 0 || form.shortOf.length > 0;

function findKnown(forms: readonly (NameForm | undefined)[]): Uint8Array {
  const out = createUint8(forms.length);
  for (let value = 1; value < forms.length; value += 1)
    out[value] = forms[value]!.initial !== '' ? initialOnly : isKnown(forms[value]!) ? 1 : 0;
  return out;
}
