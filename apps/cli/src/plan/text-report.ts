/** A plan in words, for people at a terminal. */
import type {
  Conflict,
  Fairness,
  LevelDifference,
  PlaceReason,
  PlanDifference,
  PlanningProblem,
  RulePrice,
  TranchePlan,
} from '@homeward/core/planning';
import { toPlainLines } from '../plain-text.ts';

/** All that a report shows. */
export interface ShownPlan {
  readonly problem: PlanningProblem;
  readonly plan: TranchePlan;
  readonly reasons: readonly PlaceReason[];
  readonly fairness: Fairness;
  readonly difference: PlanDifference | null;
  readonly prices: readonly RulePrice[];
}

/** No list of a file's own length is printed whole. */
const shownMax = 40;

/** The first of many lines, and how many more there are. */
export function cutLines(lines: readonly string[]): readonly string[] {
  return lines.length <= shownMax
    ? lines
    : [...lines.slice(0, shownMax), `  and ${lines.length - shownMax} more`];
}

/** The first of many names, and how many more there are. */
export function listSome(names: readonly string[]): string {
  const shown = names.slice(0, shownMax).join(', ');
  return names.length <= shownMax ? shown : `${shown} and ${names.length - shownMax} more`;
}

/** How far the plan is the best, in one sentence without its end. */
export function toHeading({ certificate }: TranchePlan): string {
  const { levels, status, stopped } = certificate;
  const believed = levels.filter(({ proof }) => proof === 'branch-and-bound').length;
  const reached = levels.filter(({ value, bound }) => value === bound).length;
  if (status !== 'optimal')
    return `The best plan so far, which keeps every rule: ${reached} of ${levels.length} values are the best possible, the search ended early (${stopped ?? 'not proven'})`;
  return believed === 0
    ? 'Proven best by the published order'
    : `Best by the published order, of which ${levels.length - believed} of ${levels.length} values are proven and ${believed} rest on the solver’s word`;
}

/** What the values rest on, and whose word that is. */
function toGrounds({ certificate }: TranchePlan): string {
  const count = (proof: TranchePlan['certificate']['levels'][number]['proof']): number =>
    certificate.levels.filter((level) => level.proof === proof && level.value === level.bound).length;
  const grounds = [
    [count('relaxation'), 'by duals, in our own arithmetic'],
    [count('enumeration'), 'by parts, each closed by duals'],
    [count('forced'), 'as nothing was left to choose'],
    [count('branch-and-bound'), `on the word of ${certificate.solver}`],
  ] as const;
  const open = certificate.levels.filter(({ value, bound }) => value !== bound).length;
  return `Values: ${[
    ...grounds.filter(([number]) => number > 0).map(([number, ground]) => `${number} ${ground}`),
    ...(open === 0 ? [] : [`${open} not known to be the best`]),
  ].join(', ')}.`;
}

export function toTextReport(shown: ShownPlan): string {
  const { problem, plan, fairness, difference, prices } = shown;
  const { certificate } = plan;
  const lines: string[] = [];
  lines.push(`${toHeading(plan)} (${certificate.solver}); verified by the checker.`, toGrounds(plan));
  for (const { id: leg, from, to } of problem.legs) {
    const counts = countByTranche(shown, leg);
    lines.push(`${from} to ${to} (${leg}): ${counts.join(' + ')} = ${counts.reduce((a, b) => a + b, 0)}`);
  }
  const isFineStep = (objective: string): boolean => objective === 'captivity-leximin';
  for (const level of certificate.levels.filter(({ objective }) => !isFineStep(objective))) {
    const gap =
      level.bound === null
        ? 'not proven'
        : level.bound === level.value
          ? level.proof === 'branch-and-bound'
            ? 'best, on the solver’s word'
            : 'best'
          : `at best ${level.bound}`;
    lines.push(`  ${level.objective}, ${level.part}: ${level.value} (${gap})`);
  }
  const steps = certificate.levels.filter(({ objective }) => isFineStep(objective));
  if (steps.length > 0) {
    const best = steps.filter(({ value, bound }) => value === bound).length;
    const believed = steps.filter(({ proof }) => proof === 'branch-and-bound').length;
    lines.push(
      `  captivity-leximin: ${best} of ${steps.length} steps best${believed === 0 ? '' : `, ${believed} of them on the solver’s word`}`,
    );
  }
  for (const { leg, pairs, comparable, waiting } of fairness.inversions) {
    lines.push(`${leg}: in ${pairs} of ${comparable} pairs the longer in captivity goes later`);
    for (const { code, rule, persons } of waiting.slice(0, 5))
      lines.push(`  ${persons} wait: ${code}${rule === null ? '' : `, "${rule}"`}`);
  }
  if (difference !== null) {
    lines.push(`${difference.moves.length} places differ from the plan on the table:`);
    const moves = difference.moves.map(
      ({ person, from, to }) => `  ${person}: ${from ?? 'off'} → ${to ?? 'off'}`,
    );
    lines.push(...cutLines(moves));
    for (const { group, tranche, before, after } of difference.counted)
      lines.push(`  ${group}, known by number: ${before} → ${after} in ${tranche}`);
    const changed = findChanged(difference);
    lines.push(
      changed.length === 0
        ? 'Every level that both plans count has the same value.'
        : 'What becomes better or worse, most important first:',
    );
    for (const level of changed.slice(0, 20)) lines.push(`  ${toLevelText(level)}`);
    if (changed.length > 20) lines.push(`  and ${changed.length - 20} more levels`);
  }
  for (const price of prices) lines.push(`"${price.rule}" relaxed (${price.relaxed}): ${toGainText(price)}`);
  return toPlainLines(lines);
}

/** The levels whose values differ, in the order of the second plan. */
export function findChanged({ levels }: PlanDifference): readonly LevelDifference[] {
  return levels.filter(({ verdict }) => verdict !== 'equal');
}

function toLevelText({ objective, part, before, after, verdict }: LevelDifference): string {
  return `${objective}, ${part}: ${after} instead of ${before}, ${verdict}`;
}

/** What relaxing a rule gains, in words. */
export function toGainText({ status, gain }: RulePrice): string {
  if (status === 'unknown') return 'not proven in the time given';
  return gain === null ? 'gains nothing' : `${gain.objective}, ${gain.part}: ${gain.by} better`;
}

/** Why there is no plan, and the ways out. */
export function toConflictText(conflict: Conflict | null): string {
  if (conflict === null) return '';
  const lines = conflict.rules.map(({ text }) => `  cannot hold together: ${text}`);
  for (const set of conflict.others) {
    lines.push('  nor can these, whatever becomes of those above:');
    for (const { text } of set) lines.push(`    ${text}`);
  }
  for (const { text } of conflict.relaxations) lines.push(`  one way out: ${text}`);
  if (conflict.together.length > 0) {
    lines.push('  one way out, all of it together:');
    for (const { text } of conflict.together) lines.push(`    ${text}`);
  }
  return toPlainLines(lines);
}

/** How many go on a leg in each tranche: the named and the counted. */
export function countByTranche(
  { problem, plan }: Pick<ShownPlan, 'problem' | 'plan'>,
  leg: string,
): readonly number[] {
  const counts = new Map(problem.tranches.map(({ id }) => [id, 0]));
  const add = (tranche: string, count: number): void => {
    counts.set(tranche, (counts.get(tranche) ?? 0) + count);
  };
  const own = new Set(problem.persons.filter((person) => person.leg === leg).map(({ id }) => id));
  for (const { person, tranche } of plan.places) if (own.has(person)) add(tranche, 1);
  const groups = new Set((problem.counted ?? []).filter((group) => group.leg === leg).map(({ id }) => id));
  for (const { group, tranche, count } of plan.counted) if (groups.has(group)) add(tranche, count);
  return [...counts.values()];
}
