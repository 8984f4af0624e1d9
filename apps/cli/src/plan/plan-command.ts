import {
  arrangeMovements,
  checkMovements,
  comparePlans,
  explainPlaces,
  findDropped,
  findIdleRules,
  findOrderWarnings,
  measureFairness,
  parseMovementTerms,
  parseAnsweredProblem,
  parsePlan,
  parseProblem,
  type ExactReason,
  type MovementTerms,
  type PlanningProblem,
  type TranchePlan,
} from '@homeward/core/planning';
import { startPlanning, type PlanAnswer, type PlanQuestion } from '@homeward/solver/planning';
import { renameSync, writeFileSync } from 'node:fs';
import { findOutputFault } from '../output-files.ts';
import { toPlainLines, toPlainText } from '../plain-text.ts';
import { readArguments, refuseInput, refuseUsage } from '../usage.ts';
import { toFaultText } from './check-command.ts';
import { toHtmlConflict, toHtmlReport } from './html-report.ts';
import { toMovementReport } from './movement-report.ts';
import { readJsonFile } from './read-json-file.ts';
import { listSome, toConflictText, toTextReport } from './text-report.ts';
import { readWhatIf, whatIfOptions } from './what-if.ts';

const help = `Usage: homeward plan PROBLEM.json [--out FILE] [--previous PLAN.json] [--explain ID] [--report FILE.html]
                     [--movement TERMS.json --manifests FILE]
                     [--prices RULE,RULE | --prices all] [--time-limit SECONDS|none] [--progress] [--json]
                     [--strike ID] [--place ID=TRANCHE] [--forbid ID[=TRANCHE]] [--drop-rule RULE] [--set-rule FILE.json]

Plans which persons go in which tranche, best by the order of objectives that the problem publishes, and verifies the
plan with the independent checker before it is written. The same problem gives the same bytes.

  --out FILE             the plan as JSON (stdout without it)
  --previous PLAN.json   a plan already on the table: change as few places as can be, and show the difference
  --strike ID            what if: the person drops out. With --previous; so are the four below, and all may be repeated
  --place ID=TRANCHE     what if: the person goes in this tranche (ID=off: stays off)
  --forbid ID[=TRANCHE]  what if: the person does not go in this tranche (or at all)
  --drop-rule RULE       what if: without this rule
  --set-rule FILE.json   what if: with this rule, in the place of the one with its id if there is one
  --explain ID           why this person goes when they go, or what keeps them off (one more plan)
  --report FILE.html     a page of its own with charts and a reason for every person; without a plan, the ways out
  --movement TERMS.json  terms of the movement: vehicles, windows of the crossings, size and length of a step
  --manifests FILE       manifests of all vehicles and steps of all crossings: JSON where FILE ends in .json, else text
  --prices …             what relaxing each of these rules by one would gain (one more plan for each)
  --time-limit SECONDS   end with the best plan so far (exit 0) and say how far it can be from the best; 120 without it,
                         none for no limit. Ctrl-C does the same, a second Ctrl-C ends at once (exit 130). Conflicts
                         and prices end with it too
  --progress             a line on stderr for each step of the search (at a terminal: one line that changes)
  --json                 plan, reasons, fairness, difference, prices, the exact reason of --explain and rules that count
                         nobody (idle) as one JSON document on stdout; without a plan: the conflict and idle rules

Exit: 0 planned, 1 no plan exists (with the rules that cannot hold together), none was found, or no movement fits the
terms; 2 bad usage or input.
`;

/** Without --time-limit a search ends after so many seconds. */
const defaultSeconds = 120;

/** At no terminal, what the search is doing is said so often. */
const toldSeconds = 15;

/** Plans, explains, and writes only what the checker has verified. */
export async function run(args: readonly string[]): Promise<number> {
  const parsed = readArguments(
    args,
    {
      out: { type: 'string' },
      previous: { type: 'string' },
      explain: { type: 'string' },
      report: { type: 'string' },
      movement: { type: 'string' },
      manifests: { type: 'string' },
      prices: { type: 'string' },
      'time-limit': { type: 'string' },
      progress: { type: 'boolean' },
      json: { type: 'boolean' },
      ...whatIfOptions,
    },
    help,
  );
  if (!parsed.ok) return parsed.exitCode;
  const { values, positionals } = parsed;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) return refuseUsage('plan needs one problem.', help);
  const limit = values['time-limit'] ?? String(defaultSeconds);
  const seconds = limit === 'none' ? null : Number(limit);
  if (seconds !== null && !(seconds > 0 && seconds <= 1_000_000))
    return refuseUsage('--time-limit needs a number of seconds above 0, or none.', help);
  const inputs = [file, ...(values.previous === undefined ? [] : [values.previous])];
  if ((values.movement === undefined) !== (values.manifests === undefined))
    return refuseUsage('--movement and --manifests need each other.', help);
  if (values.movement !== undefined) inputs.push(values.movement);
  const fault = findOutputFault(
    { '--out': values.out, '--report': values.report, '--manifests': values.manifests },
    inputs,
  );
  if (fault !== undefined) return refuseInput(fault);
  const whatIf = readWhatIf(values);
  if ('says' in whatIf) return refuseUsage(whatIf.says, help);
  if (whatIf.changes.length > 0 && values.previous === undefined)
    return refuseUsage('what-if changes need --previous, the plan they are compared with.', help);
  const read = readJsonFile(file);
  if (!read.isRead) return refuseInput(read.says);
  const given = parseProblem(read.data);
  if (!given.isParsed) return refuseInput(toFaultText(file, given.faults));
  let problem: PlanningProblem = given.value;
  let previous: TranchePlan | undefined;
  if (values.previous !== undefined) {
    const other = readJsonFile(values.previous);
    if (!other.isRead) return refuseInput(other.says);
    const plan = parsePlan(other.data);
    if (!plan.isParsed) return refuseInput(toFaultText(values.previous, plan.faults));
    previous = plan.value;
    const strange = whatIf.changes.find(
      (change) =>
        (change.kind === 'strike' && !given.value.persons.some(({ id }) => id === change.person)) ||
        (change.kind === 'drop-rule' && !given.value.rules.some(({ id }) => id === change.rule)),
    );
    if (strange?.kind === 'strike')
      return refuseInput(`${file} has no person with the id given to --strike.`);
    if (strange?.kind === 'drop-rule') return refuseInput(`${file} has no rule "${strange.rule}".`);
    const again = parseAnsweredProblem(problem, { replan: { previous, changes: whatIf.changes } });
    if (!again.isParsed)
      return refuseInput(toFaultText(`${file} with ${values.previous} and the changes`, again.faults));
    problem = again.value;
    const dropped = findDropped(problem, previous);
    if (dropped.length > 0)
      process.stderr.write(toPlainLines([`homeward: no longer in the problem: ${listSome(dropped)}`]));
  }
  const { explain } = values;
  if (explain !== undefined && !problem.persons.some(({ id }) => id === explain))
    return refuseInput(`${file} has no person with the id given to --explain.`);
  const ruleIds = problem.rules.map(({ id }) => id);
  const prices =
    values.prices === undefined ? [] : values.prices === 'all' ? ruleIds : values.prices.split(',');
  const unknown = prices.find((id) => !ruleIds.includes(id));
  if (unknown !== undefined) return refuseInput(`${file} has no rule "${unknown}".`);

  let terms: MovementTerms | undefined;
  if (values.movement !== undefined) {
    const other = readJsonFile(values.movement);
    if (!other.isRead) return refuseInput(other.says);
    const movementTerms = parseMovementTerms(other.data, problem);
    if (!movementTerms.isParsed) return refuseInput(toFaultText(values.movement, movementTerms.faults));
    terms = movementTerms.value;
  }
  const idle = findIdleRules(problem);
  const warnings = findOrderWarnings(problem);
  process.stderr.write(toPlainLines(warnings.map((text) => `homeward: warning: ${text}`)));
  process.stderr.write(toPlainLines(idle.map(({ text }) => `homeward: ${text}`)));
  const task = {
    problem: given.value,
    replan: previous === undefined ? null : { previous, changes: whatIf.changes },
    secondsMax: seconds,
    prices,
    explain: explain ?? null,
  };
  const result = await search(task, values.progress === true);
  const { outcome } = result;
  switch (outcome.kind) {
    case 'infeasible':
      process.stderr.write(
        outcome.isProven
          ? 'homeward: no plan keeps every rule (proven).\n'
          : 'homeward: the solver says that no plan keeps every rule; this could not be proven here.\n',
      );
      process.stderr.write(toConflictText(result.conflict));
      if (values.report !== undefined)
        writeWhole(values.report, toHtmlConflict(problem, outcome.isProven, result.conflict));
      if (values.json === true)
        process.stdout.write(
          `${JSON.stringify({ status: 'infeasible', isProven: outcome.isProven, conflict: result.conflict, idle, warnings }, null, 2)}\n`,
        );
      return 1;
    case 'stopped':
      process.stderr.write(`homeward: no plan was found before the search ended (${outcome.reason}).\n`);
      return 1;
    case 'refuted':
      process.stderr.write('homeward: the solver gave a plan that does not hold; nothing is written.\n');
      process.stderr.write(toPlainLines(outcome.faults.slice(0, 20).map((fault) => `  ${fault}`)));
      return 1;
    case 'planned':
      break;
  }
  const { plan } = outcome;
  const difference = previous === undefined ? null : comparePlans(previous, plan);
  const reasons = explainPlaces(problem, plan);
  const fairness = measureFairness(problem, plan, reasons);
  const shown = { problem, plan, reasons, fairness, difference, prices: result.prices };
  if (values.report !== undefined) writeWhole(values.report, toHtmlReport(shown));
  if (values.out !== undefined) writeWhole(values.out, `${JSON.stringify(plan, null, 1)}\n`);
  if (values.json === true) {
    const { plan: made, reasons: why, fairness: how, difference: moved, prices: cost } = shown;
    process.stdout.write(
      `${JSON.stringify({ plan: made, reasons: why, fairness: how, difference: moved, prices: cost, exact: result.exact, idle, warnings }, null, 1)}\n`,
    );
  } else if (values.out === undefined && explain === undefined)
    process.stdout.write(`${JSON.stringify(plan, null, 1)}\n`);
  process.stderr.write(toTextReport(shown));
  if (result.unpriced.length > 0)
    process.stderr.write(
      toPlainLines([`homeward: not priced, the search ended before: ${listSome(result.unpriced)}`]),
    );
  if (explain !== undefined) {
    const reason = reasons.find(({ person }) => person === explain);
    process.stdout.write(
      toPlainLines([
        `${explain}: ${reason?.text ?? ''}${reason?.remedy == null ? '' : ` Would change it: ${reason.remedy}`}`,
        ...toExactLines(result.exact),
      ]),
    );
  }
  return terms === undefined || values.manifests === undefined
    ? 0
    : writeManifests(values.manifests, problem, plan, terms);
}

/** Arranges the movement, and writes it only when the checker accepts it. */
function writeManifests(
  file: string,
  problem: PlanningProblem,
  plan: TranchePlan,
  terms: MovementTerms,
): number {
  const arranged = arrangeMovements(problem, plan, terms);
  const faults =
    arranged.kind === 'arranged' ? checkMovements(problem, plan, terms, arranged.document) : arranged.reasons;
  process.stderr.write(toPlainLines(faults.slice(0, 20).map((text) => `homeward: no movement: ${text}`)));
  if (arranged.kind !== 'arranged' || faults.length > 0) return 1;
  writeWhole(
    file,
    file.endsWith('.json')
      ? `${JSON.stringify(arranged.document, null, 1)}\n`
      : toMovementReport(problem, arranged.document),
  );
  return 0;
}

/** What planning again with the person earlier has shown; nothing where there was nothing to ask. */
function toExactLines(exact: ExactReason | null): readonly string[] {
  switch (exact?.kind) {
    case 'worse':
      return [
        `Going, or going earlier, makes ${exact.objective}, ${exact.part}: ${exact.after} instead of ${exact.before}.`,
      ];
    case 'equal':
      return [
        'Another plan, as good on every level, has this person earlier: the order of captivity and ids decides.',
      ];
    case 'conflict':
      return [
        `No plan has this person earlier while ${exact.rules.map((rule) => `"${rule}"`).join(', ')} ${exact.rules.length === 1 ? 'holds' : 'hold together'}.`,
      ];
    case 'unknown':
      return ['What it would cost that this person goes earlier could not be proven in the time given.'];
    case 'nothing-to-ask':
    case undefined:
      return [];
  }
}

/** Runs the search in its thread; the first SIGINT asks for the best plan so far, the second ends at once. */
async function search(question: PlanQuestion, isToldAlways: boolean): Promise<PlanAnswer> {
  const isTerminal = process.stderr.isTTY;
  let told = performance.now();
  const planning = startPlanning(question, (text) => {
    if (isTerminal) process.stderr.write(`\r\u001b[K${toPlainText(text)}`);
    else if (isToldAlways || performance.now() - told > 1_000 * toldSeconds) {
      told = performance.now();
      process.stderr.write(toPlainLines([text]));
    }
  });
  let isAsked = false;
  const onSignal = (): void => {
    if (isAsked) process.exit(130);
    isAsked = true;
    planning.stop();
    process.stderr.write('\nhomeward: ending with the best plan so far (again: end at once)\n');
  };
  process.on('SIGINT', onSignal);
  try {
    return await planning.answer;
  } finally {
    process.off('SIGINT', onSignal);
    if (isTerminal) process.stderr.write('\r\u001b[K');
  }
}

/** Writes beside and renames, so that a file is either the old one or the whole new one. */
function writeWhole(file: string, text: string): void {
  const beside = `${file}.${process.pid}.part`;
  writeFileSync(beside, text);
  renameSync(beside, file);
}
