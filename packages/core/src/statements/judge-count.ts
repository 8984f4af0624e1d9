/**
 * Compares a number of people with the record: the same unit, direction and scope, or it says what differs.
 *
 * Order   What the number equals comes first: the whole, a stage, the running total, a part. Then what it is mistaken for:
 *         one side's word, another count, both directions, another unit. Only what is left differs by n.
 */
import { compareAmounts, sumAmounts, type Amount, type Fit } from './amount.ts';
import { because, type Because, type BecauseCode } from './because.ts';
import type { ClaimDirection } from './claim.ts';
import type { Day } from './day.ts';
import {
  countsAs,
  domainOf,
  wayToText,
  type Domain,
  type EventView,
  type Progress,
  type Way,
} from './event-view.ts';
import type { Figure } from './figure.ts';
import { finding, type Finding, type Label } from './finding.ts';
import { meaningOf, neutralBodies, type Unit } from './unit.ts';

/** The number of a statement, apart from who said it. */
export interface ClaimedCount {
  readonly direction: ClaimDirection;
  readonly amount: Amount;
  readonly unit: Unit;
  readonly stage: string | undefined;
  readonly countedBy: string | undefined;
}

/** One number of the record that a claim may equal. */
interface Candidate {
  readonly code: BecauseCode;
  readonly amount: Amount;
  readonly figures: readonly Figure[];
  /** A rounded number is compared with these alone: a part is named by its own number or not at all. */
  readonly isBroad: boolean;
}

const isExact = (amount: Amount, value: number): boolean => amount.kind === 'exact' && amount.value === value;
const valueOf = (amount: Amount): number | string => (amount.kind === 'undisclosed' ? '?' : amount.value);

/** The neutral's own count of the people it handled. */
function isNeutralCount({ countedBy }: Figure): boolean {
  return countedBy !== undefined && neutralBodies.has(countedBy);
}

/**
 * A figure that the giving side alone vouches for. A stage of an exact total that others counted is not; a neutral's
 * count measures something else and does not help.
 */
function isOneWord(view: EventView, figure: Figure): boolean {
  if (figure.countedBy === undefined || figure.countedBy !== figure.from) return false;
  const parent = view.find(figure.partOf);
  if (parent?.amount.kind === 'exact' && parent.countedBy !== figure.from) return false;
  return !view
    .withRole('alternative')
    .some((other) => other.partOf === figure.id && !isNeutralCount(other) && other.countedBy !== figure.from);
}

/** Where the record agrees with a number, but may not be leaned on. */
function doubtOf(view: EventView, figures: readonly Figure[], way: string): Because | undefined {
  if (figures.some(({ isSourced }) => !isSourced)) return because('unsourced', { way });
  if (figures.some((figure) => isOneWord(view, figure))) return because('one-word', { way });
  return undefined;
}

/** Compares a count with one event, by a day; without a day, with the whole. */
export function judgeCount(whole: EventView, claim: ClaimedCount, day: Day | undefined): Finding {
  const view = whole.asOf(day);
  const domain = domainOf(claim.unit);
  const { direction } = claim;
  switch (direction.kind) {
    case 'way':
      return judgeWay(whole, view, claim, direction, day);
    case 'each': {
      const ways = whole.ways(domain).filter(({ from }) => from !== 'MULTI');
      if (ways.length === 0) return judgeMissing(whole, claim, undefined);
      return weakest(ways.map((way) => judgeWay(whole, view, claim, way, day)));
    }
    case 'sum':
      return judgeSum(whole, view, claim, day);
    case 'none':
      return judgeAnyWay(whole, claim, day);
  }
}

/** Of findings in each direction, the one that keeps the whole from holding. */
const weakness: readonly Label[] = [
  'differs_by_n',
  'ahead_of_record',
  'contradicts',
  'different_unit',
  'unverifiable',
  'not_comparable',
  'agrees',
];

function weakest(findings: readonly Finding[]): Finding {
  const least = Math.min(...findings.map(({ label }) => weakness.indexOf(label)));
  const same = findings.filter(({ label }) => weakness.indexOf(label) === least);
  const first = same[0]!;
  if (same.length < findings.length) return first;
  const ways = same.map(({ because: { values } }) => values['way']).filter((way) => way !== undefined);
  const figures = same.flatMap((one) => one.figures);
  const alike = same.every(
    ({ because: { code }, delta }) => code === first.because.code && delta === first.delta,
  );
  return alike
    ? {
        ...first,
        because: because(first.because.code, { ...first.because.values, way: ways.join(', ') }),
        figures,
      }
    : { ...first, figures };
}

/** No direction is named: one reading must fit, or nothing can be said. */
function judgeAnyWay(whole: EventView, claim: ClaimedCount, day: Day | undefined): Finding {
  const domain = domainOf(claim.unit);
  const ways: readonly ClaimDirection[] = whole.ways(domain).map((way) => ({ kind: 'way', ...way }));
  const readings: readonly ClaimDirection[] = [{ kind: 'each' }, { kind: 'sum' }, ...ways];
  const findings = readings.map((direction) => judgeCount(whole, { ...claim, direction }, day));
  if (ways.length <= 1) return findings[ways.length === 1 ? 2 : 0]!;
  const wanted: readonly Label[] = ['agrees', 'ahead_of_record', 'different_unit'];
  for (const label of wanted) {
    const found = findings.find((one) => one.label === label);
    if (found !== undefined) return found;
  }
  return finding('not_comparable', because('no-direction'));
}

function judgeSum(whole: EventView, view: EventView, claim: ClaimedCount, day: Day | undefined): Finding {
  const domain = domainOf(claim.unit);
  const totals = view.totals(domain);
  const ways = whole.ways(domain);
  const way = ways.map(wayToText).join(', ');
  const wrongUnit = refuseUnit(view, claim, totals, way);
  if (wrongUnit !== undefined) return wrongUnit;
  if (totals.length === 0) return judgeMissing(whole, claim, undefined);
  const progress = view.progress(totals, day);
  const found = judgeProgress(view, claim, progress, totals, way, day);
  if (found.label !== 'differs_by_n' || claim.amount.kind !== 'exact' || totals.length < 2) return found;
  const { value } = claim.amount;
  if (totals.every(({ amount }) => isExact(amount, value))) {
    const sum = sumAmounts(totals.map(({ amount }) => amount));
    return finding('different_unit', because('unit-one-way', { recorded: valueOf(sum) }), totals);
  }
  return found;
}

/** Nothing of this kind is recorded in that direction. */
function judgeMissing(whole: EventView, { unit, amount }: ClaimedCount, way: Way | undefined): Finding {
  const domain = domainOf(unit);
  const text = way === undefined ? '' : wayToText(way);
  const parties = new Set(whole.parties());
  if (way !== undefined && (!parties.has(way.from) || !parties.has(way.to))) {
    return finding('not_comparable', because('wider-scope', { way: text }));
  }
  const other: Domain = domain === 'living' ? 'remains' : 'living';
  const others = whole.totals(other);
  const plans = whole.withRole('plan').filter((plan) => domainOf(plan.unit) === domain);
  if (plans.length > 0 && whole.totals(domain).length === 0) {
    return amount.kind !== 'undisclosed' && amount.value === 0
      ? finding('agrees', because('nobody-crossed', { way: text }), plans, 0)
      : finding('ahead_of_record', because('ahead-agreed'), plans);
  }
  if (others.length > 0 && whole.totals(domain).length === 0) {
    return finding('different_unit', because('unit-remains', { way: text }), others);
  }
  const multi = whole.totals(domain).filter(({ from }) => from === 'MULTI');
  if (multi.length > 0) return finding('unverifiable', because('way-not-split'), multi);
  return finding('unverifiable', because('no-way', { way: text }));
}

/** A unit that no number of the record has. */
function refuseUnit(
  view: EventView,
  { unit, amount, countedBy }: ClaimedCount,
  totals: readonly Figure[],
  way: string,
): Finding | undefined {
  if (unit === 'prisoners_of_war' && totals.length > 0 && !view.figures.some((one) => one.unit === unit)) {
    const civilians = countCivilians(view, totals);
    const why =
      civilians > 0
        ? because('unit-status-civilians', { civilians, way })
        : because('unit-status', { recordUnit: totals[0]!.unit, way });
    return finding('different_unit', why, totals);
  }
  if (countedBy !== undefined && neutralBodies.has(countedBy) && !totals.some(isNeutralCount)) {
    const own = view.withRole('alternative').filter((one) => one.countedBy === countedBy);
    return finding('different_unit', because('unit-neutral', { way }), own.length > 0 ? own : totals);
  }
  if (amount.kind === 'undisclosed') return finding('unverifiable', because('withheld-claim'), totals);
  return undefined;
}

/** Civilians whom the record holds among those of some totals, at least. */
function countCivilians(view: EventView, totals: readonly Figure[]): number {
  const isWithin = (figure: Figure): boolean => {
    const parent = view.find(figure.partOf);
    return parent !== undefined && (totals.includes(parent) || isWithin(parent));
  };
  return view
    .withRole('part', 'subset')
    .filter((figure) => figure.unit === 'civilians' && isWithin(figure))
    .reduce((sum, { amount }) => sum + (amount.kind === 'undisclosed' ? 0 : amount.value), 0);
}

function judgeWay(
  whole: EventView,
  view: EventView,
  claim: ClaimedCount,
  way: Way,
  day: Day | undefined,
): Finding {
  const { amount, unit } = claim;
  const domain = domainOf(unit);
  const text = wayToText(way);
  if (!whole.hasWay(way, domain)) return judgeMissing(whole, claim, way);
  const rows = view.inWay(way, domain);
  const isTotal = (figure: Figure): boolean => figure.from === way.from && figure.to === way.to;
  const allTotals = whole.totals(domain).filter(isTotal);
  const totals = view.totals(domain).filter(isTotal);
  const wrongUnit = refuseUnit(view, claim, allTotals.length > 0 ? allTotals : rows, text);
  if (wrongUnit !== undefined) return wrongUnit;
  if (rows.every(({ role }) => role === 'plan')) return judgeMissing(whole, claim, way);
  if (allTotals.length > 0 && totals.length === 0) {
    const begins = whole.span(domain)?.from ?? '';
    return amount.kind !== 'undisclosed' && amount.value === 0
      ? finding('agrees', because('nobody-crossed', { way: text }), allTotals, 0)
      : finding(
          'ahead_of_record',
          because('ahead-not-begun', { way: text, day: day ?? '', begins }),
          allTotals,
        );
  }
  const progress = view.progress(totals, day);
  const equal = findEqual(claim, rows, totals, progress, day);
  if (equal !== undefined) {
    const { code, figures, amount: recorded } = equal;
    const doubt = doubtOf(view, figures, text);
    if (doubt !== undefined) return finding('unverifiable', doubt, figures);
    const fit = compareAmounts(amount, recorded);
    const how =
      fit.kind === 'fits' && !fit.isExact && valueOf(amount) !== valueOf(recorded)
        ? roundingOf(amount)
        : code;
    return finding(
      'agrees',
      because(how, {
        way: text,
        unit,
        recorded: valueOf(recorded),
        stage: figures[0]?.stage ?? '',
        day: day ?? '',
      }),
      figures,
      fit.kind === 'fits' && fit.isExact ? 0 : undefined,
    );
  }
  const mistaken = findMistaken(view, claim, rows, totals, way, day);
  if (mistaken !== undefined) return mistaken;
  if (unit !== 'persons' && unit !== 'remains' && !totals.some((figure) => figure.unit === unit)) {
    return judgePart(view, claim, rows, text, day);
  }
  if (totals.length === 0) return judgeTopless(claim, rows, text);
  return judgeProgress(view, claim, progress, totals, text, day);
}

const roundingOf = (amount: Amount): BecauseCode => (amount.kind === 'at_least' ? 'floor-met' : 'rounded');

/** What of the record the number equals, had it crossed by then. */
function findEqual(
  { amount, unit, stage }: ClaimedCount,
  rows: readonly Figure[],
  totals: readonly Figure[],
  progress: Progress,
  day: Day | undefined,
): Candidate | undefined {
  const isAcross = ({ ends, status }: Figure): boolean =>
    status === 'completed' && (day === undefined || ends.from <= day);
  const candidates: Candidate[] = [];
  const isOfStage = (figure: Figure): boolean => stage === undefined || figure.stage === stage;
  if (stage === undefined && totals.length > 0 && totals.every((total) => countsAs(total, unit))) {
    if (progress.kind === 'complete') {
      candidates.push({ code: 'whole', amount: progress.whole, figures: totals, isBroad: true });
    }
    if (progress.kind === 'open' && progress.crossed !== undefined) {
      const stages = rows.filter((row) => row.role === 'stage_total' && isAcross(row));
      if (stages.length > 1) {
        candidates.push({ code: 'running', amount: progress.crossed, figures: stages, isBroad: true });
      }
    }
    // Of a statement without a date, any day's running total may be meant.
    if (day === undefined) candidates.push(...toRunningTotals(rows));
  }
  for (const row of rows) {
    if (!isOfStage(row) || !isAcross(row)) continue;
    if (row.role === 'stage_total' && countsAs(row, unit)) {
      candidates.push({ code: 'stage', amount: row.amount, figures: [row], isBroad: true });
    }
    if ((row.role === 'part' || row.role === 'subset' || row.role === 'event_total') && row.unit === unit) {
      candidates.push({ code: 'part', amount: row.amount, figures: [row], isBroad: false });
    }
  }
  candidates.push(
    ...toDerived(
      rows.filter((row) => isOfStage(row) && isAcross(row)),
      unit,
    ),
  );
  return candidates.find((candidate) => {
    const fit = compareAmounts(amount, candidate.amount);
    if (fit.kind !== 'fits') return false;
    const isSame = candidate.amount.kind !== 'undisclosed' && valueOf(amount) === candidate.amount.value;
    return (
      isSame ||
      (candidate.isBroad && amount.kind !== 'exact') ||
      (candidate.isBroad && candidate.amount.kind === 'about')
    );
  });
}

/** The totals that stood after each stage but the last. */
function toRunningTotals(rows: readonly Figure[]): readonly Candidate[] {
  const stages = rows
    .filter(({ role, status }) => role === 'stage_total' && status === 'completed')
    .sort((a, b) => (a.ends.from < b.ends.from ? -1 : 1));
  return stages.slice(1, -1).map((_, index) => {
    const figures = stages.slice(0, index + 2);
    const amount = sumAmounts(figures.map((figure) => figure.amount));
    return { code: 'running', amount, figures, isBroad: false };
  });
}

/** Numbers that follow from the rows: parts of one unit added up, and a total less its other part. */
function toDerived(rows: readonly Figure[], unit: Unit): readonly Candidate[] {
  const derived: Candidate[] = [];
  const complement = unit === 'military' ? 'civilians' : unit === 'civilians' ? 'military' : undefined;
  for (const parent of rows) {
    const below = rows.filter(({ partOf }) => partOf === parent.id);
    const alike = below.filter((row) => row.role === 'part' && row.unit === unit);
    if (alike.length > 1) {
      derived.push({
        code: 'parts',
        amount: sumAmounts(alike.map(({ amount }) => amount)),
        figures: alike,
        isBroad: false,
      });
    }
    const others = below.filter(
      (row) => row.unit === complement && (row.role === 'part' || row.role === 'subset'),
    );
    if (
      alike.length === 0 &&
      others.length > 0 &&
      countsAs(parent, 'persons') &&
      parent.amount.kind === 'exact'
    ) {
      const rest = sumAmounts(others.map(({ amount }) => amount));
      if (rest.kind === 'exact') {
        const value = parent.amount.value - rest.value;
        derived.push({
          code: 'rest',
          amount: { kind: 'exact', value },
          figures: [parent, ...others],
          isBroad: false,
        });
      }
    }
  }
  return derived;
}

/** Another number of the record that the claim equals, and what it counts instead. */
function findMistaken(
  view: EventView,
  { amount, unit }: ClaimedCount,
  rows: readonly Figure[],
  totals: readonly Figure[],
  way: Way,
  day: Day | undefined,
): Finding | undefined {
  if (amount.kind === 'undisclosed') return undefined;
  const { value } = amount;
  const text = wayToText(way);
  const equals = (figure: Figure): boolean =>
    figure.amount.kind !== 'undisclosed' && figure.amount.value === value;
  const word = rows.find((row) => row.role === 'claim_only' && row.unit === unit && equals(row));
  if (word !== undefined) return finding('unverifiable', because('did-not-cross', { way: text }), [word]);
  const other = rows.find(
    (row) =>
      row.role === 'alternative' &&
      row.unit === unit &&
      equals(row) &&
      view.find(row.partOf)?.role !== 'refused',
  );
  const parent = view.find(other?.partOf);
  if (other !== undefined && parent !== undefined) {
    if (isNeutralCount(other))
      return finding('different_unit', because('unit-neutral', { way: text }), [other, parent]);
    const fit = compareAmounts(amount, parent.amount);
    if (fit.kind === 'open') {
      return other.isSourced
        ? finding('agrees', because('other-count', { way: text }), [other, parent])
        : finding('unverifiable', because('unsourced', { way: text }), [other]);
    }
    if (fit.kind === 'differs') {
      return finding(
        'differs_by_n',
        because('differs-count', { claimed: value, recorded: valueOf(parent.amount), unit, way: text }),
        [parent, other],
        amount.kind === 'exact' && parent.amount.kind === 'exact' ? fit.delta : undefined,
      );
    }
  }
  if (amount.kind !== 'exact') return undefined;
  const otherUnit = findOtherUnit(view, value, unit, totals, way, day);
  if (otherUnit !== undefined) return otherUnit;
  const within = rows.find(
    (row) => row.role !== 'plan' && row.role !== 'alternative' && namesNumber(row.composition, value),
  );
  if (within !== undefined && unit !== 'remains') {
    const names = within.composition;
    return finding('agrees', because('within', { way: text, names }), [within]);
  }
  const everybody = sumAmounts(view.totals(domainOf(unit)).map((total) => total.amount));
  return everybody.kind === 'exact' && everybody.value > 0 && value > 2 * everybody.value
    ? finding('not_comparable', because('beyond-event'), view.totals(domainOf(unit)))
    : undefined;
}

/** Words after a number that do not make it a number of people. */
const notOfPeople = /^(?:to|and|of|for|states?|aircraft|months?|years?|days?|hours?|buses|legs?|stages?)$/iu;

/** True if a text names so many people, as "124 officers among them"; ages and dates are not people. */
function namesNumber(text: string, value: number): boolean {
  for (const [, before, digits, word] of text.matchAll(/(\S*)\s*\b(\d+)\s+(\p{L}+)/gu)) {
    if (
      Number(digits) === value &&
      !/^(?:aged|since|under|over)$/iu.test(before ?? '') &&
      !notOfPeople.test(word!)
    ) {
      return true;
    }
  }
  return false;
}

/** Both directions in one sum, the dead among the living, or everybody as one kind of people. */
function findOtherUnit(
  view: EventView,
  value: number,
  unit: Unit,
  totals: readonly Figure[],
  way: Way,
  day: Day | undefined,
): Finding | undefined {
  const domain = domainOf(unit);
  const text = wayToText(way);
  const across = (figures: readonly Figure[]): Amount | undefined => {
    const progress = view.progress(figures, day);
    if (progress.kind === 'complete') return progress.whole;
    return progress.kind === 'open' ? progress.crossed : undefined;
  };
  const own = across(totals);
  if (own?.kind !== 'exact' || own.value === 0) return undefined;
  const back = view.totals(domain).filter(({ from, to }) => from === way.to && to === way.from);
  const both = [...totals, ...back];
  const sum = back.length === 0 ? undefined : across(both);
  if (sum !== undefined && isExact(sum, value)) {
    return finding('different_unit', because('unit-both-ways', { recorded: own.value, way: text }), both);
  }
  const dead = view
    .totals(domain === 'living' ? 'remains' : 'living')
    .filter(({ from, to }) => from === way.from && to === way.to);
  const other = dead.length === 0 ? undefined : across(dead);
  if (other?.kind === 'exact' && (other.value === value || other.value + own.value === value)) {
    return finding('different_unit', because('unit-remains', { way: text }), [...totals, ...dead]);
  }
  const isSplit = view.inWay(way, domain).some((row) => row.unit === unit);
  if (unit !== 'persons' && unit !== 'remains' && !isSplit && own.value === value) {
    return finding('different_unit', because('unit-everybody', { unit, way: text }), totals);
  }
  return undefined;
}

/** A unit that is a part of everybody: its rows, or that there are none. */
function judgePart(
  view: EventView,
  { amount, unit, stage }: ClaimedCount,
  rows: readonly Figure[],
  way: string,
  day: Day | undefined,
): Finding {
  const own = rows.filter((row) => row.unit === unit && (row.role === 'part' || row.role === 'subset'));
  const parent = view.find(own[0]?.partOf);
  const stages = rows.filter(
    (row) => row.role === 'stage_total' && (day === undefined || row.ends.from <= day),
  );
  // A split of one stage says nothing about the stages beside it.
  const isWhole =
    parent !== undefined && (parent.role !== 'stage_total' || stages.length === 1 || stage === parent.stage);
  if (!isWhole) return finding('unverifiable', because('not-split', { unit, way }), own);
  const siblings = own.filter(({ partOf, role }) => partOf === parent.id && role === own[0]!.role);
  const recorded =
    siblings[0]!.role === 'part' ? sumAmounts(siblings.map((row) => row.amount)) : siblings[0]!.amount;
  return toFinding(view, amount, unit, recorded, siblings, way, 'part');
}

/** Rows of a direction that has no total of its own, such as a leg to a third state. */
function judgeTopless({ amount, unit }: ClaimedCount, rows: readonly Figure[], way: string): Finding {
  const own = rows.filter(
    (row) => row.role === 'part' || row.role === 'subset' || row.role === 'stage_total',
  );
  if (own.length === 0) return finding('unverifiable', because('no-way', { way }), rows);
  const recorded = sumAmounts(own.map((row) => row.amount));
  return toFinding(undefined, amount, unit, recorded, own, way, 'part');
}

/** Compares with what had crossed by then. */
function judgeProgress(
  view: EventView,
  { amount, unit }: ClaimedCount,
  progress: Progress,
  totals: readonly Figure[],
  way: string,
  day: Day | undefined,
): Finding {
  const value = amount.kind === 'undisclosed' ? undefined : amount.value;
  switch (progress.kind) {
    case 'unknown':
      return finding('unverifiable', because('no-record'));
    case 'agreed-only':
      return value === 0
        ? finding('agrees', because('nobody-crossed', { way }), totals, 0)
        : finding('ahead_of_record', because('ahead-agreed'), totals);
    case 'cancelled':
      return value === 0
        ? finding('agrees', because('nobody-crossed', { way }), totals, 0)
        : toFinding(view, amount, unit, { kind: 'exact', value: 0 }, totals, way, 'whole');
    case 'not-begun':
      return value === 0
        ? finding('agrees', because('nobody-crossed', { way }), totals, 0)
        : finding(
            'ahead_of_record',
            because('ahead-not-begun', { way, day: day ?? '', begins: progress.begins }),
            totals,
          );
    case 'complete':
      return toFinding(view, amount, unit, progress.whole, totals, way, 'whole');
    case 'open': {
      const { crossed, whole, ends } = progress;
      const isWithin = compareAmounts(amount, whole);
      const isPastWhole = isWithin.kind === 'differs' && isWithin.delta > 0;
      if (crossed === undefined) {
        if (isPastWhole) return toFinding(view, amount, unit, whole, totals, way, 'whole');
        return isWithin.kind === 'fits' && value === valueOf(whole)
          ? finding('ahead_of_record', because('ahead-unsplit', { ends, day: day ?? '', way }), totals)
          : finding('unverifiable', because('not-split', { unit, way }), totals);
      }
      const found = toFinding(view, amount, unit, crossed, totals, way, 'running', day);
      if (found.label !== 'differs_by_n' || isPastWhole || (found.delta ?? 0) <= 0) return found;
      return finding(
        'ahead_of_record',
        because('ahead-open', {
          day: day ?? '',
          recorded: valueOf(crossed),
          whole: valueOf(whole),
          unit,
          way,
        }),
        totals,
      );
    }
  }
}

/** The plain comparison of two numbers of one unit, direction and scope. */
function toFinding(
  view: EventView | undefined,
  amount: Amount,
  unit: Unit,
  recorded: Amount,
  figures: readonly Figure[],
  way: string,
  equal: BecauseCode,
  day?: Day,
): Finding {
  const doubt = view === undefined ? undefined : doubtOf(view, figures, way);
  if (doubt !== undefined) return finding('unverifiable', doubt, figures);
  const fit: Fit = compareAmounts(amount, recorded);
  const values = { claimed: valueOf(amount), recorded: valueOf(recorded), unit, way, day: day ?? '' };
  switch (fit.kind) {
    case 'fits':
      return finding(
        'agrees',
        because(
          fit.isExact ? equal : recorded.kind === 'at_least' ? 'floor-met' : roundingOf(amount),
          values,
        ),
        figures,
        fit.isExact ? 0 : undefined,
      );
    case 'open':
      return fit.why === 'floor'
        ? finding('unverifiable', because('floor-only', values), figures)
        : finding('unverifiable', because('withheld-record', values), figures);
    case 'differs':
      return finding('differs_by_n', explainDifference(view, amount, values, figures), figures, fit.delta);
  }
}

/** What else of the record has the claimed number, so that a reader sees where it comes from. */
function explainDifference(
  view: EventView | undefined,
  amount: Amount,
  values: Because['values'],
  figures: readonly Figure[],
): Because {
  if (view === undefined || amount.kind === 'undisclosed') return because('differs', values);
  const below = view.figures.filter(
    ({ partOf, amount: own }) => figures.some(({ id }) => id === partOf) && isExact(own, amount.value),
  );
  if (below.some(({ role }) => role === 'plan')) return because('differs-plan', values);
  const part = below.find(
    ({ role, unit }) => (role === 'part' || role === 'subset') && unit !== values['unit'],
  );
  if (part !== undefined && meaningOf(part.unit).within !== undefined) {
    return because('differs-part', { ...values, part: part.unit });
  }
  return because('differs', values);
}
