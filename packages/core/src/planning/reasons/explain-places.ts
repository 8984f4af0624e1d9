/**
 * A reason for every person: why this tranche, or which rules keep them off and what would have to change.
 *
 * Law     A reason names rules of the problem and figures of the plan, never another person: whoever reads
 *         it may be on one side only. The rules named suffice: without all of them, a plan exists that differs
 *         from this one in the places of a few and has the person earlier. `judge-moves.ts` shows it.
 * Cost    For each person and earlier tranche, the rules that count or name the person; for those of longer
 *         captivity than some in the tranche, the same for a few of these.
 */
import { kindOf } from '../rules/index.ts';
import { readPositions } from '../plan/check.ts';
import { toCompany } from './company.ts';
import { toCrowd, type Crowd } from './crowd.ts';
import { toMoveJudge, type MoveJudge } from './judge-moves.ts';
import type { TranchePlan } from '../problem/plan.ts';
import { captivityStepDays, type PersonId, type PlanningProblem, type Rule } from '../problem/problem.ts';
import { toReach, type Reach } from './reach.ts';
import { toRoster, toStep, type Positions, type Roster } from '../problem/roster.ts';

/**
 * `full`, `tied-to-other-side`: numbers leave no room. `passed-over`: somebody held less long has a place there
 * by a rule. `held-with-others`: those to whom the person is tied cannot all go. `order`: no rule is in the way.
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
  };
  const reasons: PlaceReason[] = [];
  roster.persons.forEach((person, index) => {
    if (person.group !== undefined || (only !== undefined && person.id !== only)) return;
    reasons.push(explain(ground, index));
  });
  return reasons;
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
}

function explain(ground: Ground, index: number): PlaceReason {
  const { roster, positions, reach } = ground;
  const off = roster.trancheCount;
  const person = roster.persons[index];
  if (person === undefined) throw new Error('no such person');
  const at = positions[index] ?? off;
  const name = (tranche: number): string => roster.problem.tranches[tranche]?.id ?? 'off';
  const here = at === off ? 'Off' : `In ${name(at)}`;
  const placedBy = at === off ? undefined : findPlacing(ground, index, at);
  const say = (
    code: ReasonCode,
    rules: readonly Rule[],
    text: string,
    remedy: string | null,
    passedBy?: Rule,
  ): PlaceReason => ({
    person: person.id,
    tranche: at === off ? null : name(at),
    code,
    rule: rules[0]?.id ?? null,
    rules: rules.map(({ id }) => id),
    passedBy: passedBy?.id ?? null,
    placedBy: placedBy?.id ?? null,
    text:
      placedBy === undefined
        ? text
        : `${text} The place is this person's by ${quote(placedBy)}: without it somebody held longer could have it.`,
    remedy,
  });
  if (person.ineligible !== undefined)
    return say(
      'not-eligible',
      [],
      `Off: not eligible (${person.ineligible}).`,
      `The ground "${person.ineligible}" falls away.`,
    );
  const obstacles: Obstacle[] = [];
  for (let tranche = person.first; tranche < Math.min(at, person.last + 1); tranche += 1) {
    const { own, others } = reach.findClosing(index, tranche);
    const broken = findLeastBroken(ground, index, tranche, at, own);
    if (broken !== undefined) obstacles.push({ tranche, own, others, broken });
  }
  // The fewest rules first; of these the latest tranche, which is the nearest to getting in.
  const size = ({ own, broken }: Obstacle): number => own.length + broken.size;
  const obstacle = obstacles.reduce<Obstacle | undefined>(
    (best, one) => (best === undefined || size(one) <= size(best) ? one : best),
    undefined,
  );
  if (obstacle === undefined) {
    if (at === off) return say('window', [], 'Off: no tranche is open to this person.', 'A later window.');
    const isWindow = person.first > 0 && at === person.first;
    return say(
      isWindow ? 'window' : 'first-open',
      [],
      isWindow
        ? `${here}: the person's own window opens there; ${person.days} days in captivity.`
        : `${here}: as early as anybody can go; ${person.days} days in captivity.`,
      isWindow ? 'An earlier window.' : null,
    );
  }
  const { tranche: target, own, others, broken } = obstacle;
  const where = name(target);
  // A number that is full says more than a number that is tied to another.
  const sorted = [...broken].sort(([one], [other]) => Number(isTie(one)) - Number(isTie(other)));
  const brokenText = sorted.map(([, text]) => text).join('; ');
  const brokenRules = sorted.map(([rule]) => rule);
  if (own.length > 0) {
    const rules = [...own, ...brokenRules];
    const remedy = `${toRemedy(rules, where)}.`;
    const then = broken.size === 0 ? '' : ` Then also: ${brokenText}.`;
    const veto = own.find(({ kind }) => kind === 'veto');
    const place = own.find(({ kind }) => kind === 'place');
    if (place !== undefined)
      return say('set-by-hand', rules, `${here}: set by ${own.map(quote).join(', ')}.${then}`, remedy);
    if (veto !== undefined)
      return say(
        'vetoed',
        rules,
        `${here}: kept ${at === off ? 'off' : `out of ${where}`} by ${own.map(quote).join(', ')}.${then}`,
        remedy,
      );
    return say(
      'held-with-others',
      rules,
      `${here}: bound to others by ${own.map(quote).join(', ')}, who cannot all go in ${where}${
        others.length === 0 ? '' : `: ${others.slice(0, 3).map(quote).join(', ')} holds some of them back`
      }.${then}`,
      others.length === 0 ? remedy : `${remedy.slice(0, -1)}; or ${quote(others[0])} is lifted.`,
    );
  }
  if (broken.size === 0)
    return say(
      'order',
      [],
      `${here}: an objective decides; no rule keeps this person out of ${where}.`,
      `A placing sets this person in ${where}; what-if shows what that costs.`,
    );
  const isCounted = brokenRules.some(isCounting);
  const shorter = isCounted ? findShorter(ground, index, target, at) : undefined;
  const against = [...(shorter?.broken ?? [])];
  const compared = !isCounted
    ? ''
    : shorter === undefined
      ? toComparison(ground, index, target)
      : ` Some there have been held less long (from ${shorter.days} days; this person ${person.days}): ${
          against.length === 0
            ? 'an objective above captivity places them there'
            : against.some(([rule]) => broken.has(rule))
              ? `${against.map(([rule]) => quote(rule)).join(', ')} let nobody change places with them`
              : against.map(([, text]) => text).join('; ')
        }.`;
  const protecting = against.map(([rule]) => rule).filter((rule) => !broken.has(rule));
  const isDecisive = protecting.length > 0 && protecting.length === against.length;
  const isPassedOver = isDecisive && isNextInOrder(ground, index, target);
  return say(
    isPassedOver
      ? 'passed-over'
      : !isCounted
        ? 'held-with-others'
        : brokenRules.every(isTie)
          ? 'tied-to-other-side'
          : 'full',
    !isDecisive
      ? brokenRules
      : isPassedOver
        ? [...protecting, ...brokenRules]
        : [...brokenRules, ...protecting],
    `${here}: ${brokenText}.${compared}`,
    isDecisive
      ? `${toRemedy(isPassedOver ? protecting : brokenRules, where)}; or ${toRemedy(isPassedOver ? brokenRules : protecting, where)}.`
      : `${toRemedy(brokenRules, where)}.`,
    isDecisive ? protecting[0] : shorter === undefined ? findPassing(ground, index, target, at) : undefined,
  );
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

function toRemedy(rules: readonly Rule[], where: string): string {
  const list = (some: readonly Rule[]): string => some.map((rule) => `"${rule.id}"`).join(', ');
  const ties = rules.filter(isTie);
  const counts = rules.filter((rule) => isCounting(rule) && !isTie(rule));
  const names = rules.filter((rule) => !isCounting(rule));
  return [
    ...(names.length === 0 ? [] : [`${list(names)} ${names.length === 1 ? 'is' : 'are'} lifted`]),
    ...(counts.length === 0
      ? []
      : [`${list(counts)} ${counts.length === 1 ? 'allows' : 'allow'} one more in ${where}`]),
    ...(ties.length === 0 ? [] : [`more go on the other side of ${list(ties)} in ${where}`]),
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
): ReadonlyMap<Rule, string> | undefined {
  const without = (broken: ReadonlyMap<Rule, string> | undefined): ReadonlyMap<Rule, string> | undefined =>
    broken === undefined ? undefined : new Map([...broken].filter(([rule]) => !left.includes(rule)));
  const together = toCompany(ground, index, tranche, left);
  const alone = new Map([[index, tranche]]);
  const tries = [
    without(together === undefined ? undefined : ground.judge.findBroken(together)),
    without(ground.judge.findBroken(alone)),
    ...(left.length === 0
      ? []
      : findShorterIndexes(ground, index, tranche).map((other) =>
          without(ground.judge.findBroken(new Map([...(together ?? alone), [other, at]]))),
        )),
  ];
  return tries.reduce((least, one) =>
    one === undefined || (least !== undefined && least.size <= one.size) ? least : one,
  );
}

function findShorterIndexes(
  { roster, crowd, stepDays }: Ground,
  index: number,
  tranche: number,
): readonly number[] {
  const person = roster.persons[index];
  if (person === undefined) return [];
  const step = toStep(person.days, stepDays);
  return crowd
    .findShortest(person.leg, tranche)
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
  const shorter = crowd.countBelow(person.leg, tranche, step * stepDays);
  let longer = 0;
  for (let later = tranche + 1; later <= roster.trancheCount; later += 1)
    longer +=
      crowd.countBelow(person.leg, later, Infinity) -
      crowd.countBelow(person.leg, later, (step + 1) * stepDays);
  return shorter > longer;
}

/** How the person's captivity compares with that of those on the leg who go there. */
function toComparison({ roster, crowd }: Ground, index: number, tranche: number): string {
  const person = roster.persons[index];
  if (person === undefined) return '';
  const days = crowd.findShortest(person.leg, tranche).map((other) => roster.persons[other]?.days ?? 0);
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
    for (const other of crowd.findLongest(person.leg, later)) {
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
