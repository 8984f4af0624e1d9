/**
 * The independent checker: reads the raw problem and the plan, and trusts neither the solver nor the
 * formulation. It knows the rules, the persons and what each level counts. Of how plans are found it knows one
 * thing: `findSwap`, with which the planner settles ties, is asked whether a plan that claims the optimum has
 * left an exchange [PL-24].
 *
 * Law     A plan that breaks a rule, claims a value that is not its own, or claims an optimum whose bound it
 *         does not reach, is refused with every fault named.
 * Cost    One pass over the persons per distinct selector, rule and objective; for a plan that claims the optimum
 *         also one search of `findSwap`, of at most 20,000,000 pairs.
 */
import type { Replan } from '../problem/what-if.ts';
import type { MeasuredLevel } from '../objectives/objective-kind.ts';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { findRuleFaults, type RuleFault } from '../rules/rule-faults.ts';
import { findAlike } from '../ties/alike.ts';
import { parseAnsweredProblem } from '../reading/change-problem.ts';
import { measure } from '../objectives/measure.ts';
import type { TranchePlan } from '../problem/plan.ts';
import type { PlanningProblem } from '../problem/problem.ts';
import { compareText, toRoster, type Positions, type Roster } from '../problem/roster.ts';
import { findSwap } from '../ties/swaps.ts';

export interface CheckReport {
  readonly isHolding: boolean;
  readonly faults: readonly RuleFault[];
  /** The levels as the checker counts them. */
  readonly levels: readonly MeasuredLevel[];
}

/** Verifies a plan against the raw problem: a re-plan against what it derives from that problem. */
export function checkPlan(problem: PlanningProblem, plan: TranchePlan): CheckReport {
  const digest = toProblemDigest(problem);
  const { replan } = plan;
  if (replan === undefined) return checkResolved(toRoster(problem), digest, plan);
  const derived = parseAnsweredProblem(problem, plan);
  if (!derived.isParsed) {
    const [fault] = derived.faults;
    const text = `the re-plan does not fit the problem: ${fault?.pointer ?? ''}: expected ${fault?.expected ?? ''}`;
    return { isHolding: false, faults: [{ rule: null, text }], levels: [] };
  }
  const report = checkResolved(toRoster(derived.value), digest, plan);
  if (replan.digest === toReplanDigest(digest, replan)) return report;
  const text = 'the plan on the table or the what-if changes are not those of the re-plan';
  return { ...report, isHolding: false, faults: [...report.faults, { rule: null, text }] };
}

/** The same for a caller that has resolved the names and the digest of the problem already. */
export function checkResolved(roster: Roster, digest: string, plan: TranchePlan): CheckReport {
  const { positions, faults } = readPositions(roster, plan);
  const broken = findRuleFaults(roster, positions, plan.circuits);
  const waiting = findAlike(roster).flatMap((members) => findWaiting(roster, positions, members));
  const levels = measure(roster, positions);
  const claims: RuleFault[] = [];
  const { certificate } = plan;
  if (plan.problem !== digest) claims.push({ rule: null, text: 'the plan was made for another problem' });
  if (certificate.levels.length !== levels.length)
    claims.push({ rule: null, text: `${certificate.levels.length} levels claimed, ${levels.length} exist` });
  levels.forEach((level, index) => {
    const claim = certificate.levels[index];
    if (claim === undefined) return;
    const name = `${level.objective} (${level.part})`;
    if (claim.objective !== level.objective || claim.part !== level.part || claim.sense !== level.sense)
      claims.push({ rule: null, text: `level ${index + 1} is ${name}, the plan says ${claim.objective}` });
    if (claim.value !== level.value)
      claims.push({ rule: null, text: `${name} is ${level.value}, the plan claims ${claim.value}` });
    if (claim.bound === null) {
      if (certificate.status === 'optimal')
        claims.push({ rule: null, text: `${name}: an optimum is claimed without a bound` });
      return;
    }
    if (certificate.status === 'optimal' && claim.proof === 'none')
      claims.push({ rule: null, text: `${name}: an optimum is claimed without a ground` });
    const isPossible = level.sense === 'max' ? level.value <= claim.bound : level.value >= claim.bound;
    if (!isPossible)
      claims.push({
        rule: null,
        text: `${name}: the value ${level.value} lies beyond the claimed bound ${claim.bound}`,
      });
    else if (certificate.status === 'optimal' && claim.bound !== level.value)
      claims.push({
        rule: null,
        text: `${name}: an optimum is claimed at ${level.value}, the bound is ${claim.bound}`,
      });
  });
  const tied =
    certificate.status === 'optimal' && faults.length + broken.length + waiting.length === 0
      ? findTied(roster, positions)
      : [];
  const all = [...faults, ...broken, ...waiting, ...tied, ...claims];
  return { isHolding: all.length === 0, faults: all, levels };
}

/** Persons of one kind of whom the longer in captivity goes later [PL-24]. */
function findWaiting(roster: Roster, positions: Positions, members: readonly number[]): RuleFault[] {
  for (let at = 1; at < members.length; at += 1) {
    const [before = -1, after = -1] = [members[at - 1], members[at]];
    if ((positions[before] ?? 0) <= (positions[after] ?? 0)) continue;
    const [longer, shorter] = [roster.persons[before], roster.persons[after]];
    return [
      {
        rule: null,
        text: `${longer?.id ?? ''} (${longer?.days ?? 0} days) waits behind ${shorter?.id ?? ''} (${shorter?.days ?? 0} days), and nothing tells them apart`,
      },
    ];
  }
  return [];
}

/** Two who could swap their places, and should [PL-24]. */
function findTied(roster: Roster, positions: Positions): RuleFault[] {
  const found = findSwap(roster, positions);
  if (found === undefined) return [];
  const describe = (members: readonly number[]): string =>
    members
      .map((index) => `${roster.persons[index]?.id ?? ''} (${roster.persons[index]?.days ?? 0} days)`)
      .join(' and ');
  return [
    {
      rule: null,
      text: `${describe(found.waiting)} could swap places with ${describe(found.before)}, and every rule and level would stay as it is`,
    },
  ];
}

/** The position of every person, and what in the plan names nobody. */
export function readPositions(
  roster: Roster,
  plan: Pick<TranchePlan, 'places' | 'counted'>,
): { readonly positions: Positions; readonly faults: readonly RuleFault[] } {
  const off = roster.trancheCount;
  const positions: Positions = new Int16Array(roster.persons.length).fill(off);
  const faults: RuleFault[] = [];
  for (const { person, tranche } of plan.places) {
    const index = roster.personIndex.get(person);
    const at = roster.trancheIndex.get(tranche);
    if (index === undefined || roster.persons[index]?.group !== undefined)
      faults.push({ rule: null, text: `the plan places ${person}, who is not in the problem` });
    else if (at === undefined)
      faults.push({ rule: null, text: `the plan names an unknown tranche ${tranche}` });
    else if (positions[index] !== off) faults.push({ rule: null, text: `the plan places ${person} twice` });
    else positions[index] = at;
  }
  const rest = new Map<string, number[]>();
  roster.persons.forEach((person, index) => {
    if (person.group === undefined) return;
    const list = rest.get(person.group) ?? [];
    list.push(index);
    rest.set(person.group, list);
  });
  for (const { group, tranche, count } of plan.counted) {
    const at = roster.trancheIndex.get(tranche);
    const list = rest.get(group) ?? [];
    if (at === undefined || !Number.isInteger(count) || count < 1 || count > list.length) {
      faults.push({ rule: null, text: `the plan places ${count} of ${group} in ${tranche}: not so many` });
      continue;
    }
    for (const index of list.splice(0, count)) positions[index] = at;
  }
  return { positions, faults };
}

const knownDigests = new WeakMap<PlanningProblem, string>();

/** SHA-256 over the canonical JSON (RFC 8785) of the problem, in hexadecimal. A problem never changes. */
export function toProblemDigest(problem: PlanningProblem): string {
  const known = knownDigests.get(problem);
  if (known !== undefined) return known;
  const digest = toDigest(toCanonicalText(problem));
  knownDigests.set(problem, digest);
  return digest;
}

/** Binds what a re-plan derives to the problem that it is derived from. */
export function toReplanDigest(problem: string, { previous, changes }: Omit<Replan, 'digest'>): string {
  return toDigest(toCanonicalText({ problem, previous, changes }));
}

function toDigest(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/**
 * Canonical JSON: the names of all fields, sorted, given to the runtime's own writer, which then writes every
 * object's fields in that order, and numbers and texts as RFC 8785 asks. Part by part: an object is asked for
 * the names of its own part alone.
 */
export function toCanonicalText(data: object): string {
  const parts = Object.entries(data)
    .filter(([, part]) => part !== undefined)
    .sort(([one], [other]) => compareText(one, other))
    .map(([name, part]: readonly [string, unknown]) => {
      const names = new Set<string>();
      if (typeof part === 'object' && part !== null) addNames(part, names);
      return `${JSON.stringify(name)}:${JSON.stringify(part, [...names].sort())}`;
    });
  return `{${parts.join(',')}}`;
}

function addNames(data: object, names: Set<string>): void {
  if (Array.isArray(data)) {
    for (const one of data as readonly unknown[])
      if (typeof one === 'object' && one !== null) addNames(one, names);
    return;
  }
  for (const name in data) {
    names.add(name);
    const value: unknown = (data as Readonly<Record<string, unknown>>)[name];
    if (typeof value === 'object' && value !== null) addNames(value, names);
  }
}
