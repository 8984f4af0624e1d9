/** Record linkage for lists of persons: who on one list is who on another, with the reasons. */
export {
  getColumnUse,
  getColumnUses,
  suggestMapping,
  knownColumns,
  type ColumnKind,
  type ColumnMapping,
  type ColumnUse,
  type ComparedColumn,
} from './columns.ts';
export { toPersonTable, type PersonRow, type PersonTable, type TableColumn } from './person-table.ts';
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
export { CandidateStore } from './candidate-store.ts';
export { scoreCandidates, scoreRange, type ScoredRange, type ScoringPlan } from './scoring.ts';
export type { LabelledPair, LabelledRows, LabelScore } from './labels.ts';
export { findModelFault, type FieldModel, type Model } from './model.ts';
export { compareDates, dateLevels, parseDate } from './dates.ts';
export {
  describeCoverage,
  describeExplanation,
  createExplainer,
  explainPair,
  type ExplainedField,
  type ExplainedRival,
  type Explainer,
  type Explanation,
} from './explain.ts';
export { Registry } from './registry.ts';
export { matchNewcomers, matchPerson } from './newcomers.ts';
export { escapeHtml, writeReport } from './report.ts';
export { SimilarityLevels } from './similarity-levels.ts';
