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
export { decideClusters, dedupeList, dedupeTable, type DedupeResult } from './dedupe.ts';
export {
  decidePairs,
  defaultSettings,
  findModel,
  getLabelledRows,
  getTrainingStride,
  joinRanges,
  learnModel,
  linkLists,
  linkTables,
  prepareComparison,
  refineModel,
  scoreResult,
  toScoringPlan,
  trainingSettings,
  type Comparison,
  type Coverage,
  type LinkedPair,
  type LinkResult,
  type LinkSettings,
  type Report,
} from './link.ts';
export { toFieldNumbers } from './fields/field-numbers.ts';
export { CandidateStore } from './blocking/candidate-store.ts';
export { scoreCandidates, scoreRange, type ScoredRange, type ScoringPlan } from './scoring/scoring.ts';
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
