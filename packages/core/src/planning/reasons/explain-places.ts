/**
 * A reason for every person: why this tranche, or which rules keep them off and what would have to change.
 *
 * Law     A reason names rules of the problem and figures of the plan, never another person: whoever reads
 *         it may be on one side only. The rules named suffice: without all of them, a plan exists that differs
 *         from this one in the places of a few and has the person earlier. `judge-moves.ts` shows it.
 * Cost    For each person and earlier tranche, the rules that count or name the person; for those of longer
 *         captivity than some in the tranche, the same for a few of these.
 */
import { toSelection } from '../problem/selection.ts';
import { objectiveKindOf } from '../objectives/index.ts';
import { toWorse, type WorseLevel } from './worse-level.ts';
import { kindOf } from '../rules/index.ts';
import { readPositions } from '../plan/check.ts';
import { toCompany } from './company.ts';
import { toCrowd, type Crowd } from './crowd.ts';
import { toMoveJudge, type MoveJudge, type Moves } from './judge-moves.ts';
import type { TranchePlan } from '../problem/plan.ts';
import {
  captivityStepDays,
  type Objective,
  type PersonId,
  type PlanningProblem,
  type Rule,
} from '../problem/problem.ts';
import { toReach, type Reach } from './reach.ts';
import { toRoster, toStep, type Positions, type Roster, type RosterPerson } from '../problem/roster.ts';

/**
 * `full`, `tied-to-other-side`: numbers leave no room. `passed-over`: somebody held less long has a place there
 * by a rule. `lane-first`: places that are full are those of lanes that come first by law. `held-with-others`: those to
 * whom the person is tied cannot all go. `order`: no rule is in the way, or none that would not let the person change
 * places with somebody held less long; `objective` decides.
 */
export type ReasonCode =
  | 'not-eligible'
  | 'vetoed'
  | 'set-by-hand'
  | 'window'
  | 'first-open'
  | 'held-with-others'
  | 'passed-over'
  | 'full'
  | 'lane-first'
  | 'tied-to-other-side'
  | 'order';

export interface PlaceReason {
  readonly person: PersonId;
  /** null: off. */
  readonly tranche: string | null;
  readonly code: ReasonCode;
  /** The first of `rules`; null where none decides. */
  readonly rule: string | null;
  /** Without all of these the person could go, or go earlier; the first weighs most. */
  readonly rules: readonly string[];
  /** The objective that decides where no rule does; null where none is known to. */
  readonly objective: Objective['kind'] | null;
  /** The rule by which somebody held less long has an earlier place; null where there is none such. */
  readonly passedBy: string | null;
  /** The rule without which somebody held longer could have this person's place. */
  readonly placedBy: string | null;
  readonly text: string;
  /** What would have to change for an earlier place; null for who goes as early as can be. */
  readonly remedy: string | null;
}

interface Ground {
  readonly roster: Roster;
  readonly positions: Positions;
  readonly judge: MoveJudge;
  readonly reach: Reach;
  readonly crowd: Crowd;
  readonly stepDays: number;
  /** Lanes that nothing nets come before captivity in the order. */
  readonly isLaneFirst: boolean;
  /** The first level that the moves make worse; undefined when none, or when enough has been measured already. */
  readonly findWorse: (moves: Moves) => WorseLevel | undefined;
}

/** Reasons for all persons that the problem names, by id; or for one of them only. */
export function explainPlaces(
  problem: PlanningProblem,
  plan: Pick<TranchePlan, 'places' | 'counted'>,
  only?: PersonId,
): readonly PlaceReason[] {
  const roster = toRoster(problem);
  const { positions } = readPositions(roster, plan);
  const judge = toMoveJudge(roster, positions);
  const ground: Ground = {
    roster,
    positions,
    judge,
    reach: toReach(roster, judge),
    crowd: toCrowd(roster, positions, judge),
    stepDays: findStepDays(roster),
    isLaneFirst: isLaneFirst(roster),
    findWorse: toWorse(roster, positions),
  };
  const reasons: PlaceReason[] = [];
  roster.persons.forEach((person, index) => {
    if (person.group !== undefined || (only !== undefined && person.id !== only)) return;
    reasons.push(explain(ground, index));
  });
  return reasons;
}

/** Whether the published order has the lanes that nothing nets before any captivity. */
function isLaneFirst({ objectives }: Roster): boolean {
  const lanes = objectives.findIndex(({ kind }) => kind === 'legal-lanes');
  const captivity = objectives.findIndex(({ kind }) => objectiveKindOf(kind).swaps === 'captivity');
  return lanes >= 0 && (captivity < 0 || lanes < captivity);
}

function findStepDays({ objectives }: Roster): number {
  for (const objective of objectives)
    if (objective.kind === 'captivity-total' || objective.kind === 'captivity-leximin')
      return objective.stepDays ?? captivityStepDays;
  return captivityStepDays;
}

/** What stands between a person and an earlier tranche. */
interface Obstacle {
  readonly tranche: number;
  /** Rules that close the tranche by name, and those that hold back somebody tied to the person. */
  readonly own: readonly Rule[];
  readonly others: readonly Rule[];
  /** What else would break, by rule. */
  readonly broken: ReadonlyMap<Rule, string>;
  /** Who would move for that. */
  readonly moves: Moves;
  /** Somebody of the other side comes along, as a tie asks. */
  readonly hasMate: boolean;
}

/** What a reason says of a person. */
interface Said {
  readonly code: ReasonCode;
  readonly rules?: readonly Rule[];
  readonly text: string;
  readonly remedy: string | null;
  readonly passedBy?: Rule | undefined;
  readonly objective?: Objective['kind'];
}

function explain(ground: Ground, index: number): PlaceReason {
  const { roster, positions } = ground;
  const off = roster.trancheCount;
  const person = roster.persons[index];
  if (person === undefined) throw new Error('no such person');
  const at = positions[index] ?? off;
  const placedBy = at === off ? undefined : findPlacing(ground, index, at);
  const { code, rules = [], text, remedy, passedBy, objective } = sayWhy(ground, index, person, at);
  return {
    person: person.id,
    tranche: roster.problem.tranches[at]?.id ?? null,
    code,
    rule: rules[0]?.id ?? null,
    rules: rules.map(({ id }) => id),
    objective: objective ?? null,
    passedBy: passedBy?.id ?? null,
    placedBy: placedBy?.id ?? null,
    text:
      placedBy === undefined
        ? text
        : `${text} The place is this person's by ${quote(placedBy)}: without it somebody held longer could have it.`,
    remedy,
  };
}

function sayWhy(ground: Ground, index: number, person: RosterPerson, at: number): Said {
  const { roster, reach } = ground;
  const off = roster.trancheCount;
  const here = at === off ? 'Off' : `In ${nameOf(roster, at)}`;
  if (person.ineligible !== undefined)
    return {
      code: 'not-eligible',
      text: `Off: not eligible (${person.ineligible}).`,
      remedy: `The ground "${person.ineligible}" falls away.`,
    };
  const obstacles: Obstacle[] = [];
  for (let tranche = person.first; tranche < Math.min(at, person.last + 1); tranche += 1) {
    const { own, others } = reach.findClosing(index, tranche);
    const least = findLeastBroken(ground, index, tranche, at, own);
    if (least !== undefined) obstacles.push({ tranche, own, others, ...least });
  }
  // The fewest rules first; of these the latest tranche, which is the nearest to getting in.
  const size = ({ own, broken }: Obstacle): number => own.length + broken.size;
  const obstacle = obstacles.reduce<Obstacle | undefined>(
    (best, one) => (best === undefined || size(one) <= size(best) ? one : best),
    undefined,
  );
  if (obstacle === undefined) return sayFirst(ground, person, at, here);
  if (obstacle.own.length > 0) return sayByName(ground, obstacle, at, here);
  if (obstacle.broken.size === 0) return sayByOrder(ground, index, obstacle.tranche, here);
  return sayByNumber(ground, index, obstacle, at, here);
}

function nameOf(roster: Roster, tranche: number): string {
  return roster.problem.tranches[tranche]?.id ?? 'off';
}

/** Nothing stands between the person and an earlier tranche. */
function sayFirst({ roster, isLaneFirst }: Ground, person: RosterPerson, at: number, here: string): Said {
  if (at === roster.trancheCount)
    return { code: 'window', text: 'Off: no tranche is open to this person.', remedy: 'A later window.' };
  if (person.first > 0 && at === person.first)
    return {
      code: 'window',
      text: `${here}: the person's own window opens there; ${person.days} days in captivity.`,
      remedy: 'An earlier window.',
    };
  const lane =
    person.lane !== 'exchange' && isLaneFirst ? `, in the lane ${person.lane}, which comes first` : '';
  return {
    code: 'first-open',
    text: `${here}: as early as anybody can go${lane}; ${person.days} days in captivity.`,
    remedy: null,
  };
}

/** Rules that name the person, or somebody tied to the person, close the tranche. */
function sayByName(ground: Ground, obstacle: Obstacle, at: number, here: string): Said {
  const { tranche, own, others, broken } = obstacle;
  const where = nameOf(ground.roster, tranche);
  const sorted = sortBroken(broken);
  const rules = [...own, ...sorted.map(([rule]) => rule)];
  const remedy = `${toRemedy(rules, where, toMore(ground, obstacle))}.`;
  const then = broken.size === 0 ? '' : ` Then also: ${sorted.map(([, text]) => text).join('; ')}.`;
  const named = own.map(quote).join(', ');
  if (own.some(({ kind }) => kind === 'place'))
    return { code: 'set-by-hand', rules, text: `${here}: set by ${named}.${then}`, remedy };
  if (own.some(({ kind }) => kind === 'veto')) {
    const kept = at === ground.roster.trancheCount ? 'off' : `out of ${where}`;
    return { code: 'vetoed', rules, text: `${here}: kept ${kept} by ${named}.${then}`, remedy };
  }
  const held =
    others.length === 0 ? '' : `: ${others.slice(0, 3).map(quote).join(', ')} holds some of them back`;
  return {
    code: 'held-with-others',
    rules,
    text: `${here}: bound to others by ${named}, who cannot all go in ${where}${held}.${then}`,
    remedy: others.length === 0 ? remedy : `${remedy.slice(0, -1)}; or ${quote(others[0])} is lifted.`,
  };
}

/** No rule is in the way: an objective decides, or the order of ties. */
function sayByOrder(ground: Ground, index: number, tranche: number, here: string): Said {
  const where = nameOf(ground.roster, tranche);
  const company = toCompany(ground, index, tranche, []) ?? new Map([[index, tranche]]);
  const worse = ground.findWorse(company);
  const text = `no rule keeps this person out of ${where}`;
  return {
    code: 'order',
    ...(worse === undefined ? {} : { objective: worse.objective }),
    text: `${here}: ${worse === undefined ? 'an objective decides' : sayWorse(worse)}; ${text}.`,
    remedy: `A placing sets this person in ${where}; what-if shows what that costs.`,
  };
}

/** Numbers are full, or tied to those of another side. */
function sayByNumber(ground: Ground, index: number, obstacle: Obstacle, at: number, here: string): Said {
  const { tranche: target, broken } = obstacle;
  const where = nameOf(ground.roster, target);
  const sorted = sortBroken(broken);
  const brokenText = `${obstacle.hasMate ? 'with one more of the other side, ' : ''}${sorted.map(([, text]) => text).join('; ')}`;
  const brokenRules = sorted.map(([rule]) => rule);
  const more = toMore(ground, obstacle);
  if (!brokenRules.some(isCounting))
    return {
      code: 'held-with-others',
      rules: brokenRules,
      text: `${here}: ${brokenText}.`,
      remedy: `${toRemedy(brokenRules, where, more)}.`,
    };
  const rival = findRival(ground, index, target, at);
  if (rival !== undefined)
    return {
      code: 'order',
      ...(rival.worse === undefined ? {} : { objective: rival.worse.objective }),
      text: `${here}: ${brokenText}. Somebody held less long (${rival.days} days; this person ${ground.roster.persons[index]?.days ?? 0}) has a place there, and no rule stands against changing places: ${rival.worse === undefined ? 'what is equal on every level is left as it is' : sayWorse(rival.worse)}.`,
      remedy: `${toRemedy(brokenRules, where, more)}; or an order of objectives that puts captivity first.`,
    };
  const lanes = sayLanes(ground, index, target, brokenRules);
  const shorter = findShorter(ground, index, target, at);
  const against = [...(shorter?.broken ?? [])];
  const compared =
    shorter === undefined
      ? toComparison(ground, index, target)
      : ` Some there have been held less long (from ${shorter.days} days; this person ${ground.roster.persons[index]?.days ?? 0}): ${
          against.some(([rule]) => broken.has(rule))
            ? `${against.map(([rule]) => quote(rule)).join(', ')} let nobody change places with them`
            : against.map(([, text]) => text).join('; ')
        }.`;
  const protecting = against.map(([rule]) => rule).filter((rule) => !broken.has(rule));
  const isDecisive = protecting.length > 0 && protecting.length === against.length;
  const isPassedOver = isDecisive && isNextInOrder(ground, index, target);
  const [first, second] = isPassedOver ? [protecting, brokenRules] : [brokenRules, protecting];
  const code = isPassedOver
    ? 'passed-over'
    : lanes !== ''
      ? 'lane-first'
      : brokenRules.every(isTie)
        ? 'tied-to-other-side'
        : 'full';
  return {
    code,
    rules: isDecisive ? [...first, ...second] : brokenRules,
    text: `${here}: ${brokenText}.${lanes}${compared}`,
    remedy: isDecisive
      ? `${toRemedy(first, where, more)}; or ${toRemedy(second, where, more)}.`
      : `${toRemedy(brokenRules, where, more)}.`,
    passedBy: isDecisive
      ? protecting[0]
      : shorter === undefined
        ? findPassing(ground, index, target, at)
        : undefined,
  };
}

/** A number that is full says more than a number that is tied to another. */
function sortBroken(broken: ReadonlyMap<Rule, string>): readonly (readonly [Rule, string])[] {
  return [...broken].sort(([one], [other]) => Number(isTie(one)) - Number(isTie(other)));
}

function sayWorse({ objective, part, before, after }: WorseLevel): string {
  return `the objective ${objective} decides (${part}: ${before}, and ${after} with this person there)`;
}

/** Of the places that a full number counts, those of lanes that come first, for somebody of the exchange. */
function sayLanes(ground: Ground, index: number, target: number, rules: readonly Rule[]): string {
  const { roster, positions, isLaneFirst } = ground;
  if (!isLaneFirst || roster.persons[index]?.lane !== 'exchange') return '';
  const { classOf, findMatches } = toSelection(roster);
  const matches = rules.flatMap((rule) =>
    kindOf(rule).nature === 'number' ? kindOf(rule).selectors(rule, roster).map(findMatches) : [],
  );
  const lanes = new Map<string, number>();
  roster.persons.forEach(({ lane }, other) => {
    if (lane === 'exchange' || positions[other] !== target) return;
    if (matches.some((match) => match[classOf[other] ?? 0] === 1))
      lanes.set(lane, (lanes.get(lane) ?? 0) + 1);
  });
  const count = [...lanes.values()].reduce((sum, one) => sum + one, 0);
  return count === 0
    ? ''
    : ` Of the places there ${count} ${count === 1 ? 'belongs' : 'belong'} to lanes that come first (${[...lanes.keys()].join(', ')}).`;
}

/** Somebody held less long there with whom the person could change places by every rule, and what would get worse. */
function findRival(
  ground: Ground,
  index: number,
  target: number,
  at: number,
): { readonly days: number; readonly worse: WorseLevel | undefined } | undefined {
  const { roster, crowd, judge } = ground;
  const person = roster.persons[index];
  if (person === undefined) return undefined;
  const company = toCompany(ground, index, target, []) ?? new Map([[index, target]]);
  for (const other of crowd.findShortest(person, target)) {
    const days = roster.persons[other]?.days ?? 0;
    if (days >= person.days) break;
    if (company.has(other)) continue;
    const moves = new Map([...company, [other, at]]);
    if (judge.findBroken(moves)?.size === 0) return { days, worse: ground.findWorse(moves) };
  }
  return undefined;
}

/** The rule by which somebody held less long goes before the tranche that was nearest to the person. */
function findPassing(ground: Ground, index: number, target: number, at: number): Rule | undefined {
  const first = ground.roster.persons[index]?.first ?? 0;
  for (let tranche = target - 1; tranche >= first; tranche -= 1) {
    const alone = ground.judge.findBroken(new Map([[index, tranche]]));
    const passing = findShorter(ground, index, tranche, at)?.broken.keys();
    for (const rule of passing ?? []) if (alone?.has(rule) === false) return rule;
  }
  return undefined;
}

function quote(rule: Rule | undefined): string {
  return rule === undefined
    ? ''
    : `"${rule.id}"${rule.saidBy === undefined ? '' : `, said by ${rule.saidBy}`}`;
}

function isCounting(rule: Rule): boolean {
  const { nature } = kindOf(rule);
  return nature === 'number' || nature === 'tie';
}

function isTie(rule: Rule): boolean {
  return kindOf(rule).nature === 'tie';
}

/** How many more a rule would have to allow. */
function toMore({ judge }: Ground, { moves }: Obstacle): (rule: Rule) => number {
  return (rule) => Math.max(1, judge.findExcess(moves, rule));
}

function toRemedy(rules: readonly Rule[], where: string, more: (rule: Rule) => number): string {
  const list = (some: readonly Rule[]): string => some.map((rule) => `"${rule.id}"`).join(', ');
  const ties = rules.filter(isTie);
  const counts = rules.filter((rule) => isCounting(rule) && !isTie(rule));
  const names = rules.filter((rule) => !isCounting(rule));
  const amounts = new Map<number, Rule[]>();
  for (const rule of counts) amounts.set(more(rule), [...(amounts.get(more(rule)) ?? []), rule]);
  return [
    ...(names.length === 0 ? [] : [`${list(names)} ${names.length === 1 ? 'is' : 'are'} lifted`]),
    ...[...amounts].map(
      ([amount, some]) =>
        `${list(some)} ${some.length === 1 ? 'allows' : 'allow'} ${amount === 1 ? 'one' : amount} more in ${where}`,
    ),
    ...(ties.length === 0
      ? []
      : [
          `more go on the other side of ${list(ties)} in ${where}, or ${ties.length === 1 ? 'it is' : 'they are'} lifted`,
        ]),
  ].join(', and ');
}

/**
 * What the rules say against the person in the tranche, those left out apart: alone with all who must then
 * move too, or, where names close the tranche, with somebody held less long stepping back.
 */
function findLeastBroken(
  ground: Ground,
  index: number,
  tranche: number,
  at: number,
  left: readonly Rule[],
): Pick<Obstacle, 'broken' | 'moves' | 'hasMate'> | undefined {
  type Try = Pick<Obstacle, 'broken' | 'moves' | 'hasMate'>;
  const tries: Try[] = [];
  const attempt = (moves: Moves, hasMate = false): void => {
    const broken = ground.judge.findBroken(moves);
    if (broken !== undefined)
      tries.push({ broken: new Map([...broken].filter(([rule]) => !left.includes(rule))), moves, hasMate });
  };
  const together = toCompany(ground, index, tranche, left);
  const alone = new Map([[index, tranche]]);
  if (together !== undefined) attempt(together);
  attempt(alone);
  // With somebody of the other side, as a tie asks: what is in the way then is what decides.
  const ties = [...(tries[0]?.broken.keys() ?? [])].filter(isTie);
  if (left.length === 0 && ties.length > 0)
    for (const mate of findMates(ground, index, tranche, ties))
      attempt(new Map([...(together ?? alone), [mate, tranche]]), true);
  if (left.length > 0)
    for (const other of findShorterIndexes(ground, index, tranche))
      attempt(new Map([...(together ?? alone), [other, at]]));
  const weigh = ({ broken }: Try): number =>
    broken.size + [...broken.keys()].filter(isTie).length / (broken.size + 1);
  return tries.reduce<Try | undefined>(
    (least, one) => (least !== undefined && weigh(least) <= weigh(one) ? least : one),
    undefined,
  );
}

/** Some on the other side of parity who could come along: they go later, or not at all. */
function findMates(
  { roster, crowd }: Ground,
  index: number,
  tranche: number,
  ties: readonly Rule[],
): readonly number[] {
  const own = roster.problem.legs[roster.persons[index]?.leg ?? -1]?.id ?? '';
  const legs = new Set(
    ties.flatMap((rule) =>
      rule.kind === 'parity' && (rule.form === 'equal' || rule.form === 'ratio')
        ? rule.left.includes(own)
          ? rule.right
          : rule.left
        : [],
    ),
  );
  const mates: number[] = [];
  for (const id of legs)
    for (let later = roster.trancheCount; later > tranche; later -= 1)
      mates.push(
        ...crowd
          .findLongest({ leg: roster.legIndex.get(id) ?? -1, lane: 'exchange' }, later)
          .slice(0, matesMax),
      );
  return mates;
}

/** Of those in one place, so many are tried. */
const matesMax = 3;

function findShorterIndexes(
  { roster, crowd, stepDays }: Ground,
  index: number,
  tranche: number,
): readonly number[] {
  const person = roster.persons[index];
  if (person === undefined) return [];
  const step = toStep(person.days, stepDays);
  return crowd
    .findShortest(person, tranche)
    .filter((other) => toStep(roster.persons[other]?.days ?? 0, stepDays) < step);
}

/** Somebody on the leg held less long who goes there, and what the rules say against changing places. */
function findShorter(
  ground: Ground,
  index: number,
  tranche: number,
  at: number,
): { readonly days: number; readonly broken: ReadonlyMap<Rule, string> } | undefined {
  const company = toCompany(ground, index, tranche, []) ?? new Map([[index, tranche]]);
  let least: { readonly days: number; readonly broken: ReadonlyMap<Rule, string> } | undefined;
  for (const other of findShorterIndexes(ground, index, tranche)) {
    if (company.has(other)) continue;
    const broken = ground.judge.findBroken(new Map([...company, [other, at]]));
    const days = ground.roster.persons[other]?.days ?? 0;
    if (broken !== undefined && (least === undefined || broken.size < least.broken.size))
      least = { days, broken };
  }
  return least;
}

/**
 * Whether those on the leg held less long in the tranche are more than those held longer who wait with the
 * person: without the rules that place the former there, captivity alone would bring the person in.
 */
function isNextInOrder({ roster, crowd, stepDays }: Ground, index: number, tranche: number): boolean {
  const person = roster.persons[index];
  if (person === undefined) return false;
  const step = toStep(person.days, stepDays);
  const shorter = crowd.countBelow(person, tranche, step * stepDays);
  let longer = 0;
  for (let later = tranche + 1; later <= roster.trancheCount; later += 1)
    longer +=
      crowd.countBelow(person, later, Infinity) - crowd.countBelow(person, later, (step + 1) * stepDays);
  return shorter > longer;
}

/** How the person's captivity compares with that of those on the leg who go there. */
function toComparison({ roster, crowd }: Ground, index: number, tranche: number): string {
  const person = roster.persons[index];
  if (person === undefined) return '';
  const days = crowd.findShortest(person, tranche).map((other) => roster.persons[other]?.days ?? 0);
  if (days.length === 0) return '';
  const shortest = Math.min(...days);
  return shortest >= person.days
    ? ` All there have been held ${shortest} days or more; this person ${person.days}.`
    : ` Some there have been held less long (from ${shortest} days; this person ${person.days}), on the same step of captivity.`;
}

/** The must-go or placing without which somebody held longer on the leg could have this place. */
function findPlacing(ground: Ground, index: number, at: number): Rule | undefined {
  const { roster, judge, crowd, stepDays } = ground;
  const person = roster.persons[index];
  const own = (judge.named.get(index) ?? []).filter(({ kind }) => kind === 'must-go' || kind === 'place');
  if (person === undefined || own.length === 0) return undefined;
  for (let later = at + 1; later <= roster.trancheCount; later += 1) {
    for (const other of crowd.findLongest(person, later)) {
      const step = toStep(roster.persons[other]?.days ?? 0, stepDays);
      if (step <= toStep(person.days, stepDays)) continue;
      const broken = [
        ...(judge
          .findBroken(
            new Map([
              [index, later],
              [other, at],
            ]),
          )
          ?.keys() ?? []),
      ];
      if (broken.length > 0 && broken.every((rule) => own.includes(rule))) return broken[0];
    }
  }
  return undefined;
}
