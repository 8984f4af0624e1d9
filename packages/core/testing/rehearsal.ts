/**
 * An exchange played without a node: persons who act, acts that are decided and evolved, everybody made up.
 *
 * Why     Scenarios and properties need whole exchanges in a few lines. Keys here sign nothing; ids and nonces come
 *         from a counter, so a rehearsal with the same steps has the same acts, the same hashes and the same state.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { encodeBase64, formatVerifierKey, toVerifierKey } from '@homeward/tlog';
import type { Act, ActKind, Bodies } from '../src/exchange/acts.ts';
import type { EntryOpening, Founder, ListKind, Role, StepRef } from '../src/exchange/act/vocabulary.ts';
import { personsPerActMax } from '../src/exchange/act/vocabulary.ts';
import { termsHash } from '../src/exchange/rules/agreement.ts';
import { decide, evolve } from '../src/exchange/decide.ts';
import type { Decision } from '../src/exchange/decide.ts';
import { actIdOf, encodeAct } from '../src/exchange/envelope.ts';
import type {
  ActId,
  ActorId,
  Base64Hash,
  CrossingId,
  EntryId,
  ExchangeId,
  KeyFingerprint,
  LegId,
  ListId,
  PartyId,
  PayloadHash,
  TrancheId,
} from '../src/exchange/act/ids.ts';
import { expectedLists, listRoot } from '../src/exchange/rules/lists.ts';
import { findIn, getFrom } from '../src/exchange/state/persistent-map.ts';
import { toSentence } from '../src/exchange/rules/refusal.ts';
import { initial } from '../src/exchange/state/state.ts';
import type { Exchange } from '../src/exchange/state/state.ts';
import type { Lane } from '../src/exchange/act/vocabulary.ts';
import type { Leg, Terms } from '../src/exchange/act/terms.ts';
import { fingerprintOf } from '../src/exchange/rules/who.ts';
import { powersOfTerms, homeOf, powersOfLeg, neutralsOf } from '../src/exchange/act/terms.ts';
import { type Category } from '../src/exchange/act/ids.ts';

/** One key of one made-up person. */
export interface Player {
  readonly party: PartyId;
  readonly actor: ActorId;
  readonly role: Role;
  readonly key: KeyFingerprint;
  readonly publicKey: Base64Hash;
}

const digest = (text: string): Uint8Array => sha256(utf8ToBytes(text));

/** The top bits are cleared so that the bytes are a canonical field element, as an enrolled key has to be. */
function madeUpKey(words: string): Uint8Array {
  const raw = digest(words);
  raw[31] = raw[31]! & 0x3f;
  return raw;
}

const someRoot = encodeBase64(digest('root')) as Base64Hash;

const ids = new Map<string, string>();

/** A made-up id: the same words, the same id. */
export function madeUpId(words: string): string {
  const known = ids.get(words);
  if (known !== undefined) return known;
  const id = encodeBase64(digest(words)).slice(0, 22).replaceAll('+', '-').replaceAll('/', '_');
  ids.set(words, id);
  return id;
}
export const madeUpHash = (words: string): PayloadHash => bytesToHex(digest(words)) as PayloadHash;

const players = new Map<string, Player>();

/** The player `name` of a party in a role; the same name is the same human in every role. */
export function player(party: string, role: Role, name: string = role): Player {
  const words = `key ${party} ${role} ${name}`;
  const known = players.get(words);
  if (known !== undefined) return known;
  const publicKey = encodeBase64(madeUpKey(words)) as Base64Hash;
  const made: Player = {
    party: party as PartyId,
    actor: madeUpId(`actor ${party} ${name}`) as ActorId,
    role,
    key: fingerprintOf(publicKey),
    publicKey,
  };
  players.set(words, made);
  return made;
}

/** The verifier key of a party's made-up node. */
export function witnessOf(party: string): string {
  const publicKey = madeUpKey(`witness ${party}`);
  return formatVerifierKey(
    toVerifierKey({ name: `${party.toLowerCase()}.example`, type: 'cosignature', publicKey }),
  );
}

const toFounder = ({ actor, role, key }: Player): Founder => ({ actor, role, key });

/** The state after an act, or the refusal that kept it out. */
export interface Attempt {
  readonly decision: Decision;
  readonly act: Act;
  readonly id: ActId;
}

/** Persons on the giver's held list for one leg. */
export interface HeldPersons {
  readonly leg: LegId;
  readonly persons: number;
  /** What the nth person is recorded as; a soldier unless said. */
  readonly categoryOf?: (n: number) => Category;
  /** Also on the sought list of their home, and matched with it. */
  readonly matched?: boolean;
}

export const powerRoles: readonly Role[] = ['coordinator', 'approver', 'officer', 'medic'];
export const neutralRoles: readonly Role[] = ['observer', 'officer', 'medic', 'guarantor', 'commissioner'];
export const stateRoles: readonly Role[] = ['coordinator', 'officer', 'medic'];
export const mediatorRoles: readonly Role[] = ['mediator'];

export class Rehearsal {
  state: Exchange = initial;
  acts: { readonly act: Act; readonly id: ActId }[] = [];
  exchange: ExchangeId;
  readonly host: Player = player('HOST', 'mediator');
  /** How an act gets its id. Thousands of random sequences may number them instead of hashing. */
  idOf: (act: Act, count: number) => ActId = (act) => actIdOf(encodeAct(act));
  #count = 0;

  constructor(title = 'rehearsal') {
    this.exchange = madeUpId(`exchange ${title}`) as ExchangeId;
  }

  /** Another rehearsal that goes on from here; this one stays as it is. */
  fork(): Rehearsal {
    const other = new Rehearsal();
    other.exchange = this.exchange;
    other.state = this.state;
    other.acts = [...this.acts];
    other.#count = this.#count;
    other.idOf = this.idOf;
    return other;
  }

  draft<K extends ActKind>(by: Player, kind: K, body: Bodies[K]): { readonly act: Act; readonly id: ActId } {
    this.#count += 1;
    const act = {
      exchange: this.exchange,
      kind,
      body,
      by: by.key,
      role: by.role,
      after: { size: this.acts.length, root: someRoot },
      nonce: `nonce-${String(this.#count).padStart(18, '0')}`,
      at: '2025-05-23T06:30:00.000Z',
    } as unknown as Act;
    return { act, id: this.idOf(act, this.#count) };
  }

  /** Offers an act; the state moves on only if it is accepted. */
  offer(draft: { readonly act: Act; readonly id: ActId }): Attempt {
    const decision = decide(this.state, draft.act, draft.id);
    if (decision.kind === 'accepted') {
      this.state = evolve(this.state, draft.act, draft.id);
      this.acts.push(draft);
    }
    return { decision, ...draft };
  }

  attempt<K extends ActKind>(by: Player, kind: K, body: Bodies[K]): Attempt {
    return this.offer(this.draft(by, kind, body));
  }

  /** An act that has to be accepted. */
  play<K extends ActKind>(by: Player, kind: K, body: Bodies[K]): ActId {
    const { decision, id } = this.attempt(by, kind, body);
    if (decision.kind === 'refused') {
      throw new Error(`${kind} was refused: ${decision.refusal.kind}. ${toSentence(decision.refusal)}`);
    }
    return id;
  }

  /** Opens the exchange and lets everybody in, each founder with an enrolled key. */
  open(
    powers: readonly string[],
    neutrals: readonly string[],
    others: { readonly state?: readonly string[]; readonly mediator?: readonly string[] } = {},
  ): void {
    const { host } = this;
    this.play(host, 'ExchangeOpened', {
      title: 'Rehearsal',
      label: 'The host',
      host: host.party,
      publicKey: host.publicKey,
      founders: [toFounder(host)],
    });
    const everybody = [
      ...powers.map((party) => ({ party, kind: 'power' as const, roles: powerRoles })),
      ...neutrals.map((party) => ({ party, kind: 'neutral' as const, roles: neutralRoles })),
      ...(others.state ?? []).map((party) => ({ party, kind: 'state' as const, roles: stateRoles })),
      ...(others.mediator ?? []).map((party) => ({ party, kind: 'mediator' as const, roles: mediatorRoles })),
    ];
    for (const { party, kind, roles } of everybody) {
      const founders = roles.map((role) => player(party, role));
      this.play(host, 'PartyAccredited', {
        party: party as PartyId,
        kind,
        label: `Party ${party}`,
        founders: founders.map(toFounder),
        witness: witnessOf(party),
      });
      for (const founder of founders) this.play(founder, 'KeyEnrolled', { publicKey: founder.publicKey });
    }
  }

  /** Terms proposed by the host and accepted by two persons of every power they name. */
  agree(terms: Terms): void {
    this.play(this.host, 'TermsProposed', { terms });
    this.accept(terms);
  }

  accept(terms: Terms): void {
    // Also of those whom the terms bind that these replace.
    const former = this.state.terms === undefined ? [] : powersOfTerms(this.state.terms.terms);
    for (const party of new Set([...powersOfTerms(terms), ...former])) {
      for (const role of ['coordinator', 'approver'] as const) {
        this.play(player(party, role), 'TermsAccepted', { terms: termsHash(terms) });
      }
    }
  }

  /** An id for another tranche. */
  newTranche(): TrancheId {
    this.#count += 1;
    return madeUpId(`new tranche ${this.#count}`) as TrancheId;
  }

  listId(party: PartyId, kind: ListKind): ListId {
    return madeUpId(`list ${party} ${kind}`) as ListId;
  }

  /** Seals every list that the terms expect, opens them, and has the other side acknowledge who is held. */
  list(terms: Terms, held: readonly HeldPersons[]): void {
    const openings = new Map<string, readonly EntryOpening[]>();
    const expected = expectedLists(terms);
    for (const { party, list: kind } of expected) {
      const persons = held.flatMap((one) => {
        const leg = legOf(terms, one.leg);
        if (kind === 'held' && leg.from === party) return madeUpOpenings(terms, one, personsOf);
        const isHome = homeOf(leg) === party;
        return kind === 'sought' && isHome && one.matched === true
          ? madeUpOpenings(terms, one, soughtOf)
          : [];
      });
      openings.set(`${party} ${kind}`, persons);
      this.play(player(party, 'coordinator'), 'ListSealed', {
        list: this.listId(party, kind),
        kind,
        root: listRoot(persons),
        count: persons.length,
        records: madeUpHash(`records ${party} ${kind}`),
        escrow: madeUpHash(`escrow ${party} ${kind}`),
      });
    }
    for (const { party, list: kind } of expected) {
      const parts = inParts(openings.get(`${party} ${kind}`) ?? []);
      parts.forEach((entries, index) =>
        this.play(player(party, 'coordinator'), 'ListOpened', {
          list: this.listId(party, kind),
          part: index + 1,
          parts: parts.length,
          entries,
          reveal: madeUpHash(`reveal ${party} ${kind}`),
        }),
      );
    }
    for (const { leg: id, persons, matched } of held) {
      const leg = legOf(terms, id);
      const ids = personsOf(id, persons);
      const twins = matched === true ? soughtOf(id, persons) : [];
      const judged = ids.map((entry, i) => ({
        entry,
        verdict: 'acknowledged' as const,
        ...(twins[i] === undefined ? {} : { counterpart: twins[i] }),
      }));
      const home = homeOf(leg);
      if (home === undefined) continue;
      const judge = player(home, 'coordinator');
      for (const part of inParts(judged)) this.play(judge, 'EntryJudged', { judgements: part });
      for (const part of inParts(twins)) {
        if (part.length === 0) continue;
        this.play(player(leg.from, 'coordinator'), 'EntryJudged', {
          judgements: part.map((entry) => ({ entry, verdict: 'acknowledged' })),
        });
      }
    }
  }

  /** The neutral clears everybody. */
  askAndExamine(neutral: string, _giver: string, persons: readonly EntryId[]): void {
    for (const part of inParts(persons)) {
      if (part.length === 0) continue;
      this.play(player(neutral, 'observer'), 'ClearanceRecorded', {
        stage: 'before-listing',
        persons: part.map((entry) => ({ entry, cleared: true })),
      });
    }
  }

  /** A tranche proposed, approved by two persons of every power it touches, and scheduled. */
  prepare(
    terms: Terms,
    number: number,
    persons: Readonly<Record<string, readonly EntryId[]>>,
    crossing = 'C1',
  ): TrancheId {
    const tranche = madeUpId(`tranche ${number} ${this.#count}`) as TrancheId;
    const legs = Object.keys(persons) as LegId[];
    const parties = new Set(legs.flatMap((id) => powersOfLeg(legOf(terms, id))));
    const proposer = player(legOf(terms, legs[0]!).from, 'coordinator');
    this.play(proposer, 'TrancheProposed', { tranche, number, persons });
    const { hash } = getFrom(this.state.tranches, tranche);
    for (const party of parties) {
      for (const role of ['coordinator', 'approver'] as const) {
        this.play(player(party, role), 'TrancheApproved', { tranche, hash });
      }
    }
    this.schedule(terms, tranche, legs, crossing);
    return tranche;
  }

  /** The route, its notice and its acknowledgement, for each leg of a tranche. */
  schedule(terms: Terms, tranche: TrancheId, legs: readonly LegId[], crossing = 'C1'): void {
    const window = { opens: '2025-05-23T06:00:00.000Z', closes: '2025-05-23T18:00:00.000Z' };
    this.play(this.host, 'TrancheScheduled', {
      tranche,
      hash: getFrom(this.state.tranches, tranche).hash,
      routes: legs.map((leg) => ({ leg, crossing: crossing as CrossingId, ...window })),
    });
    for (const id of legs) {
      const leg = legOf(terms, id);
      const notice = this.play(player(leg.from, 'officer'), 'MovementNotified', {
        tranche,
        leg: id,
        crossing: crossing as CrossingId,
        carrier: 'road',
        vehicles: 1,
        ...window,
        airspaceNeeded: false,
        route: madeUpHash('route'),
      });
      this.play(player(receiverOf(terms, leg), 'officer'), 'MovementAcknowledged', { notice });
    }
  }

  /** A step brought to the line: manifest, counts, departure, and the last question. `stepBack` say no there. */
  bringToLine(
    terms: Terms,
    ref: StepRef,
    persons: readonly EntryId[],
    neutral: string,
    stepBack: readonly EntryId[] = [],
  ): void {
    const officer = player(legOf(terms, ref.leg).from, 'officer');
    const observer = player(neutral, 'observer');
    this.play(officer, 'ManifestIssued', { ...ref, vehicle: `bus ${ref.step}`, persons });
    this.play(officer, 'Departed', ref);
    const count = persons.length - stepBack.length;
    const counted = (): void => {
      for (const counter of [officer, observer]) {
        this.play(counter, 'HeadCounted', { ...ref, place: 'departure', count });
      }
    };
    if (legOf(terms, ref.leg).lane === 'remains') {
      counted();
      return;
    }
    this.play(observer, 'ClearanceRecorded', {
      stage: 'at-line',
      persons: persons.map((entry) => ({ entry, cleared: !stepBack.includes(entry) })),
    });
    for (const person of stepBack) {
      this.play(observer, 'PersonStayed', { ...ref, person, outcome: 'stays' });
    }
    // Heads are counted when it is known who goes.
    counted();
  }

  /** A step that is at the line crosses, is received, counted and known by face. */
  cross(terms: Terms, ref: StepRef, neutral: string): void {
    this.play(player(legOf(terms, ref.leg).from, 'officer'), 'StepReleased', ref);
    this.receive(terms, ref, neutral);
  }

  receive(terms: Terms, ref: StepRef, neutral: string): void {
    const receiver = player(receiverOf(terms, legOf(terms, ref.leg)), 'officer');
    const { persons } = this.step(ref);
    this.play(receiver, 'StepReceived', { ...ref, count: persons.length });
    this.play(player(neutral, 'observer'), 'HeadCounted', {
      ...ref,
      place: 'arrival',
      count: persons.length,
    });
    this.play(receiver, 'IdentityConfirmed', { ...ref, persons });
  }

  /** Both sides confirm the return of everybody received in a step. */
  confirm(terms: Terms, ref: StepRef): void {
    const leg = legOf(terms, ref.leg);
    const { persons } = this.step(ref);
    if (persons.length === 0) return;
    for (const party of [leg.from, receiverOf(terms, leg)]) {
      this.play(player(party, 'officer'), 'ReturnConfirmed', { tranche: ref.tranche, leg: ref.leg, persons });
    }
  }

  step(ref: StepRef): { readonly persons: readonly EntryId[]; readonly closed: boolean } {
    const movement = findIn(getFrom(this.state.tranches, ref.tranche).movements, ref.leg);
    const step = movement === undefined ? undefined : findIn(movement.steps, String(ref.step));
    if (step === undefined) throw new Error('The rehearsal names a step that is not there.');
    return step;
  }

  /** A whole tranche, its legs in step, `sizes[leg]` persons at a time; `stepBack` say no at the line. */
  carry(
    terms: Terms,
    tranche: TrancheId,
    sizes: Readonly<Record<string, number>>,
    neutral: string,
    stepBack: readonly EntryId[] = [],
  ): void {
    const { persons } = getFrom(this.state.tranches, tranche);
    const queues = Object.entries(persons).map(([leg, ids]) => ({ leg: leg as LegId, ids: [...ids] }));
    for (let step = 1; queues.some(({ ids }) => ids.length > 0); step += 1) {
      const moving = queues
        .filter(({ ids }) => ids.length > 0)
        .map(({ leg, ids }) => ({ ref: { tranche, leg, step }, group: ids.splice(0, sizes[leg] ?? 50) }));
      for (const { ref, group } of moving) {
        this.bringToLine(
          terms,
          ref,
          group,
          neutral,
          group.filter((id) => stepBack.includes(id)),
        );
      }
      const crossing = moving.filter(({ ref }) => this.step(ref).persons.length > 0);
      for (const { ref } of crossing)
        this.play(player(legOf(terms, ref.leg).from, 'officer'), 'StepReleased', ref);
      for (const { ref } of crossing) this.receive(terms, ref, neutral);
      for (const { ref } of crossing) this.confirm(terms, ref);
    }
  }

  certify(tranche: TrancheId, neutral: string): void {
    const returned: Record<string, number> = {};
    const { persons, movements } = getFrom(this.state.tranches, tranche);
    for (const leg of Object.keys(persons)) returned[leg] = findIn(movements, leg as LegId)?.returned ?? 0;
    this.play(player(neutral, 'observer'), 'TrancheCertified', { tranche, returned });
  }

  complete(terms: Terms): void {
    const returned: Record<string, number> = {};
    for (const leg of terms.legs) returned[leg.id] = getFrom(this.state.legs, leg.id).returned;
    this.play(this.host, 'ExchangeCompleted', { returned });
  }
}

/** The party whose officer receives the persons of a leg; a neutral sees them set free. */
export function receiverOf(terms: Terms, leg: Leg): PartyId {
  return leg.to ?? neutralsOf(terms)[0]!;
}

export function legOf(terms: Terms, id: LegId): Leg {
  const leg = terms.legs.find((one) => one.id === id);
  if (leg === undefined) throw new Error('The rehearsal names a leg that is not there.');
  return leg;
}

/** The first `persons` made-up persons of a leg. */
export function personsOf(leg: string, persons: number, from = 0): readonly EntryId[] {
  return Array.from({ length: persons }, (_, i) => madeUpId(`entry ${leg} ${from + i}`) as EntryId);
}

/** The entries that the first `persons` made-up persons of a leg have on the sought list of their home. */
export function soughtOf(leg: string, persons: number, from = 0): readonly EntryId[] {
  return personsOf(`sought ${leg}`, persons, from);
}

function madeUpOpenings(
  terms: Terms,
  { leg, persons, categoryOf }: HeldPersons,
  idsOf: typeof personsOf,
): readonly EntryOpening[] {
  const lane: Lane = legOf(terms, leg).lane;
  return idsOf(leg, persons).map((entry, n) => ({
    entry,
    commitment: encodeBase64(digest(`commitment ${entry}`)) as Base64Hash,
    category: categoryOf?.(n) ?? 'military',
    lane,
  }));
}

/** As many as one act may name, at a time; nobody at all is still one part. */
export function inParts<T>(all: readonly T[], most: number = personsPerActMax): readonly (readonly T[])[] {
  const parts: (readonly T[])[] = [];
  for (let i = 0; i === 0 || i < all.length; i += most) parts.push(all.slice(i, i + most));
  return parts;
}

/** Terms with everything that a rehearsal does not care about filled in. */
export function madeUpTerms(terms: Partial<Terms> & Pick<Terms, 'legs'>): Terms {
  return {
    parity: [],
    couplings: [],
    gates: [],
    crossings: [{ id: 'C1' as CrossingId, label: 'First crossing', capacity: 1000 }],
    tranches: [],
    order: ['days in captivity'],
    verdictDays: 14,
    commentRoundsMax: 2,
    approvalsPerPower: 2,
    neutrals: ['N' as PartyId],
    categories: ['military', 'civilian', 'retained-personnel'].map((code) => ({
      code,
      labels: { en: code },
      definition: `Recorded as ${code}.`,
    })),
    ...terms,
  };
}

/** A table by legs, from their plain names. */
export function byLeg<V>(table: Readonly<Record<string, V>>): Readonly<Record<LegId, V>> {
  return table;
}
