import type { Objective } from '@homeward/core/planning';

/** What the choice of persons looks at, most important first: the order that the terms publish. */
export const objectives: readonly Objective[] = [
  { kind: 'returned' },
  { kind: 'legal-lanes' },
  { kind: 'captivity-total' },
  { kind: 'captivity-leximin' },
  { kind: 'families' },
];

/** For a plan that is on the table already: as few others as can be change. */
export const objectivesOnChange: readonly Objective[] = [
  { kind: 'returned' },
  { kind: 'legal-lanes' },
  { kind: 'change' },
  { kind: 'captivity-total' },
  { kind: 'captivity-leximin' },
];

/** The order as it stands in the terms. */
export const publishedOrder: readonly string[] = objectives.map(({ kind }) => kind);
