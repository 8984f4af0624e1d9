/** Record linkage for lists of persons: who on one list is who on another, with the reasons. */
export {
  getColumnUse,
  getColumnUses,
  suggestMapping,
  knownColumns,
  type ColumnMapping,
  type ColumnUse,
  type ComparedColumn,
} from './columns/known-columns.ts';
export { columnKinds, kinds, type ColumnKind } from './kinds/index.ts';
export { toPersonTable, type PersonRow, type PersonTable, type TableColumn } from './columns/person-table.ts';
export { describeUnreadCells, findComparisonFault } from './comparison/comparison-fault.ts';
export { prepareComparison, type Comparison, type Report } from './comparison/comparison.ts';
export type { DedupeResult } from './decision/decide-clusters.ts';
export { scoreResult, type Coverage, type LinkedPair, type LinkResult } from './decision/result.ts';
export { defaultSettings, type LinkSettings } from './decision/settings.ts';
export { dedupeComparison, dedupeList, dedupeTable } from './pipeline/dedupe.ts';
export { findModel, linkComparison, linkLists, linkTables } from './pipeline/link.ts';
export {
  blockRows,
  ThreadScorer,
  type ScoreProgress,
  type Scorer,
  type ScoringRequest,
} from './pipeline/scorer.ts';
export { toFieldNumbers } from './fields/field-numbers.ts';
export { scoreRange, type ScoredRange, type ScoringPlan } from './scoring/scoring.ts';
export type { LabelledPair, LabelledRows, LabelScore } from './scoring/labels.ts';
export { findModelFault, type FieldModel, type Model } from './model/model.ts';
export { compareDates, dateLevels, parseDate } from './kinds/dates.ts';
export {
  describeCoverage,
  describeExplanation,
  createExplainer,
  explainPair,
  type ExplainedField,
  type ExplainedRival,
  type Explainer,
  type Explanation,
} from './explanation/explain.ts';
export { PreparedList } from './prepared/prepared-list.ts';
export { matchNewcomers, matchPerson } from './prepared/newcomers.ts';
export { escapeHtml, writeReport } from './explanation/report.ts';
export { SimilarityLevels } from './near/similarity-levels.ts';
