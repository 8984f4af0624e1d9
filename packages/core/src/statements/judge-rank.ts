/** Compares "the largest" with every earlier exchange between the same parties, direction by direction. */
import { compareAmounts, type Amount } from './amount.ts';
import { because } from './because.ts';
import type { ClaimDirection } from './claim.ts';
import type { Day } from './day.ts';
import { wayToText, type EventView, type Way } from './event-view.ts';
import { finding, type Finding } from './finding.ts';
import { domainOf } from './event-view.ts';
import type { Unit } from './unit.ts';

export interface RankClaim {
  readonly direction: ClaimDirection;
  readonly amount: Amount | undefined;
  readonly unit: Unit;
  /** A forecast speaks of the whole exchange once it is over. */
  readonly isForecast: boolean;
}

/** The number that stands for a direction: the whole once it is over, else what had crossed. */
function sizeOf(view: EventView, way: Way, unit: Unit, day: Day | undefined): number | undefined {
  const totals = view.totals(domainOf(unit)).filter(({ from, to }) => from === way.from && to === way.to);
  const progress = view.progress(totals, day);
  const amount =
    progress.kind === 'complete' ? progress.whole : progress.kind === 'open' ? progress.crossed : undefined;
  return amount === undefined || amount.kind === 'undisclosed' ? undefined : amount.value;
}

/**
 * Judges a rank by the record up to the event itself. `day` is when it was said; it matters only while the event runs,
 * so that "the largest until then" of an older exchange is not undone by a younger one.
 */
export function judgeRank(
  events: ReadonlyMap<string, EventView>,
  event: EventView,
  claim: RankClaim,
  day: Day | undefined,
): Finding {
  const domain = domainOf(claim.unit);
  const begins = event.span(domain)?.from;
  if (begins === undefined) return finding('unverifiable', because('no-record'));
  const ends = event.span(domain)?.to;
  const asOf = claim.isForecast || (day !== undefined && ends !== undefined && day > ends) ? undefined : day;
  const { direction } = claim;
  const ways =
    direction.kind === 'way' ? [direction] : event.ways(domain).filter(({ from }) => from !== 'MULTI');
  const findings = ways.map((way) => rankWay(events, event, claim, way, begins, asOf));
  const agreeing = findings.filter(({ label }) => label === 'agrees');
  // Without a direction, the largest in any one of them is the largest.
  if (direction.kind !== 'each' && direction.kind !== 'way' && agreeing.length > 0) return agreeing[0]!;
  const first = findings.find(({ label }) => label !== 'agrees') ?? findings[0];
  if (first === undefined) return finding('unverifiable', because('way-not-split'));
  return first.label === 'agrees' ? { ...first, figures: findings.flatMap(({ figures }) => figures) } : first;
}

function rankWay(
  events: ReadonlyMap<string, EventView>,
  event: EventView,
  { amount, unit, isForecast }: RankClaim,
  way: Way,
  begins: Day,
  day: Day | undefined,
): Finding {
  const text = wayToText(way);
  const domain = domainOf(unit);
  const totals = event.totals(domain).filter(({ from, to }) => from === way.from && to === way.to);
  if (totals.length === 0) return finding('unverifiable', because('no-way', { way: text }));
  const progress = event.progress(totals, day);
  if (progress.kind === 'not-begun' && !isForecast) {
    return finding(
      'ahead_of_record',
      because('ahead-not-begun', { way: text, day: day ?? '', begins }),
      totals,
    );
  }
  const recorded = sizeOf(event, way, unit, day);
  if (recorded === undefined)
    return finding('unverifiable', because('withheld-record', { way: text }), totals);
  let earlier = 0;
  for (const other of events.values()) {
    const first = other.span(domain)?.from;
    if (other === event || first === undefined || first >= begins) continue;
    earlier = Math.max(earlier, sizeOf(other, way, unit, undefined) ?? 0);
  }
  const values = { way: text, recorded, earlier };
  if (earlier >= recorded) return finding('contradicts', because('larger-exists', values), totals);
  if (amount !== undefined && amount.kind !== 'undisclosed') {
    const fit = compareAmounts(amount, { kind: 'exact', value: recorded });
    if (fit.kind === 'differs') {
      const differs = because('differs', { claimed: amount.value, recorded, unit, way: text });
      return finding('differs_by_n', differs, totals, fit.delta);
    }
    if (fit.kind === 'fits' && fit.isExact) return finding('agrees', because('larger', values), totals, 0);
  }
  return finding('agrees', because('larger', values), totals);
}
