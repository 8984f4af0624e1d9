/** Walks the entries of a verified log once: for each exchange its acts, its state, and its counts as they may be read. */
import { findIn, parseEnvelope, type Exchange, type ExchangeId, type LegId } from '@homeward/core/exchange';
import type { RecordedAct } from '@homeward/core/obligations';
import type { Day } from '@homeward/core/statements';
import { emptyLedger, findExchangeOf, followStored, type Ledger } from '@homeward/ledger';
import { ReleasedCount, type PublicationRules } from '../release/release.ts';

/** The published counts of one leg, and their days. */
export interface LegHistory {
  readonly verified: ReleasedCount;
  readonly disputed: ReleasedCount;
  readonly days: { day: Day; verified: number }[];
}

export interface FoldedExchange {
  readonly id: ExchangeId;
  readonly state: Exchange;
  readonly acts: readonly RecordedAct[];
  readonly legs: ReadonlyMap<LegId, LegHistory>;
  readonly opened: Day;
  readonly changed: Day;
}

interface Growing {
  readonly acts: RecordedAct[];
  readonly legs: Map<LegId, LegHistory>;
  opened: Day;
  changed: Day;
}

/** The number agreed for a leg; undefined where it is a limit or a whole category. */
export function agreedOf(state: Exchange, leg: LegId): number | undefined {
  const count: unknown = state.terms?.terms.legs.find(({ id }) => id === leg)?.count;
  return typeof count === 'number' ? count : undefined;
}

/** Folds entries in their order. They must be those of a verified log: what is no act throws. */
export class LogFold {
  readonly #rules: PublicationRules;
  readonly #growing = new Map<ExchangeId, Growing>();
  #ledger: Ledger = emptyLedger;

  constructor(rules: PublicationRules) {
    this.#rules = rules;
  }

  /** Takes the next entry; the time that its act claims, in milliseconds. */
  take(bytes: Uint8Array): number {
    const parsed = parseEnvelope(bytes);
    if (parsed.kind === 'malformed')
      throw new Error(`entry ${this.#ledger.size} of a verified log is no act`);
    const { act, id } = parsed.envelope;
    const index = this.#ledger.size;
    this.#ledger = followStored(this.#ledger, bytes);
    const state = findExchangeOf(this.#ledger, act);
    const day = act.at.slice(0, 10);
    const growing: Growing = this.#growing.get(act.exchange) ?? {
      acts: [],
      legs: new Map(),
      opened: day,
      changed: day,
    };
    this.#growing.set(act.exchange, growing);
    const party = findIn(state.keys, act.by)?.party ?? state.host;
    if (party !== undefined) growing.acts.push({ id, index, party, act });
    if (day > growing.changed) growing.changed = day;
    this.#count(growing, state, day);
    return Date.parse(act.at);
  }

  #count(growing: Growing, state: Exchange, day: Day): void {
    for (const { id } of state.terms?.terms.legs ?? []) {
      const count = findIn(state.legs, id);
      if (count === undefined) continue;
      let leg = growing.legs.get(id);
      if (leg === undefined) {
        const { cellMin } = this.#rules;
        leg = {
          verified: new ReleasedCount(cellMin, agreedOf(state, id)),
          disputed: new ReleasedCount(cellMin, undefined),
          days: [],
        };
        growing.legs.set(id, leg);
      }
      const before = leg.verified.published;
      const after = leg.verified.take(count.returned);
      if (after === before) continue;
      const last = leg.days.at(-1);
      // Days are claims of signers; the order is that of the log.
      if (last !== undefined && day <= last.day) last.verified = after;
      else leg.days.push({ day, verified: after });
    }
  }

  exchanges(): readonly FoldedExchange[] {
    return [...this.#growing].map(([id, { acts, legs, opened, changed }]) => ({
      id,
      state: this.#ledger.exchanges.get(id)!.state,
      acts,
      legs,
      opened,
      changed,
    }));
  }
}
