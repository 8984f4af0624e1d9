/** The real solver made to lie: every lie must end in a true plan, a refusal, or a certificate that says less. */
import type { Solver, SolverAnswer, SolverQuestion } from '../problem/solver.ts';

type Ask = (question: SolverQuestion) => SolverAnswer;

/** One way of lying about every answer. */
export interface Lie {
  readonly name: string;
  readonly lie: (ask: Ask, question: SolverQuestion) => SolverAnswer;
}

/** The solver, lying in one way. */
export function toLiar(solver: Solver, lie: Lie['lie']): Solver {
  return {
    name: 'liar',
    open(model) {
      const session = solver.open(model);
      return { ...session, solve: (question) => lie((asked) => session.solve(asked), question) };
    },
  };
}

/** Changes what the solver answered. */
const after =
  (change: (answer: SolverAnswer, question: SolverQuestion) => SolverAnswer): Lie['lie'] =>
  (ask, question) =>
    change(ask(question), question);

/** Wrong plans, values, bounds, duals and verdicts. */
export const lies: readonly Lie[] = [
  {
    name: 'one person too many in a column',
    lie: after((answer) => ({
      ...answer,
      values: answer.values?.map((value, at) => (at === 0 ? value + 1 : value)),
    })),
  },
  {
    name: 'all columns at zero',
    lie: after((answer) => ({ ...answer, values: answer.values?.map(() => 0) })),
  },
  {
    name: 'fractions instead of persons',
    lie: after((answer) => ({ ...answer, values: answer.values?.map((v) => v + 0.5) })),
  },
  { name: 'no numbers', lie: after((answer) => ({ ...answer, values: answer.values?.map(() => NaN) })) },
  {
    name: 'a better objective and bound than there is',
    lie: after((answer, { sense }) => {
      const by = sense === 'max' ? 5 : -5;
      return { ...answer, objective: answer.objective + by, bound: answer.bound + by };
    }),
  },
  {
    name: 'a worse bound than there is',
    lie: after((answer, { sense }) => ({ ...answer, bound: answer.bound + (sense === 'max' ? -5 : 5) })),
  },
  {
    name: 'the worst plan, called the best',
    lie: (ask, question) => {
      if (question.kind !== 'integer') return ask(question);
      const answer = ask({ ...question, sense: question.sense === 'max' ? 'min' : 'max' });
      return { ...answer, bound: answer.objective };
    },
  },
  {
    name: 'any plan, called the best',
    lie: (ask, question) => {
      if (question.kind !== 'integer') return ask(question);
      const answer = ask({ ...question, cost: new Float64Array(question.cost.length) });
      return { ...answer, status: 'optimal' };
    },
  },
  {
    name: 'no plan at all',
    lie: after((answer) => ({ ...answer, status: 'infeasible', values: undefined })),
  },
  {
    name: 'no plan when asked for whole numbers',
    lie: after((answer, { kind }) =>
      kind === 'integer' ? { ...answer, status: 'infeasible', values: undefined } : answer,
    ),
  },
  {
    name: 'no plan when asked for a relaxation',
    lie: after((answer, { kind }) =>
      kind === 'relaxation'
        ? { ...answer, status: 'infeasible', values: undefined, rowDuals: undefined }
        : answer,
    ),
  },
  { name: 'no duals', lie: after((answer) => ({ ...answer, rowDuals: undefined, reducedCosts: undefined })) },
  { name: 'duals of zero', lie: after((answer) => ({ ...answer, rowDuals: answer.rowDuals?.map(() => 0) })) },
  {
    name: 'duals turned round',
    lie: after((answer) => ({ ...answer, rowDuals: answer.rowDuals?.map((dual) => -dual) })),
  },
  {
    name: 'duals ten times too large',
    lie: after((answer) => ({ ...answer, rowDuals: answer.rowDuals?.map((dual) => 10 * dual) })),
  },
  {
    name: 'duals that are no numbers',
    lie: after((answer) => ({ ...answer, rowDuals: answer.rowDuals?.map(() => NaN) })),
  },
];
