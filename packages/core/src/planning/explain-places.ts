/**
 * A reason for every person: why this tranche, or which rule keeps them off and what would have to change.
 *
 * Law     A reason names rules of the problem and figures of the plan, never another person: whoever reads
 *         it may be on one side only.
 * Cost    For each person, the limits that count them; for each full limit, the captivities it holds.
 */
import { readPositions } from './check.ts';
import type { Positions } from './measure.ts';
import type { TranchePlan } from './plan.ts';
import type { PersonId, PlanningProblem, Rule } from './problem.ts';
import { getPersons, toRoster, type Roster } from './roster.ts';
import { toSelection } from './selection.ts';
import { findLimits, type Limit } from './tightness.ts';

export type ReasonCode =
  | 'not-eligible'
  | 'vetoed'
  | 'set-by-hand'
  | 'window'
  | 'first-open'
  | 'held-with-others'
  | 'full'
  | 'tied-to-other-side'
  | 'order';

export interface PlaceReason {
  readonly person: PersonId;
  /** null: off. */
  readonly tranche: string | null;
  readonly code: ReasonCode;
  /** The rule that decides; null where none does. */
  readonly rule: string | null;
  readonly text: string;
  /** What would have to change for an earlier place; null for who goes as early as can be. */
  readonly remedy: string | null;
}

interface Ties {
  /** Rules that tie a person to others, by person number. */
  readonly rules: ReadonlyMap<number, readonly Rule[]>;
}

/** Reasons for all persons that the problem names, by id; or for one of them only. */
export function explainPlaces(
  problem: PlanningProblem,
  plan: Pick<TranchePlan, 'places' | 'counted'>,
  only?: PersonId,
): readonly PlaceReason[] {
  const roster = toRoster(problem);
  const { positions } = readPositions(roster, plan);
  const limits = findLimits(roster, positions);
  const ties = findTies(roster);
  const captivities = toCaptivities(roster, positions);
  const reasons: PlaceReason[] = [];
  roster.persons.forEach((person, index) => {
    if (person.group !== undefined || (only !== undefined && person.id !== only)) return;
    reasons.push(explain(roster, positions, limits, ties, captivities, index));
  });
  return reasons;
}

function findTies(roster: Roster): Ties {
  const rules = new Map<number, Rule[]>();
  for (const rule of roster.problem.rules) {
    const names =
      rule.kind === 'package' && rule.form === 'only-with'
        ? rule.persons
        : rule.kind === 'package' || rule.kind === 'family' || rule.kind === 'apart'
          ? rule.persons
          : rule.kind === 'must-go' || rule.kind === 'veto' || rule.kind === 'place'
            ? rule.persons
            : [];
    for (const index of getPersons(roster, names)) {
      const list = rules.get(index);
      if (list === undefined) rules.set(index, [rule]);
      else list.push(rule);
    }
  }
  return { rules };
}

/** The shortest captivity among those that a limit counts, remembered per limit. */
function toCaptivities(roster: Roster, positions: Positions): (limit: Limit) => number | undefined {
  const known = new Map<Limit, number | undefined>();
  const { classOf, findMatches } = toSelection(roster);
  return (limit) => {
    if (known.has(limit)) return known.get(limit);
    let shortest: number | undefined;
    const matches = findMatches(limit.who);
    roster.persons.forEach((person, index) => {
      if (!limit.tranches.includes(positions[index] ?? roster.trancheCount)) return;
      if (person.group !== undefined || matches[classOf[index] ?? 0] !== 1) return;
      if (shortest === undefined || person.days < shortest) shortest = person.days;
    });
    known.set(limit, shortest);
    return shortest;
  };
}

function explain(
  roster: Roster,
  positions: Positions,
  limits: readonly Limit[],
  ties: Ties,
  shortestOf: (limit: Limit) => number | undefined,
  index: number,
): PlaceReason {
  const off = roster.trancheCount;
  const person = roster.persons[index];
  if (person === undefined) throw new Error('no such person');
  const at = positions[index] ?? off;
  const name = (tranche: number): string => roster.problem.tranches[tranche]?.id ?? 'off';
  const say = (code: ReasonCode, rule: string | null, text: string, remedy: string | null): PlaceReason => ({
    person: person.id,
    tranche: at === off ? null : name(at),
    code,
    rule,
    text,
    remedy,
  });
  if (person.ineligible !== undefined)
    return say(
      'not-eligible',
      null,
      `Off: not eligible (${person.ineligible}).`,
      `The ground "${person.ineligible}" falls away.`,
    );
  const own = ties.rules.get(index) ?? [];
  const veto = own.find((rule) => rule.kind === 'veto' && rule.tranche === undefined);
  if (veto !== undefined)
    return say(
      'vetoed',
      veto.id,
      `Off: kept off by "${veto.id}"${veto.saidBy === undefined ? '' : `, said by ${veto.saidBy}`}.`,
      `"${veto.id}" is lifted.`,
    );
  const place = own.find((rule) => rule.kind === 'place');
  if (place !== undefined)
    return say(
      'set-by-hand',
      place.id,
      `${at === off ? 'Off' : `In ${name(at)}`}: set by "${place.id}".`,
      `"${place.id}" is lifted.`,
    );
  const isClosed = (tranche: number): boolean =>
    own.some((rule) => rule.kind === 'veto' && rule.tranche === name(tranche));
  const earlier: number[] = [];
  for (let tranche = person.first; tranche < Math.min(at, person.last + 1); tranche += 1)
    if (!isClosed(tranche)) earlier.push(tranche);
  const here = at === off ? 'Off' : `In ${name(at)}`;
  if (earlier.length === 0) {
    if (at === off) return say('window', null, 'Off: no tranche is open to this person.', 'A later window.');
    const isWindow = person.first > 0 && at === person.first;
    return say(
      isWindow ? 'window' : 'first-open',
      null,
      isWindow
        ? `${here}: the person's own window opens there; ${person.days} days in captivity.`
        : `${here}: as early as anybody can go; ${person.days} days in captivity.`,
      isWindow ? 'An earlier window.' : null,
    );
  }
  // The latest of the earlier tranches is the nearest to getting in.
  const target = earlier.at(-1) ?? 0;
  const { classOf, findMatches } = toSelection(roster);
  const full = limits.filter(
    (limit) =>
      limit.room === 0 &&
      limit.tranches.includes(target) &&
      !limit.tranches.includes(at) &&
      findMatches(limit.who)[classOf[index] ?? 0] === 1,
  );
  const counted = full.find(({ rule }) => !isTie(rule)) ?? full[0];
  const bond = own.find((rule) => rule.kind === 'package' || rule.kind === 'family' || rule.kind === 'apart');
  if (counted !== undefined) {
    const shortest = shortestOf(counted);
    const compared =
      shortest === undefined
        ? ''
        : shortest >= person.days
          ? ` All there have been held ${shortest} days or more; this person ${person.days}.`
          : ` Some there have been held less long (from ${shortest} days; this person ${person.days}): ${
              bond === undefined
                ? 'other rules or an objective above captivity place them there, or they stand on the same step.'
                : `this person is bound by "${bond.id}".`
            }`;
    return say(
      isTie(counted.rule) ? 'tied-to-other-side' : 'full',
      counted.rule.id,
      `${here}: ${counted.text}.${compared}`,
      isTie(counted.rule)
        ? `More go on the other side of "${counted.rule.id}" in ${name(target)}.`
        : `"${counted.rule.id}" allows one more in ${name(target)}.`,
    );
  }
  if (bond !== undefined)
    return say(
      'held-with-others',
      bond.id,
      `${here}: bound to others by "${bond.id}", who cannot all go earlier.`,
      `"${bond.id}" is lifted, or all of its persons can go in ${name(target)}.`,
    );
  return say(
    'order',
    null,
    `${here}: an objective above decides; no single rule keeps this person out of ${name(target)}.`,
    `A placing sets this person in ${name(target)}; what-if shows what that costs.`,
  );
}

function isTie(rule: Rule): boolean {
  return (rule.kind === 'parity' && rule.form !== 'fixed') || rule.kind === 'circuit' || rule.kind === 'gate';
}
