/**
 * The exchange under rehearsal: its state, its persons and its clock. Scripts read it; only `offer` moves it on.
 *
 * Cost    That of `decide` and `evolve` for each act, and one hash for its id.
 */
import {
  actIdOf,
  acts,
  decide,
  encodeAct,
  evolve,
  findIn,
  homeOf,
  initial,
  refusePerson,
  toSentence,
  valuesOf,
  type Act,
  type ActId,
  type ActKind,
  type Base64Hash,
  type Entry,
  type EntryId,
  type Exchange,
  type ExchangeId,
  type KeyFingerprint,
  type Leg,
  type LegId,
  type Movement,
  type PartyId,
  type Step,
  type Terms,
  type Tranche,
  type TrancheId,
} from '../exchange/index.ts';
import { findFaults } from '../json/index.ts';
import { madeUpId, officialsOf, successorOf, type Official } from './cast.ts';
import { numbersToText, type Group, type Person } from './people.ts';
import type { ManyPersons, PartyForm, Persons } from './scenario.ts';
import { fail, type Offer, type Steps } from './script.ts';

/** The acts one rehearsal may offer. */
const actsMax = 200_000;
const someRoot = `${'A'.repeat(43)}=` as Base64Hash;
const noTranche = '' as TrancheId;
/** Where somebody is who can be put on a manifest. */
const standing: ReadonlySet<string> = new Set(['held', 'neutral-custody', 'accommodated']);

/** An act as it was offered, and what became of it. */
export interface Tried {
  readonly kind: ActKind;
  readonly by: Official;
  readonly id: ActId;
  readonly refusal: { readonly kind: string; readonly sentence: string } | undefined;
}

export class Rehearsal {
  state: Exchange = initial;
  readonly exchange: ExchangeId;
  readonly parties: ReadonlyMap<PartyId, PartyForm>;
  /** The terms as proposed; amendments replace them. */
  terms: Terms;
  readonly groups: Map<string, Group>;
  /** By either entry of a person. */
  readonly personOf = new Map<EntryId, Person>();
  /** By leg, who has arrived by the word of one side alone: the other was represented when it confirmed. */
  readonly reported = new Map<LegId, ReadonlySet<EntryId>>();
  /** Parties that were represented and speak for themselves now. */
  readonly joined = new Set<PartyId>();
  /** The day on which acts are signed. */
  day = '2025-01-01';
  #minutes = 0;
  #count = 0;
  /** Keys by which represented parties are spoken for. */
  readonly #standIns: ReadonlySet<KeyFingerprint>;
  /** Legs of terms that are to come, or are no more: the rules say that they are not there. */
  readonly #otherLegs: ReadonlyMap<LegId, Leg>;

  constructor(scenario: {
    readonly title: string;
    readonly parties: ReadonlyMap<PartyId, PartyForm>;
    readonly terms: Terms;
    readonly groups: readonly Group[];
    readonly happens: readonly { readonly filled?: Terms }[];
  }) {
    const legs = [scenario.terms, ...scenario.happens.flatMap(({ filled }) => filled ?? [])];
    this.#otherLegs = new Map(legs.flatMap((terms) => terms.legs.map((leg) => [leg.id, leg] as const)));
    this.exchange = madeUpId(`exchange ${scenario.title}`) as ExchangeId;
    this.parties = scenario.parties;
    this.terms = scenario.terms;
    this.#standIns = new Set(
      [...scenario.parties].flatMap(([party, { kind, representedBy }]) =>
        representedBy === undefined ? [] : officialsOf(party, kind).map(({ key }) => key),
      ),
    );
    this.groups = new Map();
    for (const group of scenario.groups) {
      this.admit(group);
    }
  }

  /** Makes persons known, before or after others of their group. */
  admit(group: Group): void {
    const before = this.groups.get(group.id);
    const persons = before === undefined ? group.persons : [...before.persons, ...group.persons];
    this.groups.set(group.id, { ...group, persons });
    for (const person of group.persons) {
      this.personOf.set(person.entry, person);
      if (person.twin !== undefined) {
        this.personOf.set(person.twin, person);
      }
    }
  }

  setDay(day: string): void {
    if (day !== this.day) {
      this.day = day;
      this.#minutes = 0;
    }
  }

  /** Offers an act to the rules; the state moves on only if it is accepted. */
  offer({ by: offered, kind, body }: Offer): Tried {
    const isStandIn = this.joined.has(offered.party) && this.#standIns.has(offered.key);
    const by = isStandIn ? successorOf(offered) : offered;
    this.#count += 1;
    if (this.#count > actsMax) {
      throw new RangeError(`A rehearsal offers at most ${actsMax} acts.`);
    }
    const [malformed] = findFaults(acts[kind].body, body, 1);
    if (malformed !== undefined) {
      const sentence = `An act of this kind cannot say this: expected ${malformed.expected} at ${malformed.pointer}.`;
      return { kind, by, id: '' as ActId, refusal: { kind: 'Malformed', sentence } };
    }
    const minute = Math.min(6 * 60 + this.#minutes, 24 * 60 - 1);
    this.#minutes += 1;
    const clock = [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0'));
    const act = {
      ...{ exchange: this.exchange, kind, body, by: by.key, role: by.role },
      after: { size: this.state.size, root: someRoot },
      nonce: `rehearsed-${String(this.#count).padStart(14, '0')}`,
      at: `${this.day}T${clock.join(':')}:00.000Z`,
    } as unknown as Act;
    const id = actIdOf(encodeAct(act));
    const decision = decide(this.state, act, id);
    if (decision.kind === 'refused') {
      const { refusal } = decision;
      return {
        kind,
        by,
        id,
        refusal: { kind: refusal.kind, sentence: this.#withNames(toSentence(refusal), refusal) },
      };
    }
    if (act.kind === 'ReturnConfirmed' && findIn(this.state.parties, by.party)?.representedBy !== undefined) {
      const { leg, persons } = act.body;
      this.reported.set(leg, new Set([...(this.reported.get(leg) ?? []), ...persons]));
    }
    this.state = evolve(this.state, act, id);
    return { kind, by, id, refusal: undefined };
  }

  /** A sentence of the rules names no persons; here they have numbers. */
  #withNames(sentence: string, refusal: object): string {
    const entry = 'entry' in refusal ? (refusal.entry as EntryId) : undefined;
    const person = entry === undefined ? undefined : this.personOf.get(entry);
    return person === undefined ? sentence : `${sentence} (${person.name})`;
  }

  get neutral(): PartyId | undefined {
    return this.terms.neutrals[0];
  }

  get host(): PartyId {
    const host = [...this.parties].find(([, { kind }]) => kind === 'host');
    return host === undefined ? ('H' as PartyId) : host[0];
  }

  /** Everybody who acts for a party. */
  officials(party: PartyId): readonly Official[] {
    const kind = this.parties.get(party)?.kind;
    return kind === undefined ? [] : officialsOf(party, kind);
  }

  leg(id: LegId): Leg {
    const leg = this.terms.legs.find((one) => one.id === id) ?? this.#otherLegs.get(id);
    if (leg === undefined) {
      throw new Error(`There is no leg ${id}.`);
    }
    return leg;
  }

  entry(id: EntryId): Entry | undefined {
    return findIn(this.state.entries, id);
  }

  /** The live tranches, by number. */
  liveTranches(): readonly Tranche[] {
    return [...valuesOf(this.state.tranches)]
      .filter(({ status }) => status === 'live')
      .sort((a, b) => a.number - b.number);
  }

  /** Every tranche that was not withdrawn, by number. */
  liveAndEnded(): readonly Tranche[] {
    return [...valuesOf(this.state.tranches)]
      .filter(({ status }) => status !== 'withdrawn')
      .sort((a, b) => a.number - b.number);
  }

  /** The tranche of a number: the one that stands, or else the last that had it. */
  trancheOf(number: number): Tranche | undefined {
    const all = [...valuesOf(this.state.tranches)].filter((one) => one.number === number);
    return all.find(({ status }) => status === 'live' || status === 'certified') ?? all.at(-1);
  }

  movement(tranche: Tranche, leg: LegId): Movement | undefined {
    return findIn(tranche.movements, leg);
  }

  /** Persons of a leg in a tranche who are with the giver and on no manifest. */
  waiting(tranche: Tranche, leg: LegId): readonly EntryId[] {
    const persons = Object.hasOwn(tranche.persons, leg) ? (tranche.persons[leg] ?? []) : [];
    return persons.filter((id) => {
      const entry = this.entry(id);
      return (
        entry?.tranche === tranche.id &&
        entry.leg === leg &&
        entry.step === undefined &&
        standing.has(entry.whereabouts) &&
        !entry.struck
      );
    });
  }

  /** Steps of a leg in the order in which they were drawn up, over all tranches. */
  steps(leg: LegId): readonly { readonly tranche: Tranche; readonly step: Step }[] {
    return [...valuesOf(this.state.tranches)]
      .sort((a, b) => a.number - b.number)
      .flatMap((tranche) => {
        const movement = this.movement(tranche, leg);
        const steps = movement === undefined ? [] : [...valuesOf(movement.steps)];
        return steps.sort((a, b) => a.step - b.step).map((step) => ({ tranche, step }));
      });
  }

  /** Persons who could be proposed for a leg now, or the first `most` of them. */
  available(leg: LegId, most = Infinity): readonly Person[] {
    const form = this.leg(leg);
    const free: Person[] = [];
    for (const group of this.groups.values()) {
      // On a way on from custody goes whoever came there, by whichever leg.
      for (const person of group.leg === leg || form.starts === 'custody' ? group.persons : []) {
        const entry = this.entry(person.entry);
        // Most have gone in a long exchange: they are passed over without asking the rules.
        const isThere =
          form.starts === 'custody' ? entry?.custodian === form.from : entry?.whereabouts === 'held';
        if (!isThere) {
          continue;
        }
        const isWayHome = form.starts !== 'custody' || homeOf(this.leg(person.leg)) === homeOf(form);
        if (isWayHome && refusePerson(this.state, person.entry, form, noTranche) === undefined) {
          free.push(person);
          if (free.length >= most) {
            return free;
          }
        }
      }
    }
    return free;
  }

  /**
   * The persons whom a happening means, among those it can be: so many of them, so many of a group, or certain
   * numbers of a group, who are taken as named, whether or not the rules will have it.
   */
  *pick(wanted: ManyPersons, among: readonly Person[], what: string): Steps<readonly Person[]> {
    const left = new Set(among);
    const picked: Person[] = [];
    const all: readonly Persons[] = Array.isArray(wanted)
      ? (wanted as readonly Persons[])
      : [wanted as Persons];
    for (const one of all) {
      const { of, numbers, category, count } = typeof one === 'number' ? { count: one } : withAll(one);
      if (numbers !== undefined) {
        const group = this.groups.get(of ?? '');
        for (const number of numbers) {
          const person = group?.persons[number - 1];
          if (person === undefined) {
            return yield* fail(
              `There is no ${of ?? ''}/${number}: the group has ${group?.persons.length ?? 0} persons.`,
            );
          }
          picked.push(person);
          left.delete(person);
        }
        continue;
      }
      const fit = [...left].filter(
        (person) =>
          (of === undefined || person.group === of) &&
          (category === undefined || person.category === category),
      );
      if (count !== undefined && fit.length < count) {
        const whose = [of, category].filter((word) => word !== undefined).join(', ');
        return yield* fail(
          `${count} persons ${what}${whose === '' ? '' : ` (${whose})`} are wanted, and there ${fit.length === 1 ? 'is 1' : `are ${fit.length}`}.`,
        );
      }
      for (const person of count === undefined ? fit : fit.slice(0, count)) {
        picked.push(person);
        left.delete(person);
      }
    }
    return picked;
  }

  /** Persons of entries, in their order. */
  personsOf(entries: readonly EntryId[]): readonly Person[] {
    return entries.flatMap((entry) => this.personOf.get(entry) ?? []);
  }
}

interface Picked {
  readonly of?: string | undefined;
  readonly numbers?: readonly number[] | undefined;
  readonly category?: string | undefined;
  readonly count?: number | undefined;
}

const withAll = (one: Exclude<Persons, number>): Picked => one;

/** `A-B 1–230, 232`, by group. */
export function personsToText(persons: readonly Person[]): string {
  const groups = new Map<string, number[]>();
  for (const { group, number } of persons) {
    const numbers = groups.get(group);
    if (numbers === undefined) {
      groups.set(group, [number]);
    } else {
      numbers.push(number);
    }
  }
  return [...groups].map(([group, numbers]) => `${group}/${numbersToText(numbers)}`).join('; ');
}
