/**
 * A search run again without a solver: the answers of the solver are recorded, and given again in the same order.
 *
 * Law     Answers are claims, wherever they come from: bounds are computed from them in our own arithmetic, and any
 *         duals give a true bound. So a transcript made up by anybody proves nothing that is false [PL-26] [PL-42].
 * Cost    To record, one pass over the values and duals of each answer; to run again, the search without the solving.
 */
import type { RecordedAnswer } from '../problem/plan.ts';
import type { Solver, SolverAnswer, SolverQuestion } from '../problem/solver.ts';

export interface Recorder {
  readonly solver: Solver;
  readonly answers: readonly RecordedAnswer[];
}

/** The same solver, whose answers are written down. */
export function toRecorder(solver: Solver): Recorder {
  const answers: RecordedAnswer[] = [];
  return {
    answers,
    solver: {
      name: solver.name,
      open(model) {
        const session = solver.open(model);
        return {
          ...session,
          solve(question) {
            const answer = session.solve(question);
            answers.push(toRecord(question, answer));
            return answer;
          },
        };
      },
    },
  };
}

/** The walk looks at duals alone; whoever divides parts, or looks for a plan, at values too. */
function toRecord(question: SolverQuestion, { status, rowDuals, values }: SolverAnswer): RecordedAnswer {
  const isRead = question.kind === 'integer' || question.isNarrowed === true;
  return {
    status,
    ...(rowDuals === undefined ? {} : { duals: toSparse(rowDuals) }),
    ...(values === undefined || !isRead ? {} : { values: toSparse(values) }),
  };
}

function toSparse(numbers: Float64Array): readonly number[] {
  const sparse: number[] = [];
  numbers.forEach((value, at) => {
    if (value !== 0) sparse.push(at, value);
  });
  return sparse;
}

/** Gives the answers in their order, and says nothing when they have come to an end. */
export function toReplayer(name: string, answers: readonly RecordedAnswer[]): Solver {
  let next = 0;
  return {
    name,
    open(model) {
      const width = model.columnLower.length;
      let height = model.rowLower.length;
      return {
        solve: () => {
          const answer = answers[next];
          next += 1;
          return {
            status: answer?.status ?? 'failed',
            values: toDense(answer?.values, width),
            objective: NaN,
            bound: NaN,
            reducedCosts: undefined,
            rowDuals: toDense(answer?.duals, height),
          };
        },
        setColumnBounds: () => undefined,
        setRowBounds: () => undefined,
        addRow: () => {
          height += 1;
        },
        close: () => undefined,
      };
    },
  };
}

function toDense(sparse: readonly number[] | undefined, size: number): Float64Array | undefined {
  if (sparse === undefined) return undefined;
  const numbers = new Float64Array(size);
  for (let at = 0; at + 1 < sparse.length; at += 2) {
    const place = sparse[at] ?? -1;
    if (place >= 0 && place < size) numbers[place] = sparse[at + 1] ?? 0;
  }
  return numbers;
}
