/** Compares what is said of the course of an exchange with the record: begun, under way, complete, cancelled, going on. */
import { because } from './because.ts';
import type { ClaimKind } from './claim.ts';
import type { Day, Span } from './day.ts';
import type { Domain, EventView } from './event-view.ts';
import { finding, type Finding } from './finding.ts';
import type { Figure } from './figure.ts';

export type ProgressKind = Extract<
  ClaimKind,
  'completed' | 'in_progress' | 'started' | 'in_preparation' | 'continues' | 'cancelled'
>;

/** Judges by a span of days; undefined where it is not known when it was said. */
export function judgeProgressClaim(
  whole: EventView,
  kind: ProgressKind,
  domain: Domain,
  said: Span | undefined,
): Finding {
  if (kind === 'cancelled') return judgeCancelled(whole, domain);
  if (said === undefined) {
    return kind === 'continues'
      ? judgeContinues(whole, domain, undefined)
      : finding('unverifiable', because('doubt-date'));
  }
  const early = judgeOn(whole, kind, domain, said.from);
  if (said.from === said.to) return early;
  const late = judgeOn(whole, kind, domain, said.to);
  return early.label === late.label
    ? late
    : finding('unverifiable', because('doubt-date'), whole.totals(domain));
}

function judgeOn(
  whole: EventView,
  kind: Exclude<ProgressKind, 'cancelled'>,
  domain: Domain,
  day: Day,
): Finding {
  const totals = whole.totals(domain);
  const progress = whole.progress(totals, day);
  const plans = whole.withRole('plan');
  const span = whole.span(domain);
  const begins = span?.from ?? '';
  switch (progress.kind) {
    case 'unknown':
      return finding('unverifiable', because('no-record'));
    case 'cancelled':
      return kind === 'in_preparation' && day < begins
        ? finding('agrees', because('before-begin', { begins }), totals)
        : finding('contradicts', because('cancelled-instead'), totals);
    case 'agreed-only':
      return kind === 'in_preparation'
        ? finding('unverifiable', because('only-agreed'), plans)
        : finding('ahead_of_record', because('ahead-agreed'), plans);
    case 'not-begun':
      return kind === 'in_preparation'
        ? finding('agrees', because('before-begin', { begins }), totals)
        : finding(
            'ahead_of_record',
            because('ahead-not-begun', { day, begins, way: waysOf(totals) }),
            totals,
          );
    case 'open':
    case 'complete':
      return judgeBegun(whole, kind, domain, day, progress);
  }
}

function judgeBegun(
  whole: EventView,
  kind: Exclude<ProgressKind, 'cancelled'>,
  domain: Domain,
  day: Day,
  progress: { readonly kind: 'open' | 'complete'; readonly ends: Day; readonly isWhole?: boolean },
): Finding {
  const totals = whole.totals(domain);
  const begins = whole.span(domain)?.from ?? '';
  const { ends } = progress;
  const across = totals.concat(whole.withRole('stage_total').filter(({ ends: end }) => end.from <= day));
  switch (kind) {
    case 'started':
      return finding('agrees', because('begun', { begins }), across);
    case 'in_progress':
      return day > ends
        ? finding('contradicts', because('over', { ends }), totals)
        : finding('agrees', because('under-way', { begins, ends }), across);
    case 'in_preparation':
      return day === begins
        ? finding('unverifiable', because('doubt-date'), totals)
        : finding('contradicts', because('already-begun', { begins }), totals);
    case 'continues':
      return judgeContinues(whole, domain, day);
    case 'completed':
      if (progress.kind === 'open') {
        const counts = countAcross(whole, totals, day);
        return finding('ahead_of_record', because('ahead-incomplete', { day, ends, counts }), across);
      }
      return progress.isWhole === false
        ? finding('unverifiable', because('not-so-fine'), totals)
        : finding('agrees', because('complete', { ends }), totals);
  }
}

/** "390 of 1000 (A>B)" for each direction; "a part" where the record does not say how many. */
function countAcross(whole: EventView, totals: readonly Figure[], day: Day): string {
  const texts = totals.map((total) => {
    const progress = whole.progress([total], day);
    const way = `(${total.from}>${total.to})`;
    if (progress.kind === 'complete') return `all ${way}`;
    if (
      progress.kind !== 'open' ||
      progress.crossed?.kind !== 'exact' ||
      progress.whole.kind === 'undisclosed'
    ) {
      return `a part ${way}`;
    }
    return `${progress.crossed.value} of ${progress.whole.value} ${way}`;
  });
  return texts.join(', ');
}

function judgeContinues(whole: EventView, domain: Domain, day: Day | undefined): Finding {
  const totals = whole.totals(domain);
  if (totals.length === 0) return finding('unverifiable', because('no-record'));
  const later = whole.withRole('stage_total').filter(({ starts }) => day === undefined || starts.from > day);
  const ends = whole.span(domain)?.to ?? '';
  if (later.length > 0 && (day !== undefined || later.length > 1)) {
    return finding('agrees', because('later-stages', { ends }), later);
  }
  return day !== undefined && totals.some((total) => total.ends.from > day)
    ? finding('agrees', because('later-stages', { ends }), totals)
    : finding('unverifiable', because('no-later-stage'), totals);
}

function judgeCancelled(whole: EventView, domain: Domain): Finding {
  const totals = whole.totals(domain);
  const progress = whole.progress(totals, undefined);
  switch (progress.kind) {
    case 'cancelled':
      return finding('agrees', because('was-cancelled'), totals);
    case 'unknown':
      return finding('unverifiable', because('no-record'));
    case 'agreed-only':
      return finding('unverifiable', because('only-agreed'), whole.withRole('plan'));
    case 'not-begun':
    case 'open':
    case 'complete':
      return finding('contradicts', because('took-place'), totals);
  }
}

function waysOf(figures: readonly Figure[]): string {
  return [...new Set(figures.map(({ from, to }) => `${from}>${to}`))].join(', ');
}
