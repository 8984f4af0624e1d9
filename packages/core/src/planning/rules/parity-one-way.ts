/** Parity that couples nothing, and says so. */
import type { ParityOneWayRule } from '../problem/problem.ts';
import { namingKind, type RuleKind } from './rule-kind.ts';

export const parityOneWay: RuleKind<ParityOneWayRule> = {
  ...namingKind,
  nature: 'nothing',
  isElastic: true,
  fields: ['form', 'legs'],
  parse: (reader) => ({ kind: 'parity', form: 'one-way', legs: reader.legs() }),
  faults: () => [],
  formulate: () => undefined,
  bind: () => undefined,
  closes: () => false,
  sayNamed: () => undefined,
  describe: ({ id }) => `"${id}": couples nothing.`,
};
