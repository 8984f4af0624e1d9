/**
 * The answers of one side to the other side's entries: what linkage found and what persons decided, as judgements
 * for `EntryJudged`, and what has to be put before a person.
 *
 * Law     Who is who is decided once: an own entry is the counterpart of one entry at most, and what a person
 *         decided is never changed by linkage. Linkage alone never says that a person is not held, dead or
 *         elsewhere: without a pair the answer is a question back.
 * Cost    Once over the entries and the pairs.
 */
import {
  refuseEntry,
  valuesOf,
  type Bodies,
  type EntryId,
  type Exchange,
  type ListKind,
  type PartyId,
  type Verdict,
} from '../exchange/index.ts';
import { err, ok, type Result } from '../result.ts';
import type { LinkedEntries } from './pairs.ts';

export type Judgement = Bodies['EntryJudged']['judgements'][number];

/** One entry on an opened list. */
export interface Listed {
  readonly entry: EntryId;
  readonly kind: ListKind;
}

/** What a person of the judging side decided on one entry; kept, and used again in each later round. */
export type Decided =
  | { readonly theirs: EntryId; readonly ours: EntryId; readonly says: 'same' | 'other' }
  | { readonly theirs: EntryId; readonly says: Exclude<Verdict, 'acknowledged'> };

/** Why an entry is put before a person. */
export type ReviewReason =
  /** Linkage is not sure. */
  | 'unsure'
  /** Linkage finds several entries for one person, or one that is somebody's counterpart already. */
  | 'claimed-twice'
  /** Persons have decided two things that cannot both be. */
  | 'decided-twice'
  /** Linkage now finds somebody else than the answer that stands. */
  | 'answered-otherwise'
  /** The other side says that it is somebody on the own lists, whom linkage does not find. */
  | 'claimed-by-them';

export interface Review {
  readonly theirs: EntryId;
  readonly reason: ReviewReason;
  /** Own entries it could be, the likeliest first. */
  readonly candidates: readonly { readonly ours: EntryId; readonly probability: number }[];
}

/** How far the other side's entries are answered: what an approver reads before signing. */
export interface Coverage {
  readonly entries: number;
  /** Of them, with a counterpart on the own lists. */
  readonly matched: number;
  /** Of those, because a person said so. */
  readonly byPersons: number;
  /** Answered by a person without a counterpart: not held, dead, elsewhere… */
  readonly answered: number;
  /** Awaiting the decision of a person. */
  readonly review: number;
  /** Nobody on the own lists resembles them: asked back. */
  readonly queried: number;
}

/** How an entry stands in the record before this round. */
export interface Standing {
  /** The newest answer of the judging side. */
  readonly verdict?: Verdict;
  /** The own entry that either side has matched it with. */
  readonly counterpart?: EntryId;
}

export interface ReconciliationWork {
  /** Entries of the other side's opened lists. */
  readonly theirs: readonly Listed[];
  /** Own entries: sought for what they hold or withhold, held and withheld for what they seek. */
  readonly ours: readonly Listed[];
  readonly pairs: readonly LinkedEntries[];
  readonly decided?: readonly Decided[];
  readonly standing?: ReadonlyMap<EntryId, Standing>;
}

/** All in the order of `theirs`. */
export interface Reconciliation {
  /** Answers that part two entries which were matched: they are handed in before the others. */
  readonly partings: readonly Judgement[];
  /** Answers that stand already are not given again. */
  readonly judgements: readonly Judgement[];
  /** An entry under review is asked back, if it was not answered before, until a person decides. */
  readonly review: readonly Review[];
  readonly coverage: Coverage;
}

export type ReconciliationFault =
  /** A pair or a decision names an entry that is on no list that was given. */
  | { readonly kind: 'EntryUnknown'; readonly entry: EntryId }
  /** A pair of two lists that cannot hold the same person, such as two sought lists. */
  | { readonly kind: 'ListsUnfit'; readonly ours: Listed; readonly theirs: Listed };

/** One sentence for people, in English. */
export function reconciliationFaultToSentence(fault: ReconciliationFault): string {
  switch (fault.kind) {
    case 'EntryUnknown':
      return 'A pair or a decision names an entry that is on none of the lists.';
    case 'ListsUnfit':
      return `An entry of a ${fault.ours.kind} list was paired with one of a ${fault.theirs.kind} list; who is sought is looked for among who is held.`;
  }
}

/** Own entries and those of the others, as an exchange holds them for one judge. Struck entries are left out. */
export function entriesFor(
  state: Exchange,
  judge: PartyId,
): Required<Pick<ReconciliationWork, 'theirs' | 'ours' | 'standing'>> {
  const theirs: Listed[] = [];
  const ours: Listed[] = [];
  const standing = new Map<EntryId, Standing>();
  for (const { id, kind, owner, counterpart, verdicts } of valuesOf(state.entries)) {
    if (kind === 'unlisted' || refuseEntry(state, id) !== undefined) {
      continue;
    }
    if (owner === judge) {
      ours.push({ entry: id, kind });
      continue;
    }
    theirs.push({ entry: id, kind });
    const verdict = verdicts.find(({ by }) => by === judge)?.verdict;
    standing.set(id, {
      ...(verdict === undefined ? {} : { verdict }),
      ...(counterpart === undefined ? {} : { counterpart }),
    });
  }
  return { theirs, ours, standing };
}

/** Answers every entry of the other side by what linkage found and persons decided. */
export function reconcile(work: ReconciliationWork): Result<Reconciliation, ReconciliationFault> {
  const fault = findFault(work);
  if (fault !== undefined) {
    return err(fault);
  }
  const evidence = weigh(work);
  const kinds = new Map(work.ours.map(({ entry, kind }) => [entry, kind]));
  const partings: Judgement[] = [];
  const judgements: Judgement[] = [];
  const review: Review[] = [];
  const counts = { matched: 0, byPersons: 0, answered: 0, queried: 0 };
  for (const { entry } of work.theirs) {
    const before = work.standing?.get(entry) ?? {};
    const isParted = before.counterpart !== undefined && isPartedFrom(entry, before.counterpart, evidence);
    // Two whom persons have parted: the answer that took them for one is void.
    const stands = isParted ? {} : before;
    const answer = answerTo(entry, stands, evidence);
    let judgement: Judgement;
    switch (answer.kind) {
      case 'same': {
        counts.matched += 1;
        counts.byPersons += answer.byPerson ? 1 : 0;
        const isWithheld = kinds.get(answer.ours) === 'withheld';
        const verdict = isWithheld ? 'withheld-for-proceedings' : 'acknowledged';
        judgement = { entry, verdict, counterpart: answer.ours };
        break;
      }
      case 'answered':
        counts.answered += 1;
        judgement = { entry, verdict: answer.verdict };
        break;
      case 'kept':
        counts.answered += 1;
        judgement = standingJudgement(entry, stands);
        break;
      case 'queried':
        counts.queried += 1;
        judgement = { entry, verdict: 'identity-queried' };
        break;
      case 'review': {
        const rivals = evidence.rivals.get(entry) ?? [];
        const candidates = rivals.map(({ ours, probability }) => ({ ours, probability }));
        review.push({ theirs: entry, reason: answer.reason, candidates });
        // Until a person decides, what stands is left as it is.
        judgement = standingJudgement(entry, stands);
        break;
      }
    }
    if (before.counterpart !== undefined && before.counterpart !== judgement.counterpart) {
      const isLast = judgement.counterpart === undefined && judgement.verdict !== 'acknowledged';
      partings.push(isLast ? judgement : { entry, verdict: 'identity-queried' });
      if (!isLast) {
        judgements.push(judgement);
      }
    } else if (before.verdict !== judgement.verdict || before.counterpart !== judgement.counterpart) {
      judgements.push(judgement);
    }
  }
  return ok({
    partings,
    judgements,
    review,
    coverage: { entries: work.theirs.length, review: review.length, ...counts },
  });
}

/** The answer that stands, or a question where none does. */
function standingJudgement(entry: EntryId, { verdict, counterpart }: Standing): Judgement {
  return {
    entry,
    verdict: verdict ?? 'identity-queried',
    ...(counterpart === undefined ? {} : { counterpart }),
  };
}

type Answer =
  | { readonly kind: 'same'; readonly ours: EntryId; readonly byPerson: boolean }
  | { readonly kind: 'answered'; readonly verdict: Verdict }
  /** A person has answered before, and nothing speaks against it. */
  | { readonly kind: 'kept' }
  | { readonly kind: 'review'; readonly reason: ReviewReason }
  | { readonly kind: 'queried' };

/** Everything that speaks for or against two entries being one person. */
interface Evidence {
  /** What persons decided: one counterpart, `conflict`, or a verdict without one. */
  readonly same: ReadonlyMap<EntryId, EntryId | 'conflict'>;
  readonly verdicts: ReadonlyMap<EntryId, Verdict>;
  readonly parted: ReadonlySet<string>;
  /** Own entries that persons gave to one entry of the other side, by the own entry. */
  readonly given: ReadonlyMap<EntryId, EntryId>;
  /** Pairs that stand in the record by an answer of the judging side. */
  readonly standing: ReadonlyMap<EntryId, EntryId>;
  /** Matches of linkage that no person contradicts; `conflict` where one entry would have two counterparts. */
  readonly matches: ReadonlyMap<EntryId, EntryId | 'conflict'>;
  /** All pairs of an entry that no person contradicts, the likeliest first. */
  readonly rivals: ReadonlyMap<EntryId, readonly LinkedEntries[]>;
}

const keyOf = (theirs: EntryId, ours: EntryId): string => `${theirs} ${ours}`;

function weigh({ theirs, pairs, decided = [], standing }: ReconciliationWork): Evidence {
  const parted = new Set(
    decided.flatMap((one) => (one.says === 'other' ? [keyOf(one.theirs, one.ours)] : [])),
  );
  const verdicts = new Map(
    decided.flatMap((one) => ('ours' in one ? [] : [[one.theirs, one.says] as const])),
  );
  const said = decided.flatMap((one) => (one.says === 'same' ? [one] : []));
  const same = new Map(oneToOne(said));
  for (const one of said) {
    if (parted.has(keyOf(one.theirs, one.ours)) || verdicts.has(one.theirs)) {
      same.set(one.theirs, 'conflict');
    }
  }
  const taken = new Set(said.map(({ ours }) => ours));
  /** Whether persons leave it open that the two are one. */
  const isOpen = (pair: { readonly theirs: EntryId; readonly ours: EntryId }): boolean =>
    !same.has(pair.theirs) &&
    !taken.has(pair.ours) &&
    !verdicts.has(pair.theirs) &&
    !parted.has(keyOf(pair.theirs, pair.ours));
  const stands = theirs.flatMap(({ entry }) => {
    const { verdict, counterpart } = standing?.get(entry) ?? {};
    const isOurs = verdict === 'acknowledged' || verdict === 'withheld-for-proceedings';
    const pair = counterpart === undefined ? undefined : { theirs: entry, ours: counterpart };
    return isOurs && pair !== undefined && isOpen(pair) ? [pair] : [];
  });
  const open = pairs.filter(isOpen);
  const found = open.filter(({ decision }) => decision === 'match');
  const matches = new Map(oneToOne(found));
  const given = new Map(
    [...same].flatMap(([entry, own]) => (own === 'conflict' ? [] : [[own, entry] as const])),
  );
  // Own entries that stay matched in the record, by whosever answer: linkage gives them to nobody else.
  const kept = new Map<EntryId, EntryId>();
  for (const { entry } of theirs) {
    const counterpart = standing?.get(entry)?.counterpart;
    const now = same.get(entry) ?? (verdicts.has(entry) ? undefined : counterpart);
    const stays = now === counterpart || now === 'conflict';
    if (counterpart !== undefined && stays && !isPartedFrom(entry, counterpart, { parted, given })) {
      kept.set(counterpart, entry);
    }
  }
  for (const pair of found) {
    const owner = kept.get(pair.ours);
    if (owner !== undefined && owner !== pair.theirs) {
      matches.set(pair.theirs, 'conflict');
    }
  }
  return {
    same,
    verdicts,
    parted,
    given,
    standing: new Map(stands.map((pair) => [pair.theirs, pair.ours])),
    matches,
    rivals: byTheirs(open),
  };
}

function byTheirs(pairs: readonly LinkedEntries[]): ReadonlyMap<EntryId, readonly LinkedEntries[]> {
  const grouped = new Map<EntryId, LinkedEntries[]>();
  for (const pair of pairs.toSorted((a, b) => b.probability - a.probability || (a.ours < b.ours ? -1 : 1))) {
    const group = grouped.get(pair.theirs);
    if (group === undefined) {
      grouped.set(pair.theirs, [pair]);
    } else {
      group.push(pair);
    }
  }
  return grouped;
}

/** The counterpart of each entry, or `conflict` where either of the two is in another pair as well. */
function oneToOne(
  pairs: readonly { readonly theirs: EntryId; readonly ours: EntryId }[],
): ReadonlyMap<EntryId, EntryId | 'conflict'> {
  const ofTheirs = new Map<EntryId, Set<EntryId>>();
  const ofOurs = new Map<EntryId, Set<EntryId>>();
  for (const { theirs, ours } of pairs) {
    ofTheirs.set(theirs, (ofTheirs.get(theirs) ?? new Set()).add(ours));
    ofOurs.set(ours, (ofOurs.get(ours) ?? new Set()).add(theirs));
  }
  return new Map(
    pairs.map(({ theirs, ours }) => [
      theirs,
      ofTheirs.get(theirs)?.size === 1 && ofOurs.get(ours)?.size === 1 ? ours : 'conflict',
    ]),
  );
}

function answerTo(entry: EntryId, before: Standing, evidence: Evidence): Answer {
  const said = evidence.same.get(entry);
  if (said !== undefined) {
    return said === 'conflict'
      ? { kind: 'review', reason: 'decided-twice' }
      : { kind: 'same', ours: said, byPerson: true };
  }
  const verdict = evidence.verdicts.get(entry);
  if (verdict !== undefined) {
    return { kind: 'answered', verdict };
  }
  const match = evidence.matches.get(entry);
  const stands = evidence.standing.get(entry);
  if (stands !== undefined) {
    return match === undefined || match === stands
      ? { kind: 'same', ours: stands, byPerson: false }
      : { kind: 'review', reason: 'answered-otherwise' };
  }
  // An answer that only a person can have given.
  if (before.verdict !== undefined && !isQuestion(before.verdict)) {
    return match === undefined ? { kind: 'kept' } : { kind: 'review', reason: 'answered-otherwise' };
  }
  if (match === 'conflict') {
    return { kind: 'review', reason: 'claimed-twice' };
  }
  if (before.counterpart !== undefined && match !== before.counterpart) {
    return { kind: 'review', reason: match === undefined ? 'claimed-by-them' : 'answered-otherwise' };
  }
  if (match !== undefined) {
    return { kind: 'same', ours: match, byPerson: false };
  }
  return evidence.rivals.has(entry) ? { kind: 'review', reason: 'unsure' } : { kind: 'queried' };
}

/** Whether persons say that two entries are not one person, or that the own one is another's. */
function isPartedFrom(
  entry: EntryId,
  ours: EntryId,
  { parted, given }: Pick<Evidence, 'parted' | 'given'>,
): boolean {
  return parted.has(keyOf(entry, ours)) || (given.get(ours) ?? entry) !== entry;
}

/** A verdict that asks, and that linkage may answer in a later round. */
function isQuestion(verdict: Verdict): boolean {
  return verdict === 'identity-queried' || verdict === 'conflicting-data';
}

function findFault({
  theirs,
  ours,
  pairs,
  decided = [],
}: ReconciliationWork): ReconciliationFault | undefined {
  const own = new Map(ours.map((one) => [one.entry, one]));
  const other = new Map(theirs.map((one) => [one.entry, one]));
  for (const named of [...pairs, ...decided]) {
    const opposite = other.get(named.theirs);
    if (opposite === undefined) {
      return { kind: 'EntryUnknown', entry: named.theirs };
    }
    if (!('ours' in named)) {
      continue;
    }
    const mine = own.get(named.ours);
    if (mine === undefined) {
      return { kind: 'EntryUnknown', entry: named.ours };
    }
    if ((mine.kind === 'sought') === (opposite.kind === 'sought')) {
      return { kind: 'ListsUnfit', ours: mine, theirs: opposite };
    }
  }
  return undefined;
}
