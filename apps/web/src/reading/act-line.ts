/**
 * One act as a line of the record: who, what, when, and the figures a sentence about it needs.
 *
 * A line is plain data made in the worker, in no language; `record/sentence.ts` says it in the reader's. Labels in it
 * come from the parties and are shown only through `quote` or `Label`.
 */
import {
  factsOf,
  findIn,
  valuesOf,
  type Act,
  type ActKind,
  type Exchange,
  type Facts as CoreFacts,
  type LegId,
  type PartyId,
  type Role,
} from '@homeward/core/exchange';

export interface ActLine {
  readonly index: number;
  readonly id: string;
  readonly exchange: string;
  readonly kind: ActKind;
  /** A claim of the signer, RFC 3339. */
  readonly at: string;
  readonly key: string;
  readonly role: Role;
  /** The label of the party that signed; empty while the record does not know the key. */
  readonly party: string;
  /** The party is the host, which has no label of its own but the exchange's title. */
  readonly host: boolean;
  readonly facts: Facts;
}

/** A leg by its ends: the labels of the party that gives and the one that receives. One unknown is its id, and `to` empty. */
export interface LegEnds {
  readonly from: string;
  readonly to: string;
  /** The same where there is little room, if its parties gave short names that tell them apart. */
  readonly short?: { readonly from: string; readonly to: string };
}

/** What a sentence may name: the facts that the core tells, with labels for ids. Absent where the kind has none. */
export interface Facts extends Omit<CoreFacts, 'byLeg' | 'crossings' | 'key' | 'leg' | 'party' | 'verdicts'> {
  /** Persons by leg, in the order of the terms. */
  readonly byLeg?: readonly { readonly leg: LegEnds; readonly persons: number }[];
  readonly crossing?: string;
  readonly leg?: LegEnds;
  readonly party?: string;
  readonly verdicts?: readonly { readonly verdict: string; readonly persons: number }[];
  readonly keyNamed?: string;
}

export function toActLine(index: number, id: string, act: Act, before: Exchange, after: Exchange): ActLine {
  // A key is known before the act it signs, except the ones that found an exchange.
  const key = findIn(before.keys, act.by) ?? findIn(after.keys, act.by);
  const party = key === undefined ? undefined : findIn(after.parties, key.party);
  return {
    index,
    id,
    exchange: act.exchange,
    kind: act.kind,
    at: act.at,
    key: act.by,
    role: act.role,
    party: party?.label ?? key?.party ?? '',
    host: party?.kind === 'host',
    facts: labelled(after, act),
  };
}

/** The facts of an act with the labels that a reader knows its parties, legs and crossings by. */
function labelled(state: Exchange, act: Act): Facts {
  const { byLeg, crossings, key, leg, party, verdicts, ...plain } = factsOf(state, act);
  const crossingOf = (id: string): string =>
    state.terms?.terms.crossings.find((found) => found.id === id)?.label ?? id;
  return {
    ...plain,
    ...(leg === undefined ? {} : { leg: legEnds(state, leg) }),
    ...(byLeg === undefined ? {} : { byLeg: inOrderOfTerms(state, byLeg) }),
    ...(crossings === undefined ? {} : { crossing: crossings.map(crossingOf).join(' · ') }),
    ...(party === undefined ? {} : { party: findIn(state.parties, party)?.label ?? party }),
    ...(key === undefined ? {} : { keyNamed: key }),
    ...(verdicts === undefined ? {} : { verdicts: mostFirst(verdicts) }),
  };
}

function inOrderOfTerms(
  state: Exchange,
  persons: Readonly<Record<string, number>>,
): NonNullable<Facts['byLeg']> {
  return (state.terms?.terms.legs ?? [])
    .filter((leg) => Object.hasOwn(persons, leg.id))
    .map((leg) => ({ leg: legEnds(state, leg.id), persons: persons[leg.id]! }));
}

function mostFirst(verdicts: Readonly<Record<string, number>>): NonNullable<Facts['verdicts']> {
  return Object.entries(verdicts)
    .map(([verdict, persons]) => ({ verdict, persons }))
    .sort((a, b) => b.persons - a.persons);
}

export function legEnds(state: Exchange, id: LegId): LegEnds {
  const leg = state.terms?.terms.legs.find((found) => found.id === id);
  if (leg === undefined) return { from: id, to: '' };
  const ends = (name: (party: PartyId) => string) => ({
    from: name(leg.from),
    to: leg.to === undefined ? '' : name(leg.to),
  });
  const full = ends((party) => findIn(state.parties, party)?.label ?? party);
  const parties = [...valuesOf(state.parties)];
  const short = ends((party) => shortNameOf(parties, party));
  return short.from === full.from && short.to === full.to ? full : { ...full, short };
}

interface Named {
  readonly id: string;
  readonly label: string;
  readonly short: string;
}

/** The short name of a party; its whole one where it gave none, or where another party of the exchange has the same. */
export function shortNameOf(parties: readonly Named[], id: string): string {
  const party = parties.find((one) => one.id === id);
  if (party === undefined) return id;
  const taken = parties.some(
    (other) => other.id !== id && (other.short === party.short || other.label === party.short),
  );
  return party.short === '' || taken ? party.label : party.short;
}
