/** Two lists prepared for comparison: shared columns, joint dictionaries, exact counts, candidate keys. */
import { planBlocking, type RowIndexes } from '../blocking/blocking.ts';
import { readNameColumns } from '../columns/name-columns.ts';
import { knownColumns, type ComparedColumn } from '../columns/known-columns.ts';
import type { PersonTable } from '../columns/person-table.ts';
import { buildField, type Field } from '../fields/field.ts';
import { countField, type FieldCounts } from '../model/count-field.ts';
import type { ScoringPlan } from '../scoring/scoring.ts';

/** The comparison of two lists, ready to be scored in any number of parts. */
export interface Comparison {
  readonly left: PersonTable;
  readonly right: PersonTable;
  readonly fields: readonly Field[];
  readonly counts: readonly FieldCounts[];
  readonly oneList: boolean;
  readonly plan: ScoringPlan;
}

/** No list compares more columns than this. */
export const mostFields = 12;

/** Rows in the order of their ids, so that no result depends on the order of the file. */
export function sortTable(table: PersonTable): PersonTable {
  const { ids } = table;
  const order = new Int32Array(ids.length);
  let sorted = true;
  for (let row = 0; row < ids.length; row += 1) {
    order[row] = row;
    if (row > 0 && ids[row - 1]! > ids[row]!) sorted = false;
  }
  if (sorted) return table;
  order.sort((a, b) => (ids[a]! < ids[b]! ? -1 : ids[a]! > ids[b]! ? 1 : a - b));
  return {
    ids: Array.from(order, (row) => ids[row]!),
    ignored: table.ignored,
    columns: table.columns.map((column) => {
      const codes = new Int32Array(order.length);
      for (let row = 0; row < order.length; row += 1) codes[row] = column.codes[order[row]!]!;
      return { ...column, codes };
    }),
  };
}

/** The columns both lists have, in reading order; without those that others imply (sex, beside a given name). */
export function getSharedColumns(left: PersonTable, right: PersonTable): readonly ComparedColumn[] {
  const shared = left.columns.filter((column) =>
    right.columns.some((other) => other.name === column.name && other.kind === column.kind),
  );
  const isImplied = ({ name }: ComparedColumn): boolean => {
    const impliedBy = knownColumns.find((known) => known.name === name)?.impliedBy;
    return impliedBy !== undefined && shared.some((column) => column.kind === impliedBy);
  };
  const rank = (column: ComparedColumn): number => {
    const at = knownColumns.findIndex((known) => known.name === column.name);
    return at < 0 ? knownColumns.length : at;
  };
  return shared
    .filter((column) => !isImplied(column))
    .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
    .slice(0, mostFields)
    .map(({ name, kind }) => ({ name, kind }));
}

/** Says what happens, for a progress line; `share` runs from 0 to 1 within a step. */
export type Report = (
  step: 'read' | 'names' | 'keys' | 'learn' | 'compare' | 'assign',
  share: number,
) => void;

/**
 * Prepares two tables for comparison (give the same table twice to deduplicate one).
 *
 * Cost: proportional to rows for coding, to distinct cells for canonical forms and near pairs.
 */
export function prepareComparison(
  leftTable: PersonTable,
  rightTable: PersonTable,
  report?: Report,
): Comparison {
  const oneList = leftTable === rightTable;
  const left = sortTable(readNameColumns(leftTable));
  const right = oneList ? left : sortTable(readNameColumns(rightTable));
  const columns = getSharedColumns(left, right);
  const fields = columns.map((column, index) => {
    report?.('names', index / columns.length);
    const side = (table: PersonTable) => ({
      column: table.columns.find((one) => one.name === column.name),
      rows: table.ids.length,
    });
    return buildField(column.name, column.kind, side(left), side(right));
  });
  report?.('keys', 0);
  return assembleComparison(left, right, fields, oneList);
}

/** Puts a comparison together from sorted tables and their shared fields: counts, and keys for blocking. */
export function assembleComparison(
  left: PersonTable,
  right: PersonTable,
  fields: readonly Field[],
  oneList: boolean,
  indexes?: RowIndexes,
): Comparison {
  const family = fields.findIndex((field) => field.kind === 'family_name');
  const given = fields.findIndex((field) => field.kind === 'given_name');
  const counts = fields.map((field, index) =>
    countField(
      field,
      index === family ? fields[given] : index === given ? fields[family] : undefined,
      oneList,
    ),
  );
  const blocking = planBlocking(fields, left.ids.length, right.ids.length, oneList, indexes);
  return {
    left,
    right,
    fields,
    counts,
    oneList,
    plan: {
      fields,
      weights: [],
      blocking,
      leftRows: left.ids.length,
      rightRows: right.ids.length,
      oneList,
      prior: 0,
      vacancy: 0,
      floor: Number.NEGATIVE_INFINITY,
      family: given < 0 ? -1 : family,
      given: family < 0 ? -1 : given,
    },
  };
}
