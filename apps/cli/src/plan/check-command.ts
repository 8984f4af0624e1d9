import {
  checkMovements,
  checkPlan,
  checkProof,
  findDropped,
  parseAnsweredProblem,
  parseMovements,
  parseMovementTerms,
  parsePlan,
  parseProblem,
  planTranches,
  replanTranches,
  type DataFault,
  type ProofCheck,
  type PlanningOutcome,
  type PlanningProblem,
  type TranchePlan,
  type WhatIf,
} from '@homeward/core/planning';
import { loadHighsSolver } from '@homeward/solver/planning';
import { toPlainLines, toPlainText } from '../plain-text.ts';
import { readArguments, refuseInput, refuseUsage } from '../usage.ts';
import { readJsonFile } from './read-json-file.ts';
import { cutLines, listSome } from './text-report.ts';

const help = `Usage: homeward check PROBLEM.json PLAN.json [MOVEMENTS.json TERMS.json] [--prove] [--json]

Verifies a plan from the raw problem alone: every rule, every value claimed, and that nothing better exists, from what
the plan carries. A plan that claims to be the best and does not prove it is refused. A re-plan carries the plan that it was
made against and its what-if changes, and is verified against the same problem. No solver is asked without --prove.
With movements and their terms: every place, step and minute too, if the plan holds.

  --prove  that nothing better exists is proven again by planning once more, whatever the plan carries
  --json   faults and values as JSON on stdout

Exit: 0 the plan holds (and the movements), 1 it does not, 2 bad usage or input.
`;

/** Runs the independent checker. */
export async function run(args: readonly string[]): Promise<number> {
  const parsed = readArguments(args, { prove: { type: 'boolean' }, json: { type: 'boolean' } }, help);
  if (!parsed.ok) return parsed.exitCode;
  const [problemFile, planFile, movementFile, termsFile, ...more] = parsed.positionals;
  if (problemFile === undefined || planFile === undefined || more.length > 0)
    return refuseUsage('check needs a problem and a plan.', help);
  if (movementFile !== undefined && termsFile === undefined)
    return refuseUsage('check needs the terms of the movements.', help);
  const [problemRead, planRead] = [readJsonFile(problemFile), readJsonFile(planFile)];
  if (!problemRead.isRead) return refuseInput(problemRead.says);
  if (!planRead.isRead) return refuseInput(planRead.says);
  const problem = parseProblem(problemRead.data);
  if (!problem.isParsed) return refuseInput(toFaultText(problemFile, problem.faults));
  const plan = parsePlan(planRead.data);
  if (!plan.isParsed) return refuseInput(toFaultText(planFile, plan.faults));
  const report = checkPlan(problem.value, plan.value);
  const proof =
    parsed.values.prove === true && report.isHolding ? await proveAgain(problem.value, plan.value) : null;
  const carried =
    parsed.values.prove !== true && report.isHolding ? checkProof(problem.value, plan.value) : null;
  const answered =
    movementFile !== undefined && report.isHolding ? parseAnsweredProblem(problem.value, plan.value) : null;
  /** null: not checked. */
  let moving: readonly string[] | null = null;
  if (movementFile !== undefined && termsFile !== undefined && answered?.isParsed === true) {
    const [movementRead, termsRead] = [readJsonFile(movementFile), readJsonFile(termsFile)];
    if (!movementRead.isRead) return refuseInput(movementRead.says);
    if (!termsRead.isRead) return refuseInput(termsRead.says);
    const movements = parseMovements(movementRead.data);
    if (!movements.isParsed) return refuseInput(toFaultText(movementFile, movements.faults));
    const terms = parseMovementTerms(termsRead.data, answered.value);
    if (!terms.isParsed) return refuseInput(toFaultText(termsFile, terms.faults));
    moving = checkMovements(answered.value, plan.value, terms.value, movements.value);
  }
  if (parsed.values.json === true)
    process.stdout.write(
      `${JSON.stringify({ ...report, proof, carried, movementFaults: moving }, null, 2)}\n`,
    );
  else {
    const faults = report.faults.map(({ rule, text }) => (rule === null ? text : `${rule}: ${text}`));
    process.stdout.write(toPlainLines([...describeReplan(problem.value, plan.value), ...faults]));
    process.stdout.write(
      report.isHolding
        ? `The plan holds: ${countPlaced(plan.value)} persons placed, ${report.levels.length} values as claimed.\n${proof?.text ?? toClaim(plan.value, carried)}\n`
        : `The plan does not hold: ${report.faults.length} fault(s).\n`,
    );
  }
  if (movementFile !== undefined && parsed.values.json !== true) {
    process.stdout.write(toPlainLines((moving ?? []).map((text) => `movement: ${text}`)));
    process.stdout.write(
      moving === null
        ? 'The movements were not checked: the plan does not hold.\n'
        : moving.length === 0
          ? 'The movements hold.\n'
          : `The movements do not hold: ${moving.length} fault(s).\n`,
    );
  }
  const isMoving = moving === null || moving.length === 0;
  const isClaimed = carried?.kind !== 'missing' && carried?.kind !== 'fails';
  return report.isHolding && isClaimed && proof?.isBetterKnown !== true && isMoving ? 0 : 1;
}

/** What is to be thought of the claim that nothing better exists, by what the plan carries. */
function toClaim({ certificate }: TranchePlan, carried: ProofCheck | null): string {
  switch (carried?.kind) {
    case 'proven':
      return carried.onWord === 0
        ? 'Nothing better exists: shown by what the plan carries, without a solver.'
        : `Shown by what the plan carries, without a solver, but for ${carried.onWord} of ${certificate.levels.length} values that rest on the word of ${certificate.solver} (--prove plans again).`;
    case 'missing':
      return 'REFUSED: it claims that nothing better exists, and carries no proof of that (--prove plans again).';
    case 'fails':
      return `REFUSED: it claims that nothing better exists, and does not prove it: ${carried.text} (--prove plans again).`;
    case 'no-claim':
    case undefined:
      return `It does not claim to be the best (${certificate.stopped ?? 'not proven'}).`;
  }
}

interface ProofAgain {
  /** A plan that is better by the published order was found. */
  readonly isBetterKnown: boolean;
  readonly text: string;
}

/** Plans once more and compares, level by level. */
async function proveAgain(problem: PlanningProblem, plan: TranchePlan): Promise<ProofAgain> {
  const solver = await loadHighsSolver();
  const { replan } = plan;
  const outcome: PlanningOutcome =
    replan === undefined
      ? planTranches(problem, solver)
      : replanTranches(problem, replan.previous, replan.changes, solver);
  if (outcome.kind !== 'planned')
    return {
      isBetterKnown: false,
      text: `Planning again gave no plan (${outcome.kind}): nothing is proven.`,
    };
  const { levels } = outcome.plan.certificate;
  for (const [number, level] of levels.entries()) {
    const claimed = plan.certificate.levels[number]?.value;
    if (claimed === undefined || claimed === level.value) continue;
    const name = `${level.objective} (${level.part})`;
    return claimed < level.value === (level.sense === 'max')
      ? {
          isBetterKnown: true,
          text: `A better plan exists: ${name} is ${claimed}, and ${level.value} can be reached.`,
        }
      : {
          isBetterKnown: false,
          text: `Planning again reached ${level.value} only, where this plan has ${claimed}: ${name} is not proven.`,
        };
  }
  const open = levels.find(({ value, bound }) => value !== bound);
  const believed = levels.filter(({ proof }) => proof === 'branch-and-bound').length;
  const text =
    open !== undefined
      ? `Planning again found nothing better; from ${open.objective} (${open.part}) on it is not proven.`
      : believed > 0
        ? `Planned again: nothing better exists; ${believed} of ${levels.length} values rest on the solver’s word.`
        : 'Proven again: nothing better exists by the published order.';
  return { isBetterKnown: false, text };
}

/** Of a re-plan: what it was made against, and with which changes. */
function describeReplan(problem: PlanningProblem, { replan }: TranchePlan): readonly string[] {
  if (replan === undefined) return [];
  const { previous, changes } = replan;
  const dropped = findDropped(problem, previous);
  return [
    `A re-plan against a plan on the table of ${previous.places.length} persons${changes.length === 0 ? '.' : `, with ${changes.length} change(s):`}`,
    ...cutLines(changes.map((change) => `  what if: ${describeChange(change)}`)),
    ...(dropped.length === 0 ? [] : [`  no longer in the problem: ${listSome(dropped)}`]),
  ];
}

function describeChange(change: WhatIf): string {
  switch (change.kind) {
    case 'strike':
      return `${change.person} drops out (${change.reason})`;
    case 'place':
      return `${listSome(change.persons)} ${change.tranche === null ? 'off' : `in ${change.tranche}`}`;
    case 'forbid':
      return `${listSome(change.persons)} not ${change.tranche === undefined ? 'at all' : `in ${change.tranche}`}`;
    case 'set-rule':
      return `with the rule ${cutText(JSON.stringify(change.rule))}`;
    case 'drop-rule':
      return `without the rule "${change.rule}"`;
  }
}

/** A rule may name 20,000 persons: what is longer than this is cut. */
const ruleTextMax = 1_000;

function cutText(text: string): string {
  return text.length <= ruleTextMax
    ? text
    : `${text.slice(0, ruleTextMax)}… and ${text.length - ruleTextMax} characters more`;
}

function countPlaced({ places, counted }: TranchePlan): number {
  return counted.reduce((sum, { count }) => sum + count, places.length);
}

/** Faults of a document, one line each: file, JSON pointer, what was expected. */
export function toFaultText(file: string, faults: readonly DataFault[]): string {
  return faults
    .map(({ pointer, expected }) => `${file}#${toPlainText(`${pointer}: expected ${expected}`)}`)
    .join('\n          ');
}
