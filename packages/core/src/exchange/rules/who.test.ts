import { formatVerifierKey, parseVerifierKey, toVerifierKey } from '@homeward/tlog';
import { describe, expect, it } from 'vitest';
import type { Founder, Role } from '../act/vocabulary.ts';
import { termsHash } from './agreement.ts';
import type { Base64Hash, EntryId, ExchangeId, LegId, PartyId, TrancheId } from '../act/ids.ts';
import { findIn, getFrom } from '../state/persistent-map.ts';
import {
  madeUpHash,
  madeUpId,
  madeUpTerms,
  personsOf,
  player,
  Rehearsal,
  witnessOf,
} from '../../../testing/rehearsal.ts';
import type { Attempt, Player } from '../../../testing/rehearsal.ts';
import { toSentence } from './refusal.ts';
import { fingerprintOf } from './who.ts';

const refusalOf = ({ decision }: Attempt): string =>
  decision.kind === 'refused' ? decision.refusal.kind : 'accepted';
const founder = ({ actor, role, key }: Player): Founder => ({ actor, role, key });

function opened(powers: readonly string[] = ['A', 'B']): Rehearsal {
  const rehearsal = new Rehearsal('who');
  rehearsal.open(powers, ['N']);
  return rehearsal;
}
const accredit = (party: string, founders: readonly Player[], kind: 'power' | 'neutral' = 'power') => ({
  party: party as PartyId,
  kind,
  label: party,
  founders: founders.map(founder),
  witness: witnessOf(party),
});

const leg = {
  id: 'A-B' as LegId,
  from: 'A' as PartyId,
  to: 'B' as PartyId,
  lane: 'exchange' as const,
  count: 4,
};
const terms = madeUpTerms({ legs: [leg] });

describe('the witness key of a party', () => {
  const founders = [player('C', 'coordinator'), player('C', 'approver')];
  const line = (publicKey: Uint8Array, type: 'note' | 'cosignature' = 'cosignature', name = 'c.example') =>
    formatVerifierKey(toVerifierKey({ name, type, publicKey }));
  const keyOf = (witness: string): Uint8Array => {
    const key = parseVerifierKey(witness);
    if (!key.ok) throw new Error(key.problem.text);
    return key.value.publicKey;
  };
  const own = keyOf(witnessOf('C'));
  const bad: readonly [string, string, string][] = [
    ['no key at all', '', 'WitnessMissing'],
    ['a name', 'c.example', 'WitnessUnfit'],
    ['an altered key', witnessOf('C').replace('c.example', 'd.example'), 'WitnessUnfit'],
    ['a key that signs notes', line(own, 'note'), 'WitnessUnfit'],
    ['a key of small order', line(Uint8Array.of(1, ...new Uint8Array(31))), 'WitnessUnfit'],
    ['a key that is not canonical', line(new Uint8Array(32).fill(255)), 'WitnessUnfit'],
    ['another power’s key', witnessOf('A'), 'WitnessTaken'],
    ['another power’s key under another name', line(keyOf(witnessOf('A'))), 'WitnessTaken'],
    ['a neutral’s key', witnessOf('N'), 'WitnessTaken'],
  ];

  it.each(bad)('[EX-66] of a power is not %s', (_, witness, refusal) => {
    const rehearsal = opened();
    const body = { ...accredit('C', founders), witness };
    expect(refusalOf(rehearsal.attempt(rehearsal.host, 'PartyAccredited', body))).toBe(refusal);
    expect(findIn(rehearsal.state.parties, body.party)).toBeUndefined();
  });

  it.each(bad)('[EX-66] of a neutral may be left out, and is not %s', (_, witness, refusal) => {
    const rehearsal = opened();
    const body = { ...accredit('M', [player('M', 'observer')], 'neutral'), witness };
    expect(refusalOf(rehearsal.attempt(rehearsal.host, 'PartyAccredited', body))).toBe(
      witness === '' ? 'accepted' : refusal,
    );
  });

  it('[EX-66] is the key of its own node', () => {
    const rehearsal = opened();
    const body = { ...accredit('C', founders), witness: line(own) };
    expect(refusalOf(rehearsal.attempt(rehearsal.host, 'PartyAccredited', body))).toBe('accepted');
  });
});

describe('the short name of a party', () => {
  it('[EX-77] stands beside its label, and is nothing where it gave none', () => {
    const rehearsal = opened();
    const founders = [player('C', 'coordinator'), player('C', 'approver')];
    const body = { ...accredit('C', founders), short: 'МВС' };
    expect(refusalOf(rehearsal.attempt(rehearsal.host, 'PartyAccredited', body))).toBe('accepted');
    expect(findIn(rehearsal.state.parties, body.party)).toMatchObject({ label: 'C', short: 'МВС' });
    expect(findIn(rehearsal.state.parties, 'A' as PartyId)).toMatchObject({ short: '' });
  });
});

describe('the opening', () => {
  it('[EX-13] is the first act, signed and carried by its own key, and there is one', () => {
    const rehearsal = new Rehearsal('opening');
    const { host } = rehearsal;
    const body = {
      title: 'An exchange',
      label: 'The host',
      host: host.party,
      publicKey: host.publicKey,
      founders: [founder(host)],
    };
    expect(refusalOf(rehearsal.attempt(host, 'ExchangeSuspended', {}))).toBe('NotOpened');
    const other = player('HOST', 'mediator', 'another');
    expect(
      refusalOf(rehearsal.attempt(host, 'ExchangeOpened', { ...body, publicKey: other.publicKey })),
    ).toBe('KeyDiffers');
    expect(
      refusalOf(rehearsal.attempt(host, 'ExchangeOpened', { ...body, founders: [founder(other)] })),
    ).toBe('Unknown');
    expect(
      refusalOf(
        rehearsal.attempt(host, 'ExchangeOpened', {
          ...body,
          founders: [founder(host), founder(player('HOST', 'observer'))],
        }),
      ),
    ).toBe('RoleNotForParty');
    rehearsal.play(host, 'ExchangeOpened', body);
    expect(refusalOf(rehearsal.attempt(host, 'ExchangeOpened', body))).toBe('AlreadyOpened');
  });

  it('[EX-4] keeps out acts of other exchanges and acts that are there already', () => {
    const rehearsal = opened();
    const draft = rehearsal.draft(player('A', 'coordinator'), 'ExchangeSuspended', {});
    const foreign = { ...draft.act, exchange: madeUpId('elsewhere') as ExchangeId };
    expect(refusalOf(rehearsal.offer({ ...draft, act: foreign }))).toBe('WrongExchange');
    expect(refusalOf(rehearsal.offer(draft))).toBe('accepted');
    expect(refusalOf(rehearsal.offer(draft))).toBe('ActRepeated');
    expect(rehearsal.state.suspensions).toHaveLength(1);
  });
});

describe('parties', () => {
  it('[EX-14] are founded by the host; a power by two persons with a coordinator and an approver', () => {
    const rehearsal = opened();
    const { host } = rehearsal;
    const one = (role: Role): Player => player('C', role, 'the same human');
    const attempts: readonly (readonly [Player, ReturnType<typeof accredit>, string])[] = [
      [host, accredit('C', [player('C', 'coordinator')]), 'FoundersMissing'],
      [host, accredit('C', [one('coordinator'), one('approver')]), 'FoundersMissing'],
      [host, accredit('C', [player('C', 'officer'), player('C', 'approver')]), 'FoundersMissing'],
      [host, accredit('C', [player('C', 'coordinator'), player('C', 'observer')]), 'RoleNotForParty'],
      [host, accredit('A', [player('C', 'coordinator'), player('C', 'approver')]), 'KnownAlready'],
      [host, accredit('C', [player('A', 'coordinator'), player('C', 'approver')]), 'KnownAlready'],
      [host, accredit('C', [player('A', 'medic', 'approver'), player('C', 'approver')]), 'ActorOfOtherParty'],
      [host, accredit('C', [player('C', 'mediator')], 'neutral'), 'RoleNotForParty'],
      [player('A', 'coordinator'), accredit('C', [player('C', 'coordinator')]), 'RoleMayNot'],
      [host, accredit('C', [player('C', 'coordinator'), player('C', 'approver')]), 'accepted'],
    ];
    for (const [by, body, expected] of attempts) {
      expect(refusalOf(rehearsal.attempt(by, 'PartyAccredited', body))).toBe(expected);
    }
  });
});

describe('keys', () => {
  it('[EX-15] act only once their holder has enrolled them', () => {
    const rehearsal = opened([]);
    const [coordinator, approver] = [player('C', 'coordinator'), player('C', 'approver')];
    rehearsal.play(rehearsal.host, 'PartyAccredited', accredit('C', [coordinator, approver]));
    expect(refusalOf(rehearsal.attempt(coordinator, 'ExchangeSuspended', {}))).toBe('KeyNotEnrolled');
    expect(refusalOf(rehearsal.attempt(coordinator, 'KeyEnrolled', { publicKey: approver.publicKey }))).toBe(
      'KeyDiffers',
    );
    const stranger = player('X', 'officer');
    expect(refusalOf(rehearsal.attempt(stranger, 'KeyEnrolled', { publicKey: stranger.publicKey }))).toBe(
      'Unknown',
    );
    rehearsal.play(coordinator, 'KeyEnrolled', { publicKey: coordinator.publicKey });
    expect(
      refusalOf(rehearsal.attempt(coordinator, 'KeyEnrolled', { publicKey: coordinator.publicKey })),
    ).toBe('KnownAlready');
    rehearsal.play(coordinator, 'ExchangeSuspended', {});
  });

  it('[EX-15] of a form that proves nothing are refused', () => {
    const rehearsal = opened([]);
    // The neutral element, a point of order two, and a coordinate beyond the field.
    const weak = [
      'AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
      '7P///////////////////////////////////////38=',
      '7////////////////////////////////////////38=',
    ] as Base64Hash[];
    for (const [n, publicKey] of weak.entries()) {
      const made = player('C', 'coordinator', `weak ${n}`);
      const key = { ...made, publicKey, key: fingerprintOf(publicKey) };
      const party = `C${n}`;
      rehearsal.play(rehearsal.host, 'PartyAccredited', accredit(party, [key, player(party, 'approver')]));
      expect(refusalOf(rehearsal.attempt(key, 'KeyEnrolled', { publicKey }))).toBe('KeyWeak');
    }
  });

  it('[EX-16] have one human, one party and one role', () => {
    const rehearsal = opened();
    const coordinator = player('A', 'coordinator');
    expect(refusalOf(rehearsal.attempt({ ...coordinator, role: 'approver' }, 'ExchangeSuspended', {}))).toBe(
      'RoleDiffers',
    );
    expect(refusalOf(rehearsal.attempt(player('A', 'medic'), 'ExchangeSuspended', {}))).toBe('RoleMayNot');
    const grant = founder({ ...player('A', 'officer', 'new'), actor: player('B', 'officer').actor });
    expect(refusalOf(rehearsal.attempt(coordinator, 'RoleGranted', grant))).toBe('ActorOfOtherParty');
    expect(refusalOf(rehearsal.attempt(coordinator, 'RoleGranted', founder(player('B', 'officer'))))).toBe(
      'KnownAlready',
    );
  });

  it('[EX-16] every kind refuses every role it is not for', () => {
    const rehearsal = opened();
    const all: readonly Player[] = [
      rehearsal.host,
      ...(['coordinator', 'approver', 'officer', 'medic'] as const).map((role) => player('A', role)),
      ...(['observer', 'guarantor', 'commissioner'] as const).map((role) => player('N', role)),
    ];
    const may = (kind: Parameters<Rehearsal['attempt']>[1], body: unknown): readonly Role[] =>
      all
        .filter(
          (by) => !['RoleMayNot'].includes(refusalOf(rehearsal.fork().attempt(by, kind, body as never))),
        )
        .map(({ role }) => role);
    const ref = { tranche: madeUpId('t') as TrancheId, leg: 'A-B' as LegId, step: 1 };
    expect(may('PartyAccredited', accredit('C', []))).toEqual(['mediator']);
    expect(may('TermsProposed', { terms })).toEqual(['mediator', 'coordinator']);
    expect(may('TermsAccepted', { terms: termsHash(terms) })).toEqual(['coordinator', 'approver']);
    expect(may('ListSealed', {})).toEqual(['coordinator']);
    expect(may('ListOpened', { list: madeUpId('l') })).toEqual(['coordinator', 'observer']);
    expect(may('EntryJudged', { judgements: [] })).toEqual(['coordinator']);
    expect(may('EntryStruck', { entry: madeUpId('e') })).toEqual(['coordinator']);
    expect(may('ClearanceRecorded', { stage: 'at-line', persons: [] })).toEqual([
      'officer',
      'medic',
      'observer',
    ]);
    expect(may('CommissionDecided', { entry: madeUpId('e') })).toEqual(['commissioner']);
    expect(may('TrancheApproved', ref)).toEqual(['coordinator', 'approver']);
    expect(may('TrancheScheduled', ref)).toEqual(['mediator']);
    expect(may('ManifestIssued', ref)).toEqual(['coordinator', 'officer']);
    for (const kind of ['Departed', 'StepReleased', 'StepReceived'] as const) {
      expect(may(kind, { ...ref, count: 1, persons: [] })).toEqual(['officer']);
    }
    expect(may('HeadCounted', ref)).toEqual(['officer', 'observer']);
    expect(may('PersonStayed', ref)).toEqual(['officer', 'observer']);
    expect(may('ReturnConfirmed', ref)).toEqual(['coordinator', 'officer']);
    expect(may('TrancheCertified', ref)).toEqual(['mediator', 'coordinator', 'observer']);
    expect(may('ExchangeCompleted', { returned: {} })).toEqual(['mediator', 'observer']);
    expect(may('ExchangeCancelled', {})).toEqual(['coordinator', 'approver']);
    expect(may('GuaranteeGiven', { condition: 'c', text: 't' })).toEqual(['guarantor']);
  });

  it('[EX-17] of a power are granted by two of its persons, also to replace a lost one', () => {
    const rehearsal = opened();
    const [coordinator, approver] = [player('A', 'coordinator'), player('A', 'approver')];
    const grant = founder(player('A', 'officer', 'second officer'));
    rehearsal.play(coordinator, 'RoleGranted', grant);
    expect(findIn(rehearsal.state.keys, grant.key)).toBeUndefined();
    expect(refusalOf(rehearsal.attempt(coordinator, 'RoleGranted', grant))).toBe('SignedAlready');
    expect(refusalOf(rehearsal.attempt(player('B', 'approver'), 'RoleGranted', grant))).toBe('accepted');
    expect(findIn(rehearsal.state.keys, grant.key)).toBeUndefined();
    expect(refusalOf(rehearsal.attempt(rehearsal.host, 'RoleGranted', grant))).toBe('RoleNotForParty');
    // The same person and key in another role is another grant.
    rehearsal.play(approver, 'RoleGranted', { ...grant, role: 'medic' });
    expect(findIn(rehearsal.state.keys, grant.key)).toBeUndefined();
    rehearsal.play(approver, 'RoleGranted', grant);
    expect(getFrom(rehearsal.state.keys, grant.key).party).toBe('A');
    // A neutral grants by one.
    const observer = founder(player('N', 'observer', 'second observer'));
    rehearsal.play(player('N', 'observer'), 'RoleGranted', observer);
    expect(getFrom(rehearsal.state.keys, observer.key).role).toBe('observer');
  });

  it('[EX-18] lost or stolen take their open signatures with them, retired ones do not', () => {
    for (const reason of ['stolen', 'lost', 'retired'] as const) {
      const rehearsal = opened();
      rehearsal.play(rehearsal.host, 'TermsProposed', { terms });
      const hash = termsHash(terms);
      for (const party of ['A', 'B']) {
        rehearsal.play(player(party, 'coordinator'), 'TermsAccepted', { terms: hash });
      }
      const key = player('A', 'coordinator').key;
      expect(refusalOf(rehearsal.attempt(player('A', 'medic'), 'KeyRevoked', { key, reason }))).toBe(
        'RoleMayNot',
      );
      expect(refusalOf(rehearsal.attempt(player('B', 'approver'), 'KeyRevoked', { key, reason }))).toBe(
        'PartyMayNot',
      );
      rehearsal.play(player('A', 'approver'), 'KeyRevoked', { key, reason });
      expect(refusalOf(rehearsal.attempt(player('A', 'coordinator'), 'ExchangeSuspended', {}))).toBe(
        'KeyRevoked',
      );
      rehearsal.play(player('A', 'approver'), 'TermsAccepted', { terms: hash });
      rehearsal.play(player('B', 'approver'), 'TermsAccepted', { terms: hash });
      expect(rehearsal.state.terms !== undefined).toBe(reason === 'retired');
    }
  });
});

describe('one person alone', () => {
  it('[EX-61] N6: with every key they hold, brings nothing into force', () => {
    const rehearsal = new Rehearsal('one person');
    rehearsal.open([], ['N']);
    const roles = ['coordinator', 'approver', 'officer', 'medic'] as const;
    const many = (party: string): readonly Player[] => roles.map((role) => player(party, role, 'one human'));
    for (const party of ['A', 'B']) {
      const founders = [...many(party), player(party, 'approver'), player(party, 'coordinator')];
      rehearsal.play(rehearsal.host, 'PartyAccredited', accredit(party, founders));
      for (const one of founders) rehearsal.play(one, 'KeyEnrolled', { publicKey: one.publicKey });
    }
    const before = rehearsal.fork();
    rehearsal.play(rehearsal.host, 'TermsProposed', { terms });
    const hash = termsHash(terms);
    for (const role of ['coordinator', 'approver'] as const) {
      rehearsal.play(player('B', role), 'TermsAccepted', { terms: hash });
      rehearsal.attempt(player('A', role, 'one human'), 'TermsAccepted', { terms: hash });
    }
    expect(rehearsal.state.terms).toBeUndefined();
    rehearsal.play(player('A', 'approver'), 'TermsAccepted', { terms: hash });
    expect(rehearsal.state.terms?.hash).toBe(hash);

    // Grants.
    const grant = founder(player('A', 'officer', 'new'));
    for (const one of many('A')) before.attempt(one, 'RoleGranted', grant);
    expect(findIn(before.state.keys, grant.key)).toBeUndefined();

    // Tranches and late entries.
    rehearsal.list(terms, [{ leg: leg.id, persons: 4 }]);
    const tranche = madeUpId('tranche') as TrancheId;
    rehearsal.play(player('A', 'coordinator', 'one human'), 'TrancheProposed', {
      tranche,
      number: 1,
      persons: { [leg.id]: personsOf(leg.id, 4) },
    });
    const proposal = getFrom(rehearsal.state.tranches, tranche).hash;
    for (const party of ['A', 'B']) {
      for (const one of many(party)) rehearsal.attempt(one, 'TrancheApproved', { tranche, hash: proposal });
    }
    const late = {
      list: rehearsal.listId('A' as PartyId, 'held'),
      opening: {
        entry: madeUpId('late') as EntryId,
        commitment: rehearsal.host.publicKey,
        category: 'military' as const,
        lane: 'exchange' as const,
      },
      records: madeUpHash('late'),
    };
    for (const party of ['A', 'B']) for (const one of many(party)) rehearsal.attempt(one, 'EntryAdded', late);
    expect(findIn(rehearsal.state.entries, late.opening.entry)).toBeUndefined();
    const schedule = rehearsal.attempt(rehearsal.host, 'TrancheScheduled', {
      tranche,
      hash: proposal,
      routes: [],
    });
    expect(schedule.decision).toMatchObject({
      kind: 'refused',
      refusal: {
        kind: 'ApprovalsMissing',
        parties: [
          { party: 'A', has: 1, needs: 2 },
          { party: 'B', has: 1, needs: 2 },
        ],
      },
    });
    if (schedule.decision.kind === 'refused') {
      expect(toSentence(schedule.decision.refusal)).toBe(
        'Approvals are missing: A has 1 of 2, B has 1 of 2.',
      );
    }
  });
});
