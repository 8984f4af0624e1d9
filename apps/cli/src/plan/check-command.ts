import {
  checkMovements,
  checkPlan,
  parseMovements,
  parseMovementTerms,
  parsePlan,
  parseProblem,
  type DataFault,
  type TranchePlan,
} from '@homeward/core/planning';
import { readArguments, refuseInput, refuseUsage } from '../usage.ts';
import { readJsonFile } from './read-json-file.ts';

const help = `Usage: homeward check PROBLEM.json PLAN.json [MOVEMENTS.json TERMS.json] [--json]

Verifies a plan from the raw problem alone: every rule, every value claimed, and that each claimed optimum equals its
bound. It knows nothing of how plans are found. With movements and their terms: every place, step and minute too.

  --json   faults and values as JSON on stdout

Exit: 0 the plan holds (and the movements), 1 it does not, 2 bad usage or input.
`;

/** Runs the independent checker. */
export async function run(args: readonly string[]): Promise<number> {
  const parsed = readArguments(args, { json: { type: 'boolean' } }, help);
  if (!parsed.ok) return parsed.exitCode;
  const [problemFile, planFile, movementFile, termsFile, ...more] = parsed.positionals;
  if (problemFile === undefined || planFile === undefined || more.length > 0)
    return Promise.resolve(refuseUsage('check needs a problem and a plan.', help));
  if (movementFile !== undefined && termsFile === undefined)
    return Promise.resolve(refuseUsage('check needs the terms of the movements.', help));
  const [problemRead, planRead] = [readJsonFile(problemFile), readJsonFile(planFile)];
  if (!problemRead.isRead) return refuseInput(problemRead.says);
  if (!planRead.isRead) return refuseInput(planRead.says);
  const problem = parseProblem(problemRead.data);
  if (!problem.isParsed) return refuseInput(toFaultText(problemFile, problem.faults));
  const plan = parsePlan(planRead.data);
  if (!plan.isParsed) return refuseInput(toFaultText(planFile, plan.faults));
  const report = checkPlan(problem.value, plan.value);
  let moving: readonly string[] = [];
  if (movementFile !== undefined && termsFile !== undefined) {
    const [movementRead, termsRead] = [readJsonFile(movementFile), readJsonFile(termsFile)];
    if (!movementRead.isRead) return refuseInput(movementRead.says);
    if (!termsRead.isRead) return refuseInput(termsRead.says);
    const movements = parseMovements(movementRead.data);
    if (!movements.isParsed) return refuseInput(toFaultText(movementFile, movements.faults));
    const terms = parseMovementTerms(termsRead.data, problem.value);
    if (!terms.isParsed) return refuseInput(toFaultText(termsFile, terms.faults));
    moving = checkMovements(problem.value, plan.value, terms.value, movements.value);
  }
  if (parsed.values.json === true)
    process.stdout.write(`${JSON.stringify({ ...report, movementFaults: moving }, null, 2)}\n`);
  else {
    for (const { rule, text } of report.faults)
      process.stdout.write(rule === null ? `${text}\n` : `${rule}: ${text}\n`);
    process.stdout.write(
      report.isHolding
        ? `The plan holds: ${countPlaced(plan.value)} persons placed, ${report.levels.length} values as claimed (${plan.value.certificate.status}).\n`
        : `The plan does not hold: ${report.faults.length} fault(s).\n`,
    );
  }
  if (movementFile !== undefined && parsed.values.json !== true) {
    for (const text of moving) process.stdout.write(`movement: ${text}\n`);
    process.stdout.write(
      moving.length === 0
        ? 'The movements hold.\n'
        : `The movements do not hold: ${moving.length} fault(s).\n`,
    );
  }
  return report.isHolding && moving.length === 0 ? 0 : 1;
}

function countPlaced({ places, counted }: TranchePlan): number {
  return counted.reduce((sum, { count }) => sum + count, places.length);
}

/** Faults of a document, one line each: file, JSON pointer, what was expected. */
export function toFaultText(file: string, faults: readonly DataFault[]): string {
  return faults
    .map(({ pointer, expected }) => `${file}#${pointer}: expected ${expected}`)
    .join('\n          ');
}
