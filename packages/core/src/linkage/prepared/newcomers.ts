/** Matching newcomers against a list that is already prepared, without comparing the list with itself again. */
import { prepareComparison } from '../comparison/comparison.ts';
import { decidePairs } from '../decision/decide-pairs.ts';
import { toScoringPlan } from '../decision/plan.ts';
import type { LinkResult } from '../decision/result.ts';
import type { LinkSettings } from '../decision/settings.ts';
import { scoreRange } from '../scoring/scoring.ts';
import { findModelFault, type Model } from '../model/model.ts';
import { toPersonTable, type PersonRow, type PersonTable } from '../columns/person-table.ts';
import type { ColumnMapping } from '../columns/known-columns.ts';
import { PreparedList } from './prepared-list.ts';

/**
 * Matches a few newcomers against a list by a frozen model.
 *
 * Cost: with a {@link PreparedList} the newcomers' own values and candidates, and a pass over the numbers of the list; with
 * a table the list is prepared for this call. Earlier decisions are neither read nor changed, and
 * the model is never trained again here.
 *
 * @throws Error when the model does not fit the columns
 */
export function matchNewcomers(
  newcomers: readonly PersonRow[],
  list: PersonTable | PreparedList,
  model: Model,
  settings: LinkSettings & { readonly mapping?: ColumnMapping } = {},
): LinkResult {
  const table = toPersonTable(newcomers, settings.mapping);
  const comparison = list instanceof PreparedList ? list.compare(table) : prepareComparison(table, list);
  const fault = findModelFault(model, comparison.fields);
  if (fault !== undefined) throw new Error(fault);
  const plan = toScoringPlan(comparison, model, settings);
  const scored = scoreRange(plan, 0, plan.leftRows, 1, false);
  return decidePairs(comparison, plan, model, scored, settings);
}

/** Matches one person against a list: the candidates above the review threshold, best first. */
export function matchPerson(
  person: PersonRow,
  list: PersonTable | PreparedList,
  model: Model,
  settings: LinkSettings & { readonly mapping?: ColumnMapping } = {},
): LinkResult {
  return matchNewcomers([person], list, model, { ...settings, oneToOne: false });
}
