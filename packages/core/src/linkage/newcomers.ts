/** Matching newcomers against a registry that is already prepared, without comparing the registry with itself again. */
import {
  decidePairs,
  joinRanges,
  prepareComparison,
  toScoringPlan,
  type LinkResult,
  type LinkSettings,
} from './link.ts';
import { scoreRange } from './scoring.ts';
import { findModelFault, type Model } from './model.ts';
import { toPersonTable, type PersonRow, type PersonTable } from './person-table.ts';
import type { ColumnMapping } from './columns.ts';

/**
 * Matches a few newcomers against a registry by a frozen model.
 *
 * Cost: coding the registry once and the newcomers' own candidates; earlier decisions are neither read nor changed, and
 * the model is never trained again here.
 *
 * @throws Error when the model does not fit the columns
 */
export function matchNewcomers(
  newcomers: readonly PersonRow[],
  registry: PersonTable,
  model: Model,
  settings: LinkSettings & { readonly mapping?: ColumnMapping } = {},
): LinkResult {
  const comparison = prepareComparison(toPersonTable(newcomers, settings.mapping), registry);
  const fault = findModelFault(model, comparison.fields);
  if (fault !== undefined) throw new Error(fault);
  const plan = toScoringPlan(comparison, model, settings);
  const scored = scoreRange(plan, 0, plan.leftRows, 1, false);
  return decidePairs(comparison, plan, model, joinRanges([scored]), settings);
}

/** Matches one person against a list: the candidates above the review threshold, best first. */
export function matchPerson(
  person: PersonRow,
  registry: PersonTable,
  model: Model,
  settings: LinkSettings & { readonly mapping?: ColumnMapping } = {},
): LinkResult {
  return matchNewcomers([person], registry, model, { ...settings, oneToOne: false });
}
