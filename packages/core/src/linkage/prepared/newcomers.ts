/** Matching newcomers against a registry that is already prepared, without comparing the registry with itself again. */
import {
  decidePairs,
  joinRanges,
  prepareComparison,
  toScoringPlan,
  type LinkResult,
  type LinkSettings,
} from '../link.ts';
import { scoreRange } from '../scoring/scoring.ts';
import { findModelFault, type Model } from '../model/model.ts';
import { toPersonTable, type PersonRow, type PersonTable } from '../columns/person-table.ts';
import type { ColumnMapping } from '../columns/known-columns.ts';
import { Registry } from './prepared-list.ts';

/**
 * Matches a few newcomers against a registry by a frozen model.
 *
 * Cost: with a {@link Registry} the newcomers' own values and candidates, and a pass over the numbers of the registry; with
 * a table the registry is prepared for this call. Earlier decisions are neither read nor changed, and
 * the model is never trained again here.
 *
 * @throws Error when the model does not fit the columns
 */
export function matchNewcomers(
  newcomers: readonly PersonRow[],
  registry: PersonTable | Registry,
  model: Model,
  settings: LinkSettings & { readonly mapping?: ColumnMapping } = {},
): LinkResult {
  const table = toPersonTable(newcomers, settings.mapping);
  const comparison =
    registry instanceof Registry ? registry.compare(table) : prepareComparison(table, registry);
  const fault = findModelFault(model, comparison.fields);
  if (fault !== undefined) throw new Error(fault);
  const plan = toScoringPlan(comparison, model, settings);
  const scored = scoreRange(plan, 0, plan.leftRows, 1, false);
  return decidePairs(comparison, plan, model, joinRanges([scored]), settings);
}

/** Matches one person against a list: the candidates above the review threshold, best first. */
export function matchPerson(
  person: PersonRow,
  registry: PersonTable | Registry,
  model: Model,
  settings: LinkSettings & { readonly mapping?: ColumnMapping } = {},
): LinkResult {
  return matchNewcomers([person], registry, model, { ...settings, oneToOne: false });
}
