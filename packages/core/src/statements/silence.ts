/**
 * Where a party has said nothing about what the record shows. A state that can be shown, never a reproach: silence is
 * neither denial nor consent, and a statement that came later ends it from its day on.
 */
import type { Claim } from './claim.ts';
import { toSpan, type Day } from './day.ts';
import { viewEvents } from './event-view.ts';
import type { EventId, EventRecord } from './figure.ts';

export interface Silence {
  readonly event: EventId;
  readonly party: string;
  /** The first day of the event. */
  readonly since: Day;
  /** The day of the party's first own statement about it; undefined if none is recorded. */
  readonly until: Day | undefined;
}

/** Codes that stand for no single party. */
const nobody: ReadonlySet<string> = new Set(['MULTI', 'RELEASED']);

/** Statements that somebody else's report of a silence is; they do not end it. */
const ofSilence: ReadonlySet<string> = new Set(['silence', 'no_comment']);

/** For every party of every event in which people crossed: how long it was silent, as far as statements are recorded. */
export function findSilences(record: EventRecord, claims: readonly Claim[]): readonly Silence[] {
  const silences: Silence[] = [];
  for (const [event, view] of viewEvents(record)) {
    const span = view.span('living') ?? view.span('remains');
    if (span === undefined) continue;
    for (const party of view.parties().filter((code) => !nobody.has(code))) {
      const days = claims
        .filter(
          (claim) =>
            claim.about.kind === 'event' && claim.about.event === event && !ofSilence.has(claim.kind),
        )
        .filter(({ affiliation }) => affiliation.split(';').some((code) => code.trim() === party))
        .flatMap(({ madeAt }) => (madeAt === undefined ? [] : [toSpan(madeAt, view.parties()).to]))
        .filter((day) => day >= span.from)
        .sort();
      const first = days[0];
      if (first === undefined || first > span.from)
        silences.push({ event, party, since: span.from, until: first });
    }
  }
  return silences;
}
