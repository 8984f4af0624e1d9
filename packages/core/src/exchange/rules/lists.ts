/**
 * Lists: sealed by every power before any opens, opened in parts against the sealed root and count, then answered
 * entry by entry. The reveal keys lie with a neutral, who opens what its owner will not: once one list is open,
 * nobody can look and walk away, not even by suspending, cancelling or completing the exchange.
 */
import { appendLeaf, emptyFrontier, encodeBase64, frontierRoot, leafHash } from '@homeward/tlog';
import type { Frontier } from '@homeward/tlog';
import { canonicalBytes, contentHash } from '../act/canonical.ts';
import type { ActId, Base64Hash, EntryId, ListId, PartyId } from '../act/ids.ts';
import { withOnePerson } from './leaving.ts';
import { findIn, getFrom, isIn, setIn, valuesOf } from '../state/persistent-map.ts';
import type { PersistentMap } from '../state/persistent-map.ts';
import type { Refusal } from './refusal.ts';
import { distinctActors, hasSigned, refuseOthers, toSignature } from './rule.ts';
import type { Signer } from './rule.ts';
import type { Entry, Exchange, List } from '../state/state.ts';
import type { Terms } from '../act/terms.ts';
import { withoutPerson } from './void.ts';
import type { Said } from '../act/act.ts';
import {
  actId,
  base64Hash,
  entryId,
  listId,
  listKind,
  opening,
  ordinal,
  payloadId,
  personsPerActMax,
  someCount,
  verdict,
  type EntryOpening,
  type ListKind,
} from '../act/vocabulary.ts';
import { listOf, members, optional, type Of } from '../../json/shape.ts';
import { row } from './rule.ts';
import { homeOf, powersOfTerms } from '../act/terms.ts';
import { neutralsInForce, powersInForce } from './parties.ts';

const listOpening = members({
  list: listId,
  /** Which part of how many, 1-based; the root is checked when the last part arrives. */ part: ordinal,
  parts: ordinal,
  entries: listOf(opening, 0, personsPerActMax),
  /** The key to the list's sealed records, sealed to those the records are addressed to. */ reveal:
    payloadId,
});

/** The lists that the terms expect: who gives brings a held and a withheld list, whose persons come a sought one. */
export function expectedLists(terms: Terms): readonly { readonly party: PartyId; readonly list: ListKind }[] {
  return powersOfTerms(terms).flatMap((party) => {
    const gives = terms.legs.some((leg) => leg.from === party && leg.starts === undefined);
    const seeks = terms.legs.some((leg) => homeOf(leg) === party);
    return [
      ...(seeks ? [{ party, list: 'sought' as const }] : []),
      ...(gives
        ? [
            { party, list: 'held' as const },
            { party, list: 'withheld' as const },
          ]
        : []),
    ];
  });
}

/**
 * The tree over a list's entries. The whole opening is a leaf, so that neither lane nor category can change later.
 */
function extend(frontier: Frontier, openings: readonly EntryOpening[]): Frontier {
  return openings.reduce((grown, opening) => appendLeaf(grown, leafHash(canonicalBytes(opening))), frontier);
}

const rootOf = (frontier: Frontier): Base64Hash => encodeBase64(frontierRoot(frontier)) as Base64Hash;

/**
 * The root that seals a list: RFC 6962 over the canonical bytes of its openings, in the order they will be opened.
 */
export function listRoot(openings: readonly EntryOpening[]): Base64Hash {
  return rootOf(extend(emptyFrontier, openings));
}

export const isOpen = (list: List): boolean =>
  list.opened.parts > 0 && list.opened.part === list.opened.parts;

export function findList(state: Exchange, party: PartyId, kind: ListKind): List | undefined {
  for (const list of valuesOf(state.lists)) if (list.party === party && list.kind === kind) return list;
  return undefined;
}

const anyOpening = (state: Exchange): boolean => {
  for (const list of valuesOf(state.lists)) if (list.opened.part > 0) return true;
  return false;
};

export function newEntry(
  opening: EntryOpening,
  at: { readonly list: ListId | undefined; readonly owner: PartyId; readonly kind: Entry['kind'] },
): Entry {
  return {
    id: opening.entry,
    ...at,
    category: opening.category,
    lane: opening.lane,
    commitment: opening.commitment,
    verdict: undefined,
    verdicts: [],
    counterpart: undefined,
    remains: [],
    identifiedAs: [],
    struck: false,
    clearances: [],
    cleared: undefined,
    clearedAtLine: undefined,
    commission: undefined,
    identity: 'unchecked',
    whereabouts: 'held',
    rejectedBy: undefined,
    custodian: undefined,
    tranche: undefined,
    leg: undefined,
    step: undefined,
    confirmedByGiver: false,
    confirmedByReceiver: false,
    notGoing: undefined,
    rounds: 0,
    commentOpen: false,
  };
}

function refuseOpeningOfList(
  state: Exchange,
  { body }: Said<Of<typeof listOpening>>,
  signer: Signer,
): Refusal | undefined {
  const list = findIn(state.lists, body.list);
  if (list === undefined || state.terms === undefined) return { kind: 'Unknown', what: 'list' };
  const opening = anyOpening(state);
  const { status } = state;
  if (!opening && (status === 'cancelled' || status === 'completed')) return { kind: 'Ended', status };
  if (!opening && state.suspensions.length > 0) {
    return { kind: 'Suspended', by: state.suspensions.map((suspension) => suspension.party) };
  }
  if (signer.party.id !== list.party) {
    const escrow = refuseOthers(signer, list.party, ...neutralsInForce(state));
    if (escrow !== undefined) return escrow;
    if (!opening) return { kind: 'EscrowNotDue' };
  }
  // Once one has begun to open, all that were expected were sealed: other terms since keep none of them shut.
  const expected = opening ? [] : expectedLists(state.terms.terms);
  const missing = expected.filter((expected) => findList(state, expected.party, expected.list) === undefined);
  if (missing.length > 0) return { kind: 'ListsUnsealed', missing };
  if (isOpen(list)) return { kind: 'ListOpen' };
  const parts = list.opened.parts === 0 ? body.parts : list.opened.parts;
  if (body.part !== list.opened.part + 1 || body.parts !== parts) {
    return { kind: 'PartOutOfOrder', next: list.opened.part + 1, parts };
  }
  const seen = new Set<EntryId>();
  for (const { entry } of body.entries) {
    if (seen.has(entry) || isIn(state.entries, entry)) return { kind: 'EntryRepeated' };
    seen.add(entry);
  }
  const entries = list.opened.entries + body.entries.length;
  if (entries > list.count) return { kind: 'CountDiffers', sealed: list.count, opened: entries };
  const left = list.count - entries;
  if (body.part < parts) {
    // Whoever ends the opening can: it does not depend on how whoever began it has cut the list.
    const fits = left >= parts - body.part && left <= (parts - body.part) * personsPerActMax;
    return fits ? undefined : { kind: 'PartsUnfit', left, parts: parts - body.part, most: personsPerActMax };
  }
  if (entries !== list.count) return { kind: 'CountDiffers', sealed: list.count, opened: entries };
  const root = rootOf(extend(list.frontier, body.entries));
  return root === list.root ? undefined : { kind: 'RootDiffers' };
}

function evolveOpeningOfList(state: Exchange, { body }: Said<Of<typeof listOpening>>): Exchange {
  const list = getFrom(state.lists, body.list);
  let entries: PersistentMap<EntryId, Entry> = state.entries;
  for (const opening of body.entries) {
    const entry = newEntry(opening, { list: list.id, owner: list.party, kind: list.kind });
    entries = setIn(entries, entry.id, entry);
  }
  const lists = setIn(state.lists, list.id, {
    ...list,
    opened: { part: body.part, parts: body.parts, entries: list.opened.entries + body.entries.length },
    frontier: extend(list.frontier, body.entries),
  });
  return { ...state, entries, lists };
}

/** An entry on a list that is open in full and has not been struck. */
export function refuseEntry(state: Exchange, id: EntryId): Refusal | undefined {
  const entry = findIn(state.entries, id);
  if (entry === undefined) return { kind: 'Unknown', what: 'entry' };
  if (entry.struck) return { kind: 'EntryStruck', entry: id };
  if (entry.list !== undefined && !isOpen(getFrom(state.lists, entry.list))) return { kind: 'ListNotOpen' };
  return undefined;
}

/** On the way, gone, or named by a live tranche. */
function isChosen(state: Exchange, { whereabouts, tranche }: Entry): boolean {
  const live = tranche !== undefined && getFrom(state.tranches, tranche).status === 'live';
  return live || whereabouts !== 'held';
}

const judgement = members({
  entry: entryId,
  verdict,
  /** The judging side's own entry for the same person. */
  counterpart: optional(entryId),
  reason: optional(payloadId),
});
type Judgement = Of<typeof judgement>;

/** How often each word stands among these. */
function tally(words: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

function refuseJudgement(state: Exchange, judgement: Judgement, signer: Signer): Refusal | undefined {
  const refused = refuseEntry(state, judgement.entry);
  if (refused !== undefined) return refused;
  const entry = getFrom(state.entries, judgement.entry);
  if (entry.owner === signer.party.id) return { kind: 'OwnEntry', entry: entry.id };
  const others = refuseOthers(signer, ...powersInForce(state));
  if (others !== undefined) return others;
  if (entry.whereabouts !== 'held') {
    return { kind: 'PersonMoving', entry: entry.id, whereabouts: entry.whereabouts };
  }
  if (judgement.counterpart === undefined) return undefined;
  const counterpart = findIn(state.entries, judgement.counterpart);
  const fits =
    counterpart !== undefined &&
    counterpart.owner === signer.party.id &&
    !counterpart.struck &&
    (counterpart.list === undefined || isOpen(getFrom(state.lists, counterpart.list))) &&
    (counterpart.counterpart ?? entry.id) === entry.id &&
    (entry.counterpart ?? counterpart.id) === counterpart.id &&
    // Two entries of persons on their way, or one person chosen twice, cannot be found out by matching them.
    (!isChosen(state, counterpart) || !isChosen(state, entry));
  const linked = entry.counterpart === judgement.counterpart;
  return fits || linked ? undefined : { kind: 'CounterpartUnfit', entry: entry.id };
}

/** Who did not recognise a person settles who they are; a third power's word does not. */
function settlesIdentity(state: Exchange, { identity, rejectedBy }: Entry, by: PartyId): boolean {
  if (identity !== 'rejected' || rejectedBy === undefined) return true;
  return by === rejectedBy || !powersInForce(state).includes(rejectedBy);
}

function withJudgement(state: Exchange, judgement: Judgement, signer: Signer, act: ActId): Exchange {
  const by = signer.party.id;
  const before = getFrom(state.entries, judgement.entry);
  const verdict = { verdict: judgement.verdict, by };
  const acknowledged = judgement.verdict === 'acknowledged';
  let { entries } = state;
  let counterpart = judgement.counterpart ?? before.counterpart;
  // Who matched two entries may part them by another answer; not once the person is chosen or gone by one of them,
  // who could then go again by the other.
  if (!acknowledged && counterpart !== undefined && judgement.counterpart === undefined) {
    const twin = getFrom(entries, counterpart);
    if (twin.owner === by && !isChosen(state, twin) && !isChosen(state, before)) {
      entries = setIn(entries, twin.id, { ...twin, counterpart: undefined });
      counterpart = undefined;
    }
  }
  entries = setIn(entries, before.id, {
    ...before,
    verdict,
    verdicts: [...before.verdicts.filter((one) => one.by !== by), verdict],
    counterpart,
    // A fresh acknowledgement after a rejection at the line is a new judgement of who it is.
    identity: acknowledged && settlesIdentity(state, before, by) ? 'unchecked' : before.identity,
  });
  if (counterpart !== undefined) {
    entries = setIn(entries, counterpart, { ...getFrom(entries, counterpart), counterpart: before.id });
  }
  const next = withOnePerson({ ...state, entries }, before.id);
  const twinLeg = counterpart === undefined ? undefined : getFrom(entries, counterpart).leg;
  const concerned = state.terms?.terms.legs.some(
    (leg) => [before.leg, twinLeg].includes(leg.id) && [leg.from, leg.to, leg.origin].includes(by),
  );
  return acknowledged || concerned !== true ? next : withoutPerson(next, before.id, act);
}

/** How the signatures under a late entry stand: who brings it, and the other power that has agreed, if one has. */
function additionAgreed(
  state: Exchange,
  owner: PartyId,
  signatures: Parameters<typeof distinctActors>[1],
): PartyId | undefined {
  if (distinctActors(state, signatures, owner).length < 2) return undefined;
  // Who signed under former terms may have no part in these.
  return powersInForce(state).find(
    (party) => party !== owner && distinctActors(state, signatures, party).length >= 2,
  );
}

export const listActs = {
  ListSealed: row({
    group: 'lists',
    effect: 'none',
    body: members({
      list: listId,
      kind: listKind,
      root: base64Hash,
      count: someCount,
      /** The sealed records, and the reveal key sealed to the neutral that keeps it in escrow. */ records:
        payloadId,
      escrow: payloadId,
    }),
    tell: ({ kind: list, count: persons }) => ({ list, persons }),
    says: 'sealed its {list} list of {persons} entries',
    roles: ['coordinator'],
    period: 'open',
    refuse: (state, act, signer) => {
      if (state.terms === undefined) return { kind: 'TermsNotInForce' };
      const { list, kind } = act.body;
      const party = signer.party.id;
      const expected = expectedLists(state.terms.terms).some(
        (one) => one.party === party && one.list === kind,
      );
      if (!expected) return { kind: 'ListNotExpected', party, list: kind };
      if (anyOpening(state)) return { kind: 'ListsOpening' };
      return isIn(state.lists, list) || findList(state, party, kind) !== undefined
        ? { kind: 'KnownAlready', what: 'list' }
        : undefined;
    },
    evolve: (state, act, signer) => {
      const { list, kind, root, count } = act.body;
      const sealed: List = {
        id: list,
        party: signer.party.id,
        kind,
        root,
        count,
        opened: { part: 0, parts: 0, entries: 0 },
        frontier: emptyFrontier,
        struck: 0,
        added: 0,
      };
      return { ...state, lists: setIn(state.lists, list, sealed) };
    },
  }),
  ListOpened: row({
    group: 'lists',
    effect: 'none',
    body: listOpening,
    tell: ({ list: id, part, parts, entries }, { state }) => {
      const list = findIn(state.lists, id);
      return {
        ...(list === undefined ? {} : { list: list.kind, party: list.party }),
        part,
        parts,
        persons: entries.length,
      };
    },
    says: 'opened part {part} of {parts} of a list ({persons} entries)',
    roles: ['coordinator', 'observer'],
    period: 'always',
    refuse: refuseOpeningOfList,
    evolve: evolveOpeningOfList,
  }),
  EntryJudged: row({
    group: 'lists',
    effect: 'none',
    body: members({ judgements: listOf(judgement, 1, personsPerActMax) }),
    tell: ({ judgements }) => ({
      persons: judgements.length,
      verdicts: tally(judgements.map((one) => one.verdict)),
    }),
    says: 'answered {persons} entries',
    roles: ['coordinator'],
    period: 'open',
    refuse: (state, act, signer) => {
      const named = new Set<EntryId>();
      for (const judgement of act.body.judgements) {
        for (const id of [judgement.entry, judgement.counterpart]) {
          if (id === undefined) continue;
          if (named.has(id)) return { kind: 'EntryRepeated' };
          named.add(id);
        }
        const refused = refuseJudgement(state, judgement, signer);
        if (refused !== undefined) return refused;
      }
      return undefined;
    },
    evolve: (state, act, signer, id) =>
      act.body.judgements.reduce((next, judgement) => withJudgement(next, judgement, signer, id), state),
  }),
  CommentMade: row({
    group: 'lists',
    effect: 'none',
    body: members({ entry: entryId, round: ordinal, text: payloadId }),
    tell: ({ entry, round }) => ({ entry, round }),
    says: 'commented on an entry (round {round})',
    roles: ['coordinator'],
    period: 'open',
    refuse: (state, act, signer) => {
      const refused = refuseEntry(state, act.body.entry) ?? refuseOthers(signer, ...powersInForce(state));
      if (refused !== undefined) return refused;
      const entry = getFrom(state.entries, act.body.entry);
      if (entry.owner === signer.party.id) return { kind: 'OwnEntry', entry: entry.id };
      if (entry.commentOpen) return { kind: 'CommentOpen' };
      const most = state.terms?.terms.commentRoundsMax ?? 0;
      if (entry.rounds >= most) return { kind: 'RoundsOver', most };
      return act.body.round === entry.rounds + 1
        ? undefined
        : { kind: 'RoundOutOfOrder', next: entry.rounds + 1 };
    },
    evolve: (state, act, signer, id) => {
      const entry = getFrom(state.entries, act.body.entry);
      const comment = { id, entry: entry.id, by: signer.party.id, round: act.body.round, answered: false };
      return {
        ...state,
        comments: setIn(state.comments, id, comment),
        entries: setIn(state.entries, entry.id, { ...entry, rounds: entry.rounds + 1, commentOpen: true }),
      };
    },
  }),
  CommentAnswered: row({
    group: 'lists',
    effect: 'none',
    body: members({ comment: actId, text: payloadId }),
    tell: ({ comment: act }) => ({ act }),
    says: 'answered a comment',
    roles: ['coordinator'],
    period: 'open',
    refuse: (state, act, signer) => {
      const comment = findIn(state.comments, act.body.comment);
      if (comment === undefined) return { kind: 'Unknown', what: 'comment' };
      if (comment.answered) return { kind: 'CommentAnswered' };
      return refuseOthers(signer, getFrom(state.entries, comment.entry).owner);
    },
    evolve: (state, act) => {
      const comment = getFrom(state.comments, act.body.comment);
      const entry = getFrom(state.entries, comment.entry);
      return {
        ...state,
        comments: setIn(state.comments, comment.id, { ...comment, answered: true }),
        entries: setIn(state.entries, entry.id, { ...entry, commentOpen: false }),
      };
    },
  }),
  EntryStruck: row({
    group: 'lists',
    effect: 'none',
    body: members({ entry: entryId, /** Why, sealed to whom it concerns. */ grounds: optional(payloadId) }),
    tell: ({ entry }) => ({ entry }),
    says: 'struck an entry',
    roles: ['coordinator'],
    period: 'open',
    refuse: (state, act, signer) => {
      const refused = refuseEntry(state, act.body.entry);
      if (refused !== undefined) return refused;
      const entry = getFrom(state.entries, act.body.entry);
      // For whoever is on the way there are the acts of the crossing.
      if (entry.whereabouts !== 'held') {
        return { kind: 'PersonMoving', entry: entry.id, whereabouts: entry.whereabouts };
      }
      return refuseOthers(signer, entry.owner);
    },
    evolve: (state, act, _signer, id) => {
      const entry = getFrom(state.entries, act.body.entry);
      const lists =
        entry.list === undefined
          ? state.lists
          : setIn(state.lists, entry.list, {
              ...getFrom(state.lists, entry.list),
              struck: getFrom(state.lists, entry.list).struck + 1,
            });
      const entries = setIn(state.entries, entry.id, { ...entry, struck: true });
      return withoutPerson({ ...state, lists, entries }, entry.id, id);
    },
  }),
  EntryAdded: row({
    group: 'lists',
    effect: 'none',
    body: members({ list: listId, opening, records: payloadId }),
    tell: ({ opening: { entry } }) => ({ entry }),
    says: 'signed for a late entry',
    roles: ['coordinator', 'approver'],
    period: 'open',
    refuse: (state, act, signer) => {
      const list = findIn(state.lists, act.body.list);
      if (list === undefined) return { kind: 'Unknown', what: 'list' };
      if (!isOpen(list)) return { kind: 'ListNotOpen' };
      if (isIn(state.entries, act.body.opening.entry)) return { kind: 'KnownAlready', what: 'entry' };
      const sofar = findIn(state.additions, contentHash(act.body)) ?? [];
      // The side whose list it is speaks first.
      if (sofar.length === 0 && signer.party.id !== list.party) return refuseOthers(signer, list.party);
      if (hasSigned(state, sofar, signer.actor)) return { kind: 'SignedAlready' };
      const powers = powersInForce(state);
      const others = refuseOthers(signer, ...powers);
      if (others !== undefined) return others;
      // Whose list it is may have left the terms since it signed: what it brings concerns nobody of these.
      return powers.includes(list.party)
        ? undefined
        : { kind: 'ListNotExpected', party: list.party, list: list.kind };
    },
    evolve: (state, act, signer) => {
      const list = getFrom(state.lists, act.body.list);
      const hash = contentHash(act.body);
      const signatures = [...(findIn(state.additions, hash) ?? []), toSignature(signer)];
      const additions = setIn(state.additions, hash, signatures);
      const other = additionAgreed(state, list.party, signatures);
      if (other === undefined) return { ...state, additions };
      const entry: Entry = {
        ...newEntry(act.body.opening, { list: list.id, owner: list.party, kind: list.kind }),
        verdict: { verdict: 'acknowledged', by: other },
        verdicts: [{ verdict: 'acknowledged', by: other }],
      };
      return {
        ...state,
        additions,
        entries: setIn(state.entries, entry.id, entry),
        lists: setIn(state.lists, list.id, { ...list, added: list.added + 1 }),
      };
    },
  }),
};
