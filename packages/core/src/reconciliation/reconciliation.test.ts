/** Reconciliation, against the decider: one answer for everybody, and no answer that the record would not take. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { madeUpTerms, personsOf, player, Rehearsal, soughtOf } from '../../testing/rehearsal.ts';
import {
  expectedLists,
  listRoot,
  type Base64Hash,
  type EntryId,
  type EntryOpening,
  type LegId,
  type PartyId,
  type PayloadHash,
} from '../exchange/index.ts';
import {
  entriesFor,
  reconcile,
  reconciliationFaultToSentence,
  toLinkedEntries,
  type Decided,
  type LinkedEntries,
  type Listed,
  type Reconciliation,
  type ReconciliationWork,
  type Standing,
} from './index.ts';

const id = (name: string): EntryId => name as EntryId;
const listed = (kind: Listed['kind'], ...names: readonly string[]): readonly Listed[] =>
  names.map((name) => ({ entry: id(name), kind }));
const pair = (theirs: string, ours: string, probability: number): LinkedEntries => ({
  ...{ theirs: id(theirs), ours: id(ours), probability },
  decision: probability >= 0.85 ? 'match' : 'review',
});
const same = (theirs: string, ours: string): Decided => ({
  theirs: id(theirs),
  ours: id(ours),
  says: 'same',
});
const other = (theirs: string, ours: string): Decided => ({
  theirs: id(theirs),
  ours: id(ours),
  says: 'other',
});

function answered(work: Partial<ReconciliationWork>): Reconciliation {
  const result = reconcile({
    theirs: listed('sought', 's1', 's2', 's3'),
    ours: [...listed('held', 'h1', 'h2', 'h3'), ...listed('withheld', 'w1')],
    pairs: [],
    ...work,
  });
  if (!result.ok) throw new Error(reconciliationFaultToSentence(result.error));
  return result.value;
}

describe('what linkage finds', () => {
  it('[RC-1] [RC-3] [RC-5] acknowledges, withholds, asks back, and asks a person where it is unsure', () => {
    const { judgements, review, partings, coverage } = answered({
      theirs: listed('sought', 's1', 's2', 's3', 's4'),
      pairs: [pair('s1', 'h1', 0.99), pair('s2', 'w1', 0.9), pair('s3', 'h3', 0.3), pair('s3', 'h2', 0.6)],
    });
    expect(judgements).toEqual([
      { entry: 's1', verdict: 'acknowledged', counterpart: 'h1' },
      { entry: 's2', verdict: 'withheld-for-proceedings', counterpart: 'w1' },
      { entry: 's3', verdict: 'identity-queried' },
      { entry: 's4', verdict: 'identity-queried' },
    ]);
    expect(review).toEqual([
      {
        ...{ theirs: 's3', reason: 'unsure' },
        candidates: [
          { ours: 'h2', probability: 0.6 },
          { ours: 'h3', probability: 0.3 },
        ],
      },
    ]);
    expect(partings).toEqual([]);
    expect(coverage).toEqual({ entries: 4, matched: 2, byPersons: 0, answered: 0, review: 1, queried: 1 });
  });

  it('[RC-2] puts both before a person who would share an own entry', () => {
    const { review } = answered({ pairs: [pair('s1', 'h1', 0.99), pair('s2', 'h1', 0.9)] });
    expect(review.map(({ theirs, reason }) => [theirs, reason])).toEqual([
      ['s1', 'claimed-twice'],
      ['s2', 'claimed-twice'],
    ]);
    const taken = answered({
      pairs: [pair('s2', 'h1', 0.9)],
      standing: new Map([[id('s1'), { verdict: 'acknowledged', counterpart: id('h1') }]]),
    });
    expect(taken.review).toMatchObject([{ theirs: 's2', reason: 'claimed-twice' }]);
  });

  it('reads pairs of a linkage from either side', () => {
    const found = { left: 0, right: 1, probability: 0.9, weight: 9, margin: 3, decision: 'match' as const };
    const result = { pairs: [found], leftIds: ['l0', 'l1'], rightIds: ['r0', 'r1'] };
    expect(toLinkedEntries(result, 'left')).toMatchObject([{ ours: 'l0', theirs: 'r1' }]);
    expect(toLinkedEntries(result, 'right')).toMatchObject([{ ours: 'r1', theirs: 'l0' }]);
  });
});

describe('what persons decide', () => {
  it('[RC-4] stands against linkage, on both of the entries they name', () => {
    const { judgements, review, coverage } = answered({
      pairs: [pair('s1', 'h1', 0.99), pair('s2', 'h2', 0.99), pair('s3', 'h3', 0.99)],
      decided: [same('s1', 'h2'), other('s3', 'h3')],
    });
    expect(judgements).toEqual([
      { entry: 's1', verdict: 'acknowledged', counterpart: 'h2' },
      { entry: 's2', verdict: 'identity-queried' },
      { entry: 's3', verdict: 'identity-queried' },
    ]);
    expect(review).toEqual([]);
    expect(coverage).toMatchObject({ matched: 1, byPersons: 1, queried: 2 });
  });

  it('[RC-4] an answer without counterpart is a person’s alone', () => {
    const { judgements, coverage } = answered({
      pairs: [pair('s1', 'h1', 0.99)],
      decided: [
        { theirs: id('s1'), says: 'reported-dead' },
        { theirs: id('s2'), says: 'not-held' },
      ],
    });
    expect(judgements.map(({ verdict }) => verdict)).toEqual([
      'reported-dead',
      'not-held',
      'identity-queried',
    ]);
    expect(coverage).toMatchObject({ answered: 2, queried: 1 });
  });

  it('[RC-4] what cannot both be is asked again', () => {
    for (const decided of [
      [same('s1', 'h1'), same('s2', 'h1')],
      [same('s1', 'h1'), same('s1', 'h2')],
      [same('s1', 'h1'), other('s1', 'h1')],
      [same('s1', 'h1'), { theirs: id('s1'), says: 'not-held' as const }],
    ]) {
      const { review, judgements } = answered({ decided });
      expect(review[0]).toMatchObject({ theirs: 's1', reason: 'decided-twice' });
      expect(judgements.filter(({ verdict }) => verdict === 'acknowledged')).toEqual([]);
    }
  });
});

describe('later rounds', () => {
  const stands = (standing: Readonly<Record<string, Standing>>): ReadonlyMap<EntryId, Standing> =>
    new Map(Object.entries(standing).map(([entry, one]) => [id(entry), one]));

  it('[RC-6] say nothing again, and change no answer by linkage alone', () => {
    const standing = stands({
      s1: { verdict: 'acknowledged', counterpart: id('h1') },
      s2: { verdict: 'not-held' },
      s3: { verdict: 'identity-queried' },
    });
    const still = answered({ standing, pairs: [pair('s1', 'h1', 0.99)] });
    expect(still.judgements).toEqual([]);
    expect(still.coverage).toMatchObject({ matched: 1, answered: 1, queried: 1 });
    const changed = answered({
      standing,
      pairs: ['h3', 'h2', 'w1'].map((own, n) => pair(`s${n + 1}`, own, 0.99)),
    });
    expect(changed.judgements).toEqual([
      { entry: 's3', verdict: 'withheld-for-proceedings', counterpart: 'w1' },
    ]);
    expect(changed.review.map(({ theirs, reason }) => [theirs, reason])).toEqual([
      ['s1', 'answered-otherwise'],
      ['s2', 'answered-otherwise'],
    ]);
  });

  it('[RC-6] ask a person when the other side claims somebody whom linkage does not find', () => {
    const standing = stands({ s1: { counterpart: id('h1') } });
    expect(answered({ standing })).toMatchObject({
      partings: [],
      judgements: [
        { entry: 's1', verdict: 'identity-queried', counterpart: 'h1' },
        { entry: 's2' },
        { entry: 's3' },
      ],
      review: [{ theirs: 's1', reason: 'claimed-by-them' }],
    });
    expect(answered({ standing, pairs: [pair('s1', 'h1', 0.9)] }).review).toEqual([]);
  });

  it('[RC-7] part first who is matched with another now', () => {
    const standing = stands({
      s1: { verdict: 'acknowledged', counterpart: id('h1') },
      s2: { verdict: 'acknowledged', counterpart: id('h2') },
    });
    const { partings, judgements } = answered({ standing, decided: [same('s1', 'h2')] });
    expect(partings).toEqual([
      { entry: 's1', verdict: 'identity-queried' },
      { entry: 's2', verdict: 'identity-queried' },
    ]);
    expect(judgements).toEqual([
      { entry: 's1', verdict: 'acknowledged', counterpart: 'h2' },
      { entry: 's3', verdict: 'identity-queried' },
    ]);
  });
});

describe('faults', () => {
  const faultOf = (work: Partial<ReconciliationWork>): string | undefined => {
    const result = reconcile({
      theirs: listed('sought', 's1'),
      ours: listed('held', 'h1'),
      pairs: [],
      ...work,
    });
    if (!result.ok) expect(reconciliationFaultToSentence(result.error)).toMatch(/^[A-Z].*\.$/u);
    return result.ok ? undefined : result.error.kind;
  };

  it('[RC-10] give no answer at all', () => {
    expect(faultOf({ pairs: [pair('s1', 'nobody', 0.9)] })).toBe('EntryUnknown');
    expect(faultOf({ pairs: [pair('nobody', 'h1', 0.9)] })).toBe('EntryUnknown');
    expect(faultOf({ decided: [{ theirs: id('nobody'), says: 'not-held' }] })).toBe('EntryUnknown');
    expect(faultOf({ theirs: listed('withheld', 's1'), pairs: [pair('s1', 'h1', 0.9)] })).toBe('ListsUnfit');
    expect(faultOf({ ours: listed('sought', 'h1'), pairs: [pair('s1', 'h1', 0.9)] })).toBe('ListsUnfit');
    expect(faultOf({ pairs: [pair('s1', 'h1', 0.9)] })).toBeUndefined();
  });
});

describe('in an exchange', () => {
  const leg = 'A-B' as LegId;
  const [a, b] = ['A', 'B'] as unknown as readonly [PartyId, PartyId];
  const terms = madeUpTerms({ legs: [{ id: leg, from: a, to: b, lane: 'exchange', count: 9 }] });
  const [held, sought] = [personsOf(leg, 5), soughtOf(leg, 5)];
  const withheld = personsOf('withheld', 2);

  /** Lists of A (five held, two withheld) and of B (five sought), opened and unanswered. */
  function opened(): Rehearsal {
    const rehearsal = new Rehearsal('reconciliation');
    rehearsal.open(['A', 'B'], ['N']);
    rehearsal.agree(terms);
    const openings = (entries: readonly EntryId[]): readonly EntryOpening[] =>
      entries.map((entry) => ({
        ...{ entry, category: 'military', lane: 'exchange' },
        commitment: `${'A'.repeat(43)}=` as Base64Hash,
      }));
    const contents = expectedLists(terms).map(({ party, list }) => {
      const entries = {
        sought: party === b ? sought : [],
        held: party === a ? held : [],
        withheld: party === a ? withheld : [],
      };
      return { party, list, entries: openings(entries[list]) };
    });
    const paper = '0'.repeat(64) as PayloadHash;
    for (const { party, list, entries } of contents) {
      rehearsal.play(player(party, 'coordinator'), 'ListSealed', {
        ...{
          list: rehearsal.listId(party, list),
          kind: list,
          root: listRoot(entries),
          count: entries.length,
        },
        ...{ records: paper, escrow: paper },
      });
    }
    for (const { party, list, entries } of contents) {
      rehearsal.play(player(party, 'coordinator'), 'ListOpened', {
        ...{ list: rehearsal.listId(party, list), part: 1, parts: 1, entries, reveal: paper },
      });
    }
    return rehearsal;
  }

  /** One round of one judge, handed in; fails when the record refuses an answer. */
  function round(
    rehearsal: Rehearsal,
    judge: 'A' | 'B',
    work: Pick<ReconciliationWork, 'pairs' | 'decided'>,
  ): Reconciliation {
    const result = reconcile({ ...entriesFor(rehearsal.state, judge as PartyId), ...work });
    if (!result.ok) throw new Error(reconciliationFaultToSentence(result.error));
    for (const judgements of [result.value.partings, result.value.judgements]) {
      if (judgements.length > 0) rehearsal.play(player(judge, 'coordinator'), 'EntryJudged', { judgements });
    }
    return result.value;
  }

  const own = [...held, ...withheld];
  const pairs = fc.uniqueArray(
    fc.record({
      theirs: fc.constantFrom(...sought),
      ours: fc.constantFrom(...own),
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
      decision: fc.constantFrom('match' as const, 'review' as const),
    }),
    { selector: (one) => `${one.theirs} ${one.ours}`, maxLength: 12 },
  );
  const decided = fc.array(
    fc.oneof(
      fc.record({
        theirs: fc.constantFrom(...sought),
        ours: fc.constantFrom(...own),
        says: fc.constantFrom('same' as const, 'other' as const),
      }),
      fc.record({
        theirs: fc.constantFrom(...sought),
        says: fc.constantFrom('not-held' as const, 'reported-dead' as const),
      }),
    ),
    { maxLength: 6 },
  );

  it('[RC-1] [RC-2] [RC-8] [RC-9] three random rounds of the holder: all let stand, everybody counted once', () => {
    const start = opened();
    fc.assert(
      fc.property(fc.array(fc.record({ pairs, decided }), { minLength: 3, maxLength: 3 }), (rounds) => {
        const rehearsal = start.fork();
        for (const work of rounds) {
          const { coverage, review, judgements } = round(rehearsal, 'A', work);
          const { entries, matched, answered: told, review: open, queried } = coverage;
          expect(matched + told + open + queried).toBe(entries);
          expect(entries).toBe(sought.length);
          expect(new Set(judgements.map(({ entry }) => entry)).size).toBe(judgements.length);
          const counterparts = judgements.flatMap(({ counterpart }) => counterpart ?? []);
          expect(new Set(counterparts).size).toBe(counterparts.length);
          expect(review.length).toBe(open);
          // Said once, nothing is said again.
          expect(round(rehearsal.fork(), 'A', work)).toMatchObject({ partings: [], judgements: [] });
        }
      }),
      { numRuns: 200 },
    );
  });

  it('[RC-9] the seeker answers after the holder, and both agree', () => {
    const rehearsal = opened();
    const found = sought.map((theirs, n) => ({
      ...{ theirs, ours: held[n]!, probability: 0.99, decision: 'match' as const },
    }));
    round(rehearsal, 'A', { pairs: found });
    const turned = found.map((one) => ({ ...one, theirs: one.ours, ours: one.theirs }));
    const { coverage, review } = round(rehearsal, 'B', { pairs: turned });
    expect(coverage).toMatchObject({ entries: 7, matched: 5, queried: 2 });
    expect(review).toEqual([]);
  });
});
