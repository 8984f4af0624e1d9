import { describe, expect, it } from 'vitest';
import type { ActKind } from '../acts.ts';
import { checkPhrase, checkWords } from '../act/check-phrase.ts';
import { describeAct } from './description.ts';
import type { EntryId, LegId, PartyId, TrancheId } from '../act/ids.ts';
import {
  byLeg,
  madeUpHash,
  madeUpId,
  madeUpTerms,
  personsOf,
  player,
  Rehearsal,
} from '../../../testing/rehearsal.ts';
import { toSentence } from '../rules/refusal.ts';
import type { Refusal } from '../rules/refusal.ts';
import { initial } from '../state/state.ts';
import { summarize } from './summary.ts';

const legs = ['A-B', 'B-A'] as LegId[];
const terms = madeUpTerms({
  legs: [
    { id: legs[0]!, from: 'A' as PartyId, to: 'B' as PartyId, lane: 'exchange', count: 4 },
    { id: legs[1]!, from: 'B' as PartyId, to: 'A' as PartyId, lane: 'exchange', count: 4 },
  ],
  couplings: [{ legs, stepSize: byLeg({ 'A-B': 2, 'B-A': 2 }) }],
});

function played(): Rehearsal {
  const rehearsal = new Rehearsal('reading');
  rehearsal.open(['A', 'B'], ['N']);
  rehearsal.agree(terms);
  rehearsal.list(
    terms,
    legs.map((leg) => ({ leg, persons: 4 })),
  );
  for (const { id, from } of terms.legs) rehearsal.askAndExamine('N', from, personsOf(id, 4));
  const tranche = rehearsal.prepare(terms, 1, { 'A-B': personsOf('A-B', 4), 'B-A': personsOf('B-A', 4) });
  rehearsal.carry(terms, tranche, { 'A-B': 2, 'B-A': 2 }, 'N');
  rehearsal.certify(tranche, 'N');
  return rehearsal;
}

describe('reading an exchange', () => {
  it('[EX-1] the state hash tells apart every other history, also one that ends in the same act', () => {
    const base = new Rehearsal('histories');
    base.open(['A', 'B'], ['N']);
    const [x, y] = ['A', 'B'].map((party) =>
      base.draft(player(party, 'coordinator'), 'ExchangeSuspended', {}),
    );
    const hashAfter = (...drafts: readonly (typeof x)[]): string => {
      const fork = base.fork();
      for (const draft of drafts) fork.offer(draft!);
      expect(fork.state.size).toBe(base.state.size + drafts.length);
      return fork.state.hash;
    };
    const hashes = [hashAfter(), hashAfter(x), hashAfter(y), hashAfter(x, y), hashAfter(y, x)];
    expect(new Set(hashes).size).toBe(5);
    expect(hashAfter(x, y)).toBe(hashes[3]);
  });

  it('[EX-64] six words tell one hash from another', () => {
    expect(checkWords).toHaveLength(256);
    expect(new Set(checkWords.map((word) => word.slice(0, 4))).size).toBe(256);
    for (const word of checkWords) expect(word).toMatch(/^[a-z]{3,9}$/u);
    const phrases = new Set<string>();
    for (let n = 0; n < 2000; n += 1) {
      const phrase = checkPhrase(madeUpHash(String(n)));
      expect(phrase.split(' ')).toHaveLength(6);
      phrases.add(phrase);
    }
    expect(phrases.size).toBe(2000);
    expect(checkPhrase(initial.hash)).toBe(checkPhrase(initial.hash));
  });

  it('[EX-65] every act of a whole exchange is described, and no description names anybody', () => {
    const rehearsal = played();
    const kinds = new Set<ActKind>();
    const replay = new Rehearsal('replay');
    for (const draft of rehearsal.acts) {
      const { kind, sentence, facts, party } = describeAct(replay.state, draft.act);
      replay.exchange = rehearsal.exchange;
      replay.offer(draft);
      kinds.add(kind);
      expect(sentence).toMatch(/^(A|B|N|HOST) \([a-z]+\) .+\.$/u);
      expect(sentence).not.toMatch(/[{}]|undefined|[A-Za-z0-9_-]{22}/u);
      // Facts name ids under four names only, for who looks the thing up; the rest names nobody.
      const told = { ...facts, entry: '', hash: '', act: '', key: '' };
      expect(JSON.stringify(told)).not.toMatch(/[A-Za-z0-9_-]{22}/u);
      expect(party).toBeDefined();
    }
    expect(kinds.size).toBeGreaterThan(20);
    const release = rehearsal.acts.find(({ act }) => act.kind === 'StepReleased')!.act;
    expect(describeAct(rehearsal.state, release)).toMatchObject({
      facts: { tranche: 1, leg: 'A-B', step: 1 },
      sentence: 'A (officer) released step 1, leg A-B, tranche 1.',
    });
  });

  it('sums up legs, lists, tranches and steps', () => {
    const summary = summarize(played().state);
    expect(summary.legs[0]).toMatchObject({
      id: 'A-B',
      agreed: 4,
      approved: 0,
      moving: 0,
      received: 0,
      underWay: 0,
      returned: 4,
      crossed: 4,
    });
    expect(summary.tranches[0]).toMatchObject({
      number: 1,
      status: 'certified',
      legs: [
        { leg: 'A-B', persons: 4, halted: 0, underWay: 0, returned: 4 },
        { leg: 'B-A', persons: 4, halted: 0, underWay: 0, returned: 4 },
      ],
      approvals: [
        { party: 'A', has: 2, needs: 2 },
        { party: 'B', has: 2, needs: 2 },
      ],
    });
    expect(summary.lists.find(({ party, kind }) => party === 'A' && kind === 'held')).toMatchObject({
      count: 4,
      opened: 4,
      isOpen: true,
    });
    expect(summary.verdicts).toEqual({ acknowledged: 8 });
    expect(summary.imbalance).toBe(0);
  });

  it('[EX-3] every refusal is a sentence, and none names a person', () => {
    const entry = madeUpId('somebody') as EntryId;
    const tranche = madeUpId('tranche') as TrancheId;
    const leg = 'A-B' as LegId;
    const some: readonly Refusal[] = [
      { kind: 'PersonElsewhere', entry, tranche },
      { kind: 'PersonNotOnList', entry, leg },
      { kind: 'ClearanceMissing', entry, stage: 'at-line' },
      { kind: 'PersonMoving', entry, whereabouts: 'departed' },
      { kind: 'PersonOnManifest', entry, step: 3 },
      { kind: 'StepNotClosed', leg, step: 2, tranche },
      { kind: 'BeyondStep', leg, behind: leg, most: 1 },
      { kind: 'CountMismatch', place: 'arrival', counts: [1, 2] },
      { kind: 'Unknown', what: 'movement notice' },
      { kind: 'TermsFaulty', faults: [{ kind: 'NoNeutral' }] },
      { kind: 'ActRepeated', act: madeUpHash('act') as never },
    ];
    for (const refusal of some) {
      const sentence = toSentence(refusal);
      expect(sentence).toMatch(/^[A-Z1-9].*\.$/u);
      expect(sentence).not.toContain(entry);
      expect(sentence).not.toContain(tranche);
      expect(sentence).not.toMatch(/undefined|\[object/u);
    }
    expect(toSentence({ kind: 'BeyondStep', leg, behind: 'B-A' as LegId, most: 1 })).toBe(
      'Leg A-B would run ahead of leg B-A by more than the agreed step; at most 1 person may go now.',
    );
    expect(player('A', 'officer')).toBe(player('A', 'officer'));
  });
});
