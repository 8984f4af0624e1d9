/**
 * What an act changed in the state of its exchange, found by comparing the states before and after it: figures and
 * codes in no language, at most `changesMax` of them and the number of those left out.
 */
import {
  findIn,
  pairsOf,
  type Act,
  type Exchange,
  type PersistentMap,
  type Tranche,
} from '@homeward/core/exchange';
import { legEnds, type LegEnds } from './act-line.ts';

export type ChangeWhat =
  | 'status'
  | 'suspensions'
  | 'party'
  | 'key'
  | 'proposal'
  | 'acceptances'
  | 'terms'
  | 'condition'
  | 'list'
  | 'opened'
  | 'judged'
  | 'verdict'
  | 'struck'
  | 'cleared'
  | 'comments'
  | 'tranche'
  | 'approvals'
  | 'routes'
  | 'notified'
  | 'acknowledged'
  | 'steps'
  | 'inMotion'
  | 'received'
  | 'returned'
  | 'notGoing'
  | 'unlisted'
  | 'undertakings'
  | 'corrections';

/** A figure, a code or a hash, or whether something is so; nothing where it was not there. */
export type ChangeValue = string | number | boolean | undefined;

export interface Change {
  readonly what: ChangeWhat;
  /** Whom or what it is about: a label, a leg, a tranche number. Empty where the exchange itself. */
  readonly about: string | LegEnds;
  readonly from: ChangeValue;
  readonly to: ChangeValue;
}

const changesMax = 40;

export function findChanges(before: Exchange, after: Exchange, act: Act): readonly Change[] {
  const changes: Change[] = [];
  const say = (what: ChangeWhat, about: Change['about'], from: Change['from'], to: Change['to']) => {
    if (from !== to && changes.length < changesMax) changes.push({ what, about, from, to });
  };
  say('status', '', before.status, after.status);
  say('suspensions', '', before.suspensions.length, after.suspensions.length);
  say('party', '', before.parties.size, after.parties.size);
  say('key', '', enrolled(before), enrolled(after));
  say('proposal', '', before.proposals.size, after.proposals.size);
  say('terms', '', before.terms?.hash.slice(0, 12), after.terms?.hash.slice(0, 12));
  for (const [hash, now, was] of altered(before.proposals, after.proposals)) {
    say('acceptances', hash.slice(0, 12), was?.acceptances.length ?? 0, now.acceptances.length);
  }
  for (const [, now, was] of altered(before.conditions, after.conditions)) {
    say('condition', now.text, was?.met, now.met);
  }
  for (const [, now, was] of altered(before.lists, after.lists)) {
    const party = findIn(after.parties, now.party)?.label ?? now.party;
    say('list', party, was?.count, now.count);
    say('opened', party, was?.opened.entries ?? 0, now.opened.entries);
  }
  sayEntries(before, after, say);
  say('comments', '', before.comments.size, after.comments.size);
  for (const [, now, was] of altered(before.tranches, after.tranches)) sayTranche(now, was, after, say);
  for (const [leg, now, was] of altered(before.legs, after.legs)) {
    const name = legEnds(after, leg);
    say('received', name, was?.received ?? 0, now.received);
    say('returned', name, was?.returned ?? 0, now.returned);
    say('notGoing', name, was?.notGoing ?? 0, now.notGoing);
    say('unlisted', name, was?.unlisted ?? 0, now.unlisted);
  }
  say('undertakings', '', before.undertakings.size, after.undertakings.size);
  if (act.kind === 'Corrected') {
    say(
      'corrections',
      '',
      findIn(before.corrections, act.body.act) ?? 0,
      findIn(after.corrections, act.body.act) ?? 0,
    );
  }
  return changes;
}

type Say = (what: ChangeWhat, about: Change['about'], from: Change['from'], to: Change['to']) => void;

function sayEntries(before: Exchange, after: Exchange, say: Say): void {
  const sums = { judged: [0, 0], struck: [0, 0], cleared: [0, 0] } satisfies Partial<
    Record<ChangeWhat, [number, number]>
  >;
  const verdicts = new Map<string, [number, number]>();
  for (const [, now, was] of altered(before.entries, after.entries)) {
    for (const [at, verdict] of [was?.verdict?.verdict, now.verdict?.verdict].entries()) {
      if (verdict === undefined) continue;
      const counts = verdicts.get(verdict) ?? [0, 0];
      counts[at]! += 1;
      verdicts.set(verdict, counts);
    }
    for (const [at, entry] of [was, now].entries()) {
      if (entry === undefined) continue;
      if (entry.verdict !== undefined) sums.judged[at]! += 1;
      if (entry.struck) sums.struck[at]! += 1;
      if (entry.cleared !== undefined) sums.cleared[at]! += 1;
    }
  }
  // Only entries that this act touched are counted, so the figures are of them and not of the whole list.
  for (const what of ['judged', 'struck', 'cleared'] as const) say(what, '', sums[what][0], sums[what][1]);
  for (const [verdict, [from, to]] of verdicts) say('verdict', verdict, from, to);
}

function sayTranche(now: Tranche, was: Tranche | undefined, state: Exchange, say: Say): void {
  const about = String(now.number);
  say('tranche', about, was?.status, now.status);
  say('approvals', about, was?.approvals.length ?? 0, now.approvals.length);
  for (const [leg, movement, old] of altered(was?.movements, now.movements)) {
    const name = legEnds(state, leg);
    say('routes', name, old?.route !== undefined, movement.route !== undefined);
    say('notified', name, old?.notice !== undefined, movement.notice !== undefined);
    say('acknowledged', name, old?.acknowledged ?? false, movement.acknowledged);
    say('steps', name, old?.steps.size ?? 0, movement.steps.size);
    say('inMotion', name, old?.inMotion ?? 0, movement.inMotion);
  }
}

function enrolled(state: Exchange): number {
  let keys = 0;
  for (const [, key] of pairsOf(state.keys))
    if (key.publicKey !== undefined && key.revoked === undefined) keys += 1;
  return keys;
}

/** Pairs whose value is another one than before, with the value before. Cost: the size of the newer map. */
function* altered<K extends string, V>(
  before: PersistentMap<K, V> | undefined,
  after: PersistentMap<K, V>,
): Generator<readonly [K, V, V | undefined]> {
  if (before === after) return;
  for (const [key, now] of pairsOf(after)) {
    const was = before === undefined ? undefined : findIn(before, key);
    if (was !== now) yield [key, now, was];
  }
}
