/** Linking two lists: who on one is who on the other. */
import type { ColumnMapping } from '../columns/known-columns.ts';
import { toPersonTable, type PersonRow, type PersonTable } from '../columns/person-table.ts';
import { prepareComparison, type Comparison } from '../comparison/comparison.ts';
import { decidePairs } from '../decision/decide-pairs.ts';
import type { LinkResult } from '../decision/result.ts';
import type { LinkSettings } from '../decision/settings.ts';
import type { Model } from '../model/model.ts';
import { conduct, finish, finishOn, learn } from './conduct.ts';
import type { Scorer } from './scorer.ts';

/** The model for a comparison: the given one if it fits, else learnt here in one thread. */
export function findModel(comparison: Comparison, settings: LinkSettings): Model {
  return finish(learn(comparison, settings));
}

/** Links a prepared comparison on a scorer's threads. */
export async function linkComparison(
  comparison: Comparison,
  settings: LinkSettings,
  scorer: Scorer,
  report?: Parameters<typeof finishOn>[2],
): Promise<LinkResult> {
  return finishOn(conduct(comparison, settings, decidePairs), scorer, report);
}

/** Links two tables in this thread. */
export function linkTables(left: PersonTable, right: PersonTable, settings: LinkSettings = {}): LinkResult {
  return finish(conduct(prepareComparison(left, right), settings, decidePairs));
}

/** Links two lists given as plain rows. */
export function linkLists(
  left: readonly PersonRow[],
  right: readonly PersonRow[],
  settings: LinkSettings & { readonly mapping?: ColumnMapping } = {},
): LinkResult {
  return linkTables(toPersonTable(left, settings.mapping), toPersonTable(right, settings.mapping), settings);
}
