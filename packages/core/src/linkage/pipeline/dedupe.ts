/** Finding persons who are on one list more than once (deduplication). */
import type { ColumnMapping } from '../columns/known-columns.ts';
import { toPersonTable, type PersonRow, type PersonTable } from '../columns/person-table.ts';
import { prepareComparison, type Comparison } from '../comparison/comparison.ts';
import { decideClusters, type DedupeResult } from '../decision/decide-clusters.ts';
import type { LinkSettings } from '../decision/settings.ts';
import { conduct, finish, finishOn } from './conduct.ts';
import type { Scorer } from './scorer.ts';

/** Deduplicates a prepared comparison of a list with itself on a scorer's threads. */
export async function dedupeComparison(
  comparison: Comparison,
  settings: LinkSettings,
  scorer: Scorer,
  report?: Parameters<typeof finishOn>[2],
): Promise<DedupeResult> {
  return finishOn(conduct(comparison, { ...settings, oneToOne: false }, decideClusters), scorer, report);
}

/** Finds persons who are on one table more than once. */
export function dedupeTable(table: PersonTable, settings: LinkSettings = {}): DedupeResult {
  const own: LinkSettings = { ...settings, oneToOne: false };
  return finish(conduct(prepareComparison(table, table), own, decideClusters));
}

/** Finds persons who are on one list more than once, given as plain rows. */
export function dedupeList(
  rows: readonly PersonRow[],
  settings: LinkSettings & { readonly mapping?: ColumnMapping } = {},
): DedupeResult {
  return dedupeTable(toPersonTable(rows, settings.mapping), settings);
}
