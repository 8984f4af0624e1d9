/**
 * The label of a public statement against the record.
 *
 * Law     [SM-1] No label depends on who speaks: `speaker`, `role`, `affiliation`, `venue`, `attribution` and `reportedBy`
 *         are not read here. [SM-2] Names of parties are compared for equality only, so swapping two of them swaps
 *         nothing else (but for the table of their hours). [SM-3] `then` reads nothing of the record that is later than
 *         the statement.
 */
import { compareAmounts, sumAmounts } from './amount.ts';
import { because } from './because.ts';
import { claimKinds, type Claim, type ClaimId, type ClaimMeaning } from './claim.ts';
import { daysBetween, toSpan, type Day, type Span } from './day.ts';
import { domainOf, viewEvents, wayToText, type EventView } from './event-view.ts';
import type { EventRecord, Figure } from './figure.ts';
import { finding, type Finding } from './finding.ts';
import { judgeCount, type ClaimedCount } from './judge-count.ts';
import { judgeProgressClaim, type ProgressKind } from './judge-progress.ts';
import { judgeRank } from './judge-rank.ts';
import { meaningOf, units, type Unit } from './unit.ts';

export interface Judgement {
  readonly claim: ClaimId;
  /** The one label that is published: `then`, or `later` for a statement about what was agreed or is to come. */
  readonly label: Finding;
  /** By what the record held when it was said. It never changes. */
  readonly then: Finding;
  /** By everything that the record holds now. */
  readonly later: Finding;
}

/** Other statements that matter: denials, and the utterance of which one is a further report. */
interface Context {
  readonly events: ReadonlyMap<string, EventView>;
  readonly claims: ReadonlyMap<ClaimId, Claim>;
  readonly all: readonly Claim[];
}

/** Judges every statement; the order of the answers is that of the statements. */
export function judgeClaims(record: EventRecord, claims: readonly Claim[]): readonly Judgement[] {
  const events = viewEvents(record);
  const context: Context = { events, claims: new Map(claims.map((claim) => [claim.id, claim])), all: claims };
  /** The record as it stood on a day, once for all that was said on it. */
  const pasts = new Map<Day, Context>();
  const pastOf = (day: Day): Context => {
    const known = pasts.get(day);
    if (known !== undefined) return known;
    const past = { ...context, events: new Map([...events].map(([id, view]) => [id, view.asOf(day)])) };
    pasts.set(day, past);
    return past;
  };
  return claims.map((claim) => judgeClaim(context, pastOf, claim));
}

function judgeClaim(context: Context, pastOf: (day: Day) => Context, claim: Claim): Judgement {
  const said = whenSaid(context, claim);
  const meaning = claimKinds[claim.kind];
  const later = judgeOn(context, claim, meaning.time === 'whole' ? said : undefined, said, true);
  // What is to come, or was agreed, is judged by the whole; as of then the record holds no more than what had crossed.
  const past = said === undefined ? context : pastOf(said.to);
  const then = meaning.time === 'none' ? later : judgeOn(past, claim, said, said, false);
  const label = meaning.time === 'then' ? then : later;
  return { claim: claim.id, label, then, later };
}

/** When it was said, on the calendar of its event. A further report is as old as the utterance it reports. */
function whenSaid(context: Context, claim: Claim): Span | undefined {
  const original = claim.sameAs === undefined ? undefined : context.claims.get(claim.sameAs);
  const madeAt = original?.madeAt ?? claim.madeAt;
  if (madeAt === undefined) return undefined;
  const event = claim.about.kind === 'event' ? context.events.get(claim.about.event) : undefined;
  return toSpan(madeAt, event?.parties() ?? []);
}

/**
 * @param asOf  the days by which the record is read; undefined reads all of it
 * @param said  when it was said
 */
function judgeOn(
  context: Context,
  claim: Claim,
  asOf: Span | undefined,
  said: Span | undefined,
  isLater: boolean,
): Finding {
  if (claim.isAuthorInDoubt) return finding('unverifiable', because('doubt-author'));
  const meaning: ClaimMeaning = claimKinds[claim.kind];
  const { by } = meaning;
  const outside = finding('not_comparable', because(meaning.because ?? 'outside'));
  if (by === 'outside') return outside;
  if (by === 'dispute') return judgeDispute(context, claim, said);
  if (claim.about.kind === 'cumulative') return finding('not_comparable', because('cumulative'));
  if (claim.about.kind === 'nothing') {
    return by === 'account' ? outside : finding('not_comparable', because('no-event'));
  }
  if (claim.returns === 'outside_exchanges') return finding('not_comparable', because('outside-exchanges'));
  const event = context.events.get(claim.about.event);
  if (event === undefined) {
    return by === 'account' ? outside : finding('unverifiable', because('no-record'));
  }
  switch (by) {
    case 'count':
      return judgeNumber(event, claim, asOf?.to);
    case 'agreed':
      return judgeAgreed(event, claim, isLater ? undefined : asOf?.to);
    case 'refused':
      return judgeRefused(event, claim);
    case 'progress':
      return judgeCourse(event, claim, claim.kind as ProgressKind, isLater ? said : asOf, isLater);
    case 'rank':
      return judgeRank(
        context.events,
        event,
        {
          direction: claim.direction,
          amount: claim.amount,
          unit: toPeople(claim.unit),
          isForecast: claim.kind === 'forecast_largest' && isLater,
        },
        isLater ? said?.to : asOf?.to,
      );
    case 'fact':
      return claim.kind === 'mediation' ? judgeMediation(event, claim) : judgePlace(event, claim);
    case 'detail':
      return judgeDetail(event, claim);
    case 'account':
      return event.withRole('event_total').some(({ status }) => status === 'cancelled')
        ? finding('unverifiable', because('account'), event.withRole('event_total'))
        : outside;
  }
}

/** A unit that does not count people stands for everybody, where the number is not what matters. */
function toPeople(unit: Unit): Unit {
  return units[unit].domain === 'other' ? 'persons' : unit;
}

function toCount(claim: Claim): ClaimedCount | Finding {
  if (claim.amount === undefined) return finding('not_comparable', because('no-number'));
  if (meaningOf(claim.unit).domain === 'other') {
    return finding('not_comparable', because('other-unit', { unit: claim.unit }));
  }
  const { direction, amount, unit, stage, countedBy } = claim;
  return { direction, amount, unit, stage, countedBy };
}

function judgeNumber(event: EventView, claim: Claim, day: Day | undefined): Finding {
  const count = toCount(claim);
  return 'label' in count ? count : judgeCount(event, count, day);
}

/** The number agreed, if the record holds one; else the whole that came of it. */
function judgeAgreed(event: EventView, claim: Claim, day: Day | undefined): Finding {
  const plans = event.withRole('plan');
  if (claim.amount === undefined) {
    const totals = event.totals(domainOf(toPeople(claim.unit)));
    if (totals.length === 0 && plans.length === 0) return finding('unverifiable', because('no-record'));
    if (claim.kind === 'agreed') return finding('agrees', because('has-agreement'), [...plans, ...totals]);
    const progress = event.progress(totals, day);
    return progress.kind === 'complete' || progress.kind === 'open'
      ? finding('agrees', because('took-place'), totals)
      : finding('unverifiable', because('only-agreed'), plans);
  }
  const count = toCount(claim);
  if ('label' in count) return count;
  const agreed = findAgreed(plans, count);
  if (agreed !== undefined && agreed.label === 'agrees') return agreed;
  const whole = judgeCount(event, count, day);
  if (whole.label === 'agrees' || whole.label === 'different_unit') return whole;
  // A forecast is held against what came; an agreement against what was agreed.
  return claim.kind === 'agreed' ? (agreed ?? whole) : whole;
}

function findAgreed(
  plans: readonly Figure[],
  { direction, amount, unit }: ClaimedCount,
): Finding | undefined {
  const rows = plans.filter(
    (plan) =>
      plan.unit === unit &&
      (direction.kind !== 'way' || (plan.from === direction.from && plan.to === direction.to)),
  );
  if (rows.length === 0) return undefined;
  const way = rows.map(wayToText).join(', ');
  const recorded =
    direction.kind === 'sum' ? [sumAmounts(rows.map((row) => row.amount))] : rows.map((row) => row.amount);
  for (const one of recorded) {
    const fit = compareAmounts(amount, one);
    const values = {
      claimed: amount.kind === 'undisclosed' ? '?' : amount.value,
      recorded: one.kind === 'undisclosed' ? '?' : one.value,
      unit,
      way,
    };
    if (fit.kind === 'differs') return finding('differs_by_n', because('differs', values), rows, fit.delta);
    if (fit.kind === 'open') return finding('unverifiable', because('withheld-claim'), rows);
  }
  const first = recorded[0]!;
  return finding(
    'agrees',
    because('plan', { recorded: first.kind === 'undisclosed' ? '?' : first.value, unit, way }),
    rows,
    amount.kind === 'exact' ? 0 : undefined,
  );
}

function judgeRefused(event: EventView, { amount, direction }: Claim): Finding {
  const rows = event
    .withRole('refused')
    .filter((row) => direction.kind !== 'way' || (row.from === direction.from && row.to === direction.to));
  if (rows.length === 0) return finding('unverifiable', because('no-refusals'));
  if (amount === undefined) return finding('agrees', because('has-refusals'), rows);
  if (amount.kind === 'undisclosed') return finding('unverifiable', because('withheld-claim'), rows);
  const fits = rows.map((row) => ({ row, fit: compareAmounts(amount, row.amount) }));
  const equal = fits.find(({ fit }) => fit.kind === 'fits');
  const { row, fit } = equal ?? fits[0]!;
  const recorded = row.amount.kind === 'undisclosed' ? '?' : row.amount.value;
  const values = { claimed: amount.value, recorded, way: wayToText(row) };
  switch (fit.kind) {
    case 'fits':
      return finding('agrees', because('refusals', values), [row], fit.isExact ? 0 : undefined);
    case 'open':
      return finding('unverifiable', because('withheld-record', values), [row]);
    case 'differs':
      return finding('differs_by_n', because('differs-refusals', values), [row], fit.delta);
  }
}

function judgeCourse(
  event: EventView,
  claim: Claim,
  kind: ProgressKind,
  said: Span | undefined,
  isLater: boolean,
): Finding {
  const domain = domainOf(toPeople(claim.unit));
  const isReadWhole = isLater && (kind === 'completed' || kind === 'started');
  const span = event.span(domain);
  const course = judgeProgressClaim(
    event,
    kind,
    domain,
    isReadWhole && said !== undefined && span !== undefined && said.to < span.to
      ? { from: span.to, to: span.to }
      : said,
  );
  if (course.label !== 'agrees' || claim.amount === undefined || claim.amount.kind === 'undisclosed')
    return course;
  if (kind === 'in_preparation' || kind === 'continues') return course;
  const count = judgeNumber(event, claim, kind === 'cancelled' || isLater ? undefined : said?.to);
  return count.label === 'agrees' && count.delta === 0
    ? { ...course, delta: 0 }
    : count.label === 'agrees'
      ? course
      : count;
}

function judgeMediation(event: EventView, claim: Claim): Finding {
  const rows = event.figures.filter(({ mediators }) => mediators.length > 0);
  if (rows.length === 0) return finding('unverifiable', because('no-mediators'));
  const names = [...new Set(rows.flatMap(({ mediators }) => mediators))];
  return claim.names.every((name) => names.includes(name))
    ? finding('agrees', because('has-mediators', { names: names.join(', ') }), rows.slice(0, 1))
    : finding('unverifiable', because('other-mediators', { names: names.join(', ') }), rows.slice(0, 1));
}

function judgePlace(event: EventView, claim: Claim): Finding {
  const rows = event.figures.filter(({ place }) => place !== '');
  if (claim.amount !== undefined) return finding('unverifiable', because('not-so-fine'), rows.slice(0, 1));
  if (rows.length === 0) return finding('unverifiable', because('no-place'));
  const names = [...new Set(rows.map(({ place }) => place))];
  return claim.names.every((name) => names.includes(name))
    ? finding('agrees', because('has-place', { names: names.join('; ') }), rows.slice(0, 1))
    : finding('unverifiable', because('other-place', { names: names.join('; ') }), rows.slice(0, 1));
}

function judgeDetail(event: EventView, claim: Claim): Finding {
  if (claim.kind === 'exchange_number')
    return finding('unverifiable', because('ordinal'), event.totals('living').slice(0, 1));
  if (claim.amount !== undefined && meaningOf(claim.unit).domain !== 'other') {
    const count = judgeNumber(event, claim, undefined);
    if (count.label === 'agrees') return count;
  }
  return finding('unverifiable', because('not-so-fine'));
}

/** Days apart at most for an accusation and a denial that name no event to be about one thing. */
const disputeDaysMax = 7;

/** One account against another: a denial, or an accusation that somebody denied. Nobody is called a liar. */
function judgeDispute(context: Context, claim: Claim, said: Span | undefined): Finding {
  if (claim.kind === 'denied') return finding('contradicts', because('denial'));
  const isDenied = context.all.some((other) => {
    if (other.kind !== 'denied' || other.id === claim.id) return false;
    if (claim.about.kind === 'event' && other.about.kind === 'event')
      return claim.about.event === other.about.event;
    if (claim.about.kind !== other.about.kind) return false;
    const when = whenSaid(context, other);
    return (
      when !== undefined &&
      said !== undefined &&
      Math.abs(daysBetween(said.from, when.from)) <= disputeDaysMax
    );
  });
  return isDenied
    ? finding('contradicts', because('disputed'))
    : finding('unverifiable', because('unanswered'));
}
