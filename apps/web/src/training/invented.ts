/** Invented boards for the training page: the shapes of the product with figures that mean nothing. */
import type { PartyId } from '@homeward/core/exchange';
import type { BoardView, CrossingLegView, StepView } from '../board/board-view.ts';
import type { ActLine } from '../replica/act-line.ts';
import type { Words } from '../words/use-words.ts';

export type TrainingState = 'unopened' | 'open' | 'suspended' | 'completed' | 'cancelled';

const key = '0123456789abcdef'.repeat(4);

export function inventLines(words: Words): readonly ActLine[] {
  const { t } = words;
  const a = t('training.partyA');
  const b = t('training.partyB');
  const leg = { from: a, to: b };
  const line = (index: number, kind: ActLine['kind'], party: string, facts: ActLine['facts']): ActLine => ({
    index,
    id: key,
    exchange: 'training',
    kind,
    at: new Date(Date.UTC(2030, 0, 2, 7, index)).toISOString(),
    key,
    role: 'officer',
    party,
    host: false,
    facts,
  });
  return [
    line(9, 'RefusedAtLine', t('training.neutral'), {
      tranche: 1,
      leg,
      step: 3,
      entry: 'Zk3Qb8wT',
      word: { of: 'outcome', is: 'stays' },
    }),
    line(8, 'HeadCounted', t('training.neutral'), {
      tranche: 1,
      leg,
      step: 3,
      place: 'departure',
      persons: 10,
      counter: 'neutral',
    }),
    line(7, 'StepHalted', b, { tranche: 1, leg, step: 2, word: { of: 'halt', is: 'count-mismatch' } }),
    line(6, 'TrancheApproved', a, { tranche: 1, hash: key }),
    line(5, 'TrancheProposed', a, {
      tranche: 1,
      byLeg: [
        { leg, persons: 30 },
        { leg: { from: b, to: a }, persons: 30 },
      ],
    }),
  ];
}

const step = (number: number, stage: StepView['stage'], vehicle: string): StepView => ({
  step: number,
  stage,
  vehicle,
  persons: 10,
  departureByGiver: stage === 'manifest' ? undefined : 10,
  departureByNeutral: stage === 'manifest' ? undefined : stage === 'halted' ? 9 : 10,
  arrivalByNeutral: stage === 'closed' || stage === 'received' ? 10 : undefined,
  arrivalByReceiver: stage === 'closed' ? 10 : undefined,
  halts: stage === 'halted' ? ['count-mismatch'] : [],
  rejected: 0,
});

export function inventBoard(state: TrainingState, words: Words): BoardView {
  const { t, number } = words;
  const a = t('training.partyA');
  const b = t('training.partyB');
  const bus = (n: number) => t('training.bus', { number: number(n) });
  const done = state === 'completed';
  const early = state === 'unopened';
  const legs = (['ab', 'ba'] as const).map((id, order) => ({
    id,
    order,
    from: order === 0 ? a : b,
    to: order === 0 ? b : a,
    lane: 'exchange' as const,
    agreed: 90,
    approved: done ? 0 : 30,
    underWay: done ? 0 : 10 + order * 3,
    verified: done ? 89 : 20,
    refused: order,
    unlisted: 1 - order,
  }));
  const movement = (id: string, order: number, stages: readonly StepView['stage'][]): CrossingLegView => {
    const steps = stages.map((stage, at) => step(at + 1, stage, bus(at + 1)));
    return {
      leg: id,
      order,
      tranche: 2,
      notified: true,
      acknowledged: true,
      opens: '',
      closes: '',
      steps,
      stepsToCome: done ? 0 : 2,
      now: steps.find(({ stage }) => stage !== 'closed') ?? steps.at(-1),
      received: done ? 30 : 10,
      persons: 30,
    };
  };
  const closed = ['closed', 'closed', 'closed'] as const;
  return {
    exchange: 'training',
    title: t('training.exchange'),
    status: state,
    suspendedBy: state === 'suspended' ? ['B'] : [],
    position: early ? 1 : 9,
    of: early ? 1 : 9,
    at: '2030-01-02T07:09:00.000Z',
    hash: key,
    parties: [
      { id: 'A', kind: 'power', label: a },
      { id: 'B', kind: 'power', label: b },
      { id: 'N1', kind: 'neutral', label: t('training.neutral') },
    ],
    legs: early ? [] : legs,
    tranches: early
      ? []
      : ([1, 2, 3] as const).map((each) => ({
          id: String(each),
          number: each,
          status: done
            ? 'certified'
            : each === 1
              ? 'certified'
              : each === 2
                ? state === 'cancelled'
                  ? 'cancelled'
                  : 'under-way'
                : 'proposed',
          legs: legs.map(({ id, order }) => ({
            leg: id,
            order,
            agreed: 30,
            approved: !done && each === 2 ? 10 : 0,
            underWay: !done && each === 2 ? 10 : 0,
            verified: done || each === 1 ? 30 - order : 0,
          })),
          approvals: [
            { party: a, has: 2, needs: 2 },
            { party: b, has: 1, needs: 2 },
          ],
          voided: each === 3 ? 1 : 0,
        })),
    crossings: early
      ? []
      : [
          {
            id: 'north',
            label: t('training.northern'),
            position: { latitude: 10.4, longitude: 20.1 },
            heard: '2030-01-02T07:09:00.000Z',
            legs: [movement('ab', 0, done ? closed : ['closed', 'received', 'departed'])],
          },
          {
            id: 'south',
            label: t('training.southern'),
            position: { latitude: 10.05, longitude: 20.4 },
            heard: undefined,
            legs: [movement('ba', 1, done ? closed : ['closed', 'halted', 'manifest'])],
          },
        ],
    balances: early
      ? []
      : [
          {
            legs: legs.map(({ id, order }) => ({ leg: id, order, crossed: done ? 89 : 30 - order * 10 })),
            ahead: done ? undefined : 0,
            imbalance: done ? 0 : state === 'cancelled' ? 12 : 10,
            limit: 10,
          },
        ],
    nextSteps: early || done || state === 'cancelled' ? 0 : 2,
    awaited: state === 'open' || state === 'suspended' ? inventAwaited(a, b) : [],
    holds:
      state === 'open' || state === 'suspended'
        ? [
            {
              tranche: 2,
              leg: { from: a, to: b },
              order: 0,
              step: 3,
              refusals: [{ kind: 'BeyondStep', leg: 'ab' as never, behind: 'ba' as never, most: 0 }],
            },
            {
              tranche: 2,
              leg: { from: b, to: a },
              order: 1,
              step: 2,
              refusals: [{ kind: 'CountMismatch', place: 'departure', counts: [10, 9] }],
            },
          ]
        : [],
    lists: [
      { party: a, kind: 'held', count: 120, opened: early ? 0 : 120 },
      { party: b, kind: 'held', count: 118, opened: 0 },
    ],
    series: early
      ? []
      : Array.from({ length: 10 }, (_, at) => ({
          at: new Date(Date.UTC(2030, 0, 2, 5, at * 14)).toISOString(),
          received: [at * 10, Math.max(0, at * 10 - 6)],
          returned: [Math.max(0, (at - 1) * 10), Math.max(0, (at - 2) * 10)],
        })),
    last: early ? [] : inventLines(words),
    refused: [],
  };
}

/** One of each kind, in turn of both parties and the neutral. */
function inventAwaited(a: string, b: string): BoardView['awaited'] {
  const leg = { leg: { from: a, to: b }, order: 0, tranche: 2 };
  const back = { leg: { from: b, to: a }, order: 1, tranche: 2 };
  const [partyA, partyB, neutral] = ['A', 'B', 'N1'].map((id) => [id as PartyId]) as [
    PartyId[],
    PartyId[],
    PartyId[],
  ];
  return [
    { kind: 'terms', parties: partyA, has: 1, needs: 2 },
    { kind: 'seal', parties: partyA, list: 'sought' },
    { kind: 'open', parties: partyB, list: 'held' },
    { kind: 'approvals', parties: partyA, tranche: 3, has: 1, needs: 2 },
    { kind: 'wills', parties: neutral, persons: 12, ...leg },
    { kind: 'fitness', parties: [...partyA, ...neutral], persons: 3, ...leg },
    { kind: 'schedule', parties: ['H' as PartyId], tranche: 3 },
    { kind: 'notice', parties: partyA, ...leg },
    { kind: 'acknowledgement', parties: partyA, ...back },
    { kind: 'manifest', parties: partyA, step: 3, ...leg },
    { kind: 'departure', parties: partyB, step: 3, ...back },
    { kind: 'heads', parties: partyA, step: 3, place: 'departure', ...leg },
    { kind: 'heads', parties: neutral, step: 2, place: 'arrival', ...leg },
    { kind: 'wills-at-line', parties: neutral, persons: 10, step: 3, ...leg },
    { kind: 'release', parties: partyA, step: 3, ...leg },
    { kind: 'receipt', parties: partyA, step: 2, ...back },
    { kind: 'identity', parties: partyA, persons: 10, step: 2, ...back },
    { kind: 'turning-back', parties: partyB, persons: 1, step: 2, ...back },
    { kind: 'returns', parties: partyA, persons: 10, ...leg },
    { kind: 'certificate', parties: neutral, tranche: 1 },
    { kind: 'completion', parties: ['H' as PartyId, ...neutral] },
  ];
}
