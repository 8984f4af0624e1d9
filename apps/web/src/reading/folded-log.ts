/**
 * The log as this page holds it: every entry's bytes in order, and the exchanges they amount to.
 *
 * Entries are folded as they come, with the core's own `decide` and `evolve`; nobody's summary is believed. A state
 * shares what did not change with the one before, so one is kept every `keptEvery` acts and any other is a short
 * fold away: that is what the replay reads. Cost of one act: O(log n), whatever came before.
 */
import {
  decide,
  evolve,
  exchangeStatusOf,
  findIn,
  initial,
  parseEnvelope,
  type Act,
  type Envelope,
  type Exchange,
  type Refusal,
} from '@homeward/core/exchange';
import type { BoardView, SeriesPoint } from './board-view.ts';
import { toBoard } from './to-board.ts';
import { foldForSearch } from './fold.ts';
import { type ActLine, toActLine } from './act-line.ts';

const keptEvery = 64;
const lastShown = 12;

/** An entry of the log: what it says, or why it says nothing that this program reads. */
export type LogEntry =
  | { readonly kind: 'act'; readonly bytes: Uint8Array; readonly line: ActLine; readonly text: string }
  | {
      readonly kind: 'refused';
      readonly bytes: Uint8Array;
      readonly line: ActLine;
      readonly refusal: Refusal;
      readonly text: string;
    }
  | { readonly kind: 'unread'; readonly bytes: Uint8Array };

/** What a search looks through: the bytes of an act, and the labels its sentence shows, which stand in earlier acts. */
function toSearched(json: string, { party, host, facts }: ActLine): string {
  const legs = [facts.leg, ...(facts.byLeg ?? []).map(({ leg }) => leg)];
  const labels = [
    host ? '' : party,
    facts.party,
    facts.crossing,
    facts.text,
    ...legs.flatMap((leg) => (leg === undefined ? [] : [leg.from, leg.to])),
  ];
  return foldForSearch([json, ...new Set(labels)].join('\n'));
}

interface Heard {
  readonly position: number;
  readonly at: string;
}

interface FoldedExchange {
  readonly id: string;
  state: Exchange;
  /** Log indices of its accepted acts, in order. */
  readonly indices: number[];
  /** States after 0, 64, 128 … accepted acts. */
  readonly kept: Exchange[];
  readonly series: (SeriesPoint & { readonly position: number })[];
  readonly heard: Map<string, Heard[]>;
  readonly refused: { readonly index: number; readonly position: number; readonly refusal: Refusal }[];
}

export interface ExchangeHead {
  readonly id: string;
  readonly title: string;
  readonly status: BoardView['status'];
  readonly acts: number;
}

export class FoldedLog {
  readonly entries: LogEntry[] = [];
  readonly #exchanges = new Map<string, FoldedExchange>();
  readonly #decoder = new TextDecoder();

  get size(): number {
    return this.entries.length;
  }

  /** Takes the next entry of the log and answers with the exchange it belongs to, if any. */
  append(bytes: Uint8Array): string | undefined {
    const index = this.entries.length;
    const parsed = parseEnvelope(bytes);
    if (parsed.kind === 'malformed') {
      this.entries.push({ kind: 'unread', bytes });
      return undefined;
    }
    const { act, id } = parsed.envelope;
    const folded = this.#exchangeOf(act);
    const json = this.#decoder.decode(parsed.envelope.actBytes);
    const decision = decide(folded.state, act, id);
    if (decision.kind === 'refused') {
      const line = toActLine(index, id, act, folded.state, folded.state);
      this.entries.push({
        kind: 'refused',
        bytes,
        line,
        refusal: decision.refusal,
        text: toSearched(json, line),
      });
      folded.refused.push({ index, position: folded.indices.length, refusal: decision.refusal });
      return folded.id;
    }
    const before = folded.state;
    const after = evolve(before, act, id);
    folded.state = after;
    folded.indices.push(index);
    if (folded.indices.length % keptEvery === 0) folded.kept.push(after);
    this.#note(folded, act, before, after);
    const line = toActLine(index, id, act, before, after);
    this.entries.push({ kind: 'act', bytes, line, text: toSearched(json, line) });
    return folded.id;
  }

  heads(): readonly ExchangeHead[] {
    return [...this.#exchanges.values()]
      .filter(({ state }) => state.status !== 'unopened')
      .map(({ id, state, indices }) => ({
        id,
        title: state.title,
        status: exchangeStatusOf(state),
        acts: indices.length,
      }));
  }

  /** The state of an exchange after all its acts. */
  findState(exchange: string): Exchange {
    return this.#exchanges.get(exchange)?.state ?? initial;
  }

  /** The board after `position` acts of the exchange; after all of them where none is given. */
  findBoard(exchange: string, position?: number): BoardView | undefined {
    const folded = this.#exchanges.get(exchange);
    if (folded === undefined) return undefined;
    const of = folded.indices.length;
    const upTo = position === undefined ? of : Math.max(0, Math.min(of, Math.trunc(position)));
    const lines = folded.indices
      .slice(Math.max(0, upTo - lastShown), upTo)
      .map((index) => this.#lineAt(index))
      .reverse();
    const heard = new Map<string, string>();
    for (const [crossing, times] of folded.heard) {
      const last = times.findLast((time) => time.position <= upTo);
      if (last !== undefined) heard.set(crossing, last.at);
    }
    return toBoard(upTo === of ? folded.state : this.#stateAt(folded, upTo), {
      position: upTo,
      of,
      at: lines[0]?.at ?? '',
      last: lines,
      series: upTo === of ? folded.series : folded.series.filter((point) => point.position <= upTo),
      refused: folded.refused.filter((refused) => refused.position <= upTo),
      heard,
    });
  }

  /** The states of its exchange before and after an accepted act, and its envelope; nothing for another entry. */
  findChange(
    index: number,
  ): { readonly before: Exchange; readonly after: Exchange; readonly envelope: Envelope } | undefined {
    const entry = this.entries[index];
    if (entry?.kind !== 'act') return undefined;
    const folded = this.#exchanges.get(entry.line.exchange);
    const position = folded === undefined ? -1 : findSorted(folded.indices, index);
    if (folded === undefined || position < 0) return undefined;
    const parsed = parseEnvelope(entry.bytes);
    if (parsed.kind !== 'parsed') return undefined;
    const before = this.#stateAt(folded, position);
    const { act, id } = parsed.envelope;
    return { before, after: evolve(before, act, id), envelope: parsed.envelope };
  }

  /** How many acts of its exchange stand before the entry; the place on the replay that shows it. */
  findPosition(index: number): { readonly exchange: string; readonly position: number } | undefined {
    const entry = this.entries[index];
    if (entry?.kind !== 'act') return undefined;
    const folded = this.#exchanges.get(entry.line.exchange);
    return folded === undefined
      ? undefined
      : { exchange: folded.id, position: findSorted(folded.indices, index) + 1 };
  }

  #exchangeOf(act: Act): FoldedExchange {
    let folded = this.#exchanges.get(act.exchange);
    if (folded === undefined) {
      folded = {
        id: act.exchange,
        state: initial,
        indices: [],
        kept: [initial],
        series: [],
        heard: new Map(),
        refused: [],
      };
      this.#exchanges.set(act.exchange, folded);
    }
    return folded;
  }

  #lineAt(index: number): ActLine {
    const entry = this.entries[index]!;
    if (entry.kind === 'unread') throw new Error('An accepted act has no line.');
    return entry.line;
  }

  #stateAt(folded: FoldedExchange, position: number): Exchange {
    const kept = Math.min(Math.floor(position / keptEvery), folded.kept.length - 1);
    let state = folded.kept[kept]!;
    for (let at = kept * keptEvery; at < position; at += 1) {
      const parsed = parseEnvelope(this.entries[folded.indices[at]!]!.bytes);
      if (parsed.kind !== 'parsed') throw new Error('An accepted act no longer parses.');
      state = evolve(state, parsed.envelope.act, parsed.envelope.id);
    }
    return state;
  }

  #note(folded: FoldedExchange, act: Act, before: Exchange, after: Exchange): void {
    const position = folded.indices.length;
    const terms = after.terms?.terms;
    if (terms !== undefined && (before.legs !== after.legs || folded.series.length === 0)) {
      const received = terms.legs.map((leg) => findIn(after.legs, leg.id)?.received ?? 0);
      const returned = terms.legs.map((leg) => findIn(after.legs, leg.id)?.returned ?? 0);
      const last = folded.series.at(-1);
      if (
        last === undefined ||
        received.some((n, i) => n !== last.received[i]) ||
        returned.some((n, i) => n !== last.returned[i])
      ) {
        folded.series.push({ position, at: act.at, received, returned });
      }
    }
    const { body } = act;
    if ('tranche' in body && 'leg' in body) {
      const tranche = findIn(after.tranches, body.tranche);
      const crossing =
        tranche === undefined ? undefined : findIn(tranche.movements, body.leg)?.route?.crossing;
      if (crossing !== undefined) {
        const times = folded.heard.get(crossing);
        if (times === undefined) folded.heard.set(crossing, [{ position, at: act.at }]);
        else times.push({ position, at: act.at });
      }
    }
  }
}

/** The place of `value` in a sorted list, or -1. */
function findSorted(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = sorted[middle]!;
    if (found === value) return middle;
    if (found < value) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
