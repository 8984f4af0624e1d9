/** Invented boards for the gallery: the shapes of the product with figures that mean nothing. */
import type { NodeStatus } from '@homeward/contract';
import type { LegId, PartyId } from '@homeward/core/exchange';
import type { AwaitedView, BoardView, CrossingLegView, StepView } from '../../reading/board-view.ts';
import type { Change } from '../../reading/change.ts';
import type { ActLine } from '../../reading/act-line.ts';
import type { Words } from '../../words/use-words.ts';

export type GalleryState = 'unopened' | 'open' | 'suspended' | 'completed' | 'cancelled';

const key = '0123456789abcdef'.repeat(4);

/** What accounts for persons on the way, and so is awaited after a cancellation too. */
const toTheEnd: readonly AwaitedView['kind'][] = ['receipt', 'identity', 'turning-back', 'returns'];

export function inventLines(words: Words): readonly ActLine[] {
  const { t } = words;
  const a = t('gallery.partyA');
  const b = t('gallery.partyB');
  const leg = { from: a, to: b };
  const line = (index: number, kind: ActLine['kind'], party: string, facts: ActLine['facts']): ActLine => ({
    index,
    id: key,
    exchange: 'gallery',
    kind,
    at: new Date(Date.UTC(2030, 0, 2, 7, index)).toISOString(),
    key,
    role: 'officer',
    party,
    host: false,
    facts,
  });
  return [
    line(9, 'PersonStayed', t('gallery.neutral'), {
      tranche: 1,
      leg,
      step: 3,
      entry: 'Zk3Qb8wT',
      word: { of: 'outcome', is: 'stays' },
    }),
    line(8, 'HeadCounted', t('gallery.neutral'), {
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

export function inventBoard(state: GalleryState, words: Words): BoardView {
  const { t, number } = words;
  const a = t('gallery.partyA');
  const b = t('gallery.partyB');
  const bus = (n: number) => t('gallery.bus', { number: number(n) });
  const done = state === 'completed';
  const early = state === 'unopened';
  const over = state === 'cancelled';
  const legs = (['ab', 'ba'] as const).map((id, order) => ({
    id,
    order,
    from: order === 0 ? a : b,
    to: order === 0 ? b : a,
    end: 'home' as const,
    lane: 'exchange' as const,
    agreed: 90,
    approved: done || over ? 0 : 30,
    underWay: done ? 0 : 10 + order * 3,
    returned: done ? 89 : 20,
    notGoing: order,
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
    exchange: 'gallery',
    title: t('gallery.exchange'),
    status: state,
    suspendedBy: state === 'suspended' ? ['B'] : [],
    position: early ? 1 : 9,
    of: early ? 1 : 9,
    at: '2030-01-02T07:09:00.000Z',
    hash: key,
    parties: [
      { id: 'A', kind: 'power', label: a },
      { id: 'B', kind: 'power', label: b },
      { id: 'N1', kind: 'neutral', label: t('gallery.neutral') },
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
                ? over
                  ? 'cancelled'
                  : 'under-way'
                : 'proposed',
          legs: legs.map(({ id, order }) => ({
            leg: id,
            order,
            agreed: 30,
            approved: !done && !over && each === 2 ? 10 : 0,
            underWay: !done && each === 2 ? 10 : 0,
            returned: done || each === 1 ? 30 - order : 0,
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
            label: t('gallery.northern'),
            position: { latitude: 10.4, longitude: 20.1 },
            heard: '2030-01-02T07:09:00.000Z',
            legs: [movement('ab', 0, done ? closed : ['closed', 'received', 'departed'])],
          },
          {
            id: 'south',
            label: t('gallery.southern'),
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
            imbalance: done ? 0 : over ? 12 : 10,
            limit: 10,
          },
        ],
    nextSteps: early || done || over ? 0 : 2,
    awaited: early || done ? [] : inventAwaited(a, b).filter(({ kind }) => !over || toTheEnd.includes(kind)),
    holds:
      state === 'open' || state === 'suspended'
        ? [
            {
              tranche: 2,
              leg: { from: a, to: b },
              order: 0,
              step: 3,
              refusals: [{ kind: 'BeyondStep', leg: 'ab' as LegId, behind: 'ba' as LegId, most: 0 }],
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
    { kind: 'clearance', parties: neutral, persons: 12, ...leg },
    { kind: 'schedule', parties: ['H' as PartyId], tranche: 3 },
    { kind: 'notice', parties: partyA, ...leg },
    { kind: 'acknowledgement', parties: partyA, ...back },
    { kind: 'manifest', parties: partyA, step: 3, ...leg },
    { kind: 'departure', parties: partyB, step: 3, ...back },
    { kind: 'heads', parties: partyA, step: 3, place: 'departure', ...leg },
    { kind: 'heads', parties: neutral, step: 2, place: 'arrival', ...leg },
    { kind: 'clearance-at-line', parties: neutral, persons: 10, step: 3, ...leg },
    { kind: 'release', parties: partyA, step: 3, ...leg },
    { kind: 'receipt', parties: partyA, step: 2, ...back },
    { kind: 'identity', parties: partyA, persons: 10, step: 2, ...back },
    { kind: 'turning-back', parties: partyB, persons: 1, step: 2, ...back },
    { kind: 'returns', parties: partyA, persons: 10, ...leg },
    { kind: 'certificate', parties: neutral, tranche: 1 },
    { kind: 'completion', parties: ['H' as PartyId, ...neutral] },
  ];
}

const lanes = ['exchange', 'exchange', 'direct-repatriation', 'civilian-release', 'remains'] as const;
const allStages = ['closed', 'halted', 'received', 'released', 'departed', 'manifest'] as const;
const allStatuses = [
  'certified',
  'returned',
  'under-way',
  'scheduled',
  'approved',
  'proposed',
  'planned',
  'withdrawn',
  'cancelled',
] as const;

/** Seven directions in every lane, a tranche in every state and a step at every stage. */
export function inventMany(words: Words): BoardView {
  const board = inventBoard('open', words);
  const legs = Array.from({ length: 7 }, (_, order) => ({
    ...board.legs[order % 2]!,
    id: `leg-${String(order)}`,
    order,
    lane: lanes[order % lanes.length]!,
    returned: 10 + order * 7,
  }));
  const crossing = (at: number) => {
    const own = legs.filter(({ order }) => order % 2 === at).slice(0, 2);
    return {
      ...board.crossings[at]!,
      legs: own.map(({ id, order }) => {
        const steps = allStages.map((stage, place) =>
          step(place + 1, stage, words.t('gallery.bus', { number: words.number(place + 1) })),
        );
        return { ...board.crossings[at]!.legs[0]!, leg: id, order, steps, now: steps[3] };
      }),
    };
  };
  return {
    ...board,
    legs,
    tranches: allStatuses.map((status, at) => ({
      ...board.tranches[0]!,
      id: status,
      number: at + 1,
      status,
      legs: legs.slice(0, 2).map(({ id, order }) => ({
        leg: id,
        order,
        agreed: 30,
        approved: status === 'approved' || status === 'scheduled' ? 30 : status === 'under-way' ? 10 : 0,
        underWay: status === 'under-way' ? 10 : 0,
        returned: status === 'certified' || status === 'returned' ? 30 : status === 'under-way' ? 10 : 0,
      })),
    })),
    crossings: [crossing(0), crossing(1)],
    balances: [
      {
        legs: legs.slice(0, 3).map(({ id, order }) => ({ leg: id, order, crossed: order === 2 ? 55 : 5 })),
        ahead: undefined,
        imbalance: 0,
        limit: 1,
      },
    ],
    holds: [],
    series: board.series.map((point) => ({
      ...point,
      received: legs.map(({ order }) => (point.received[order % 2] ?? 0) + order),
      returned: legs.map(({ order }) => (point.returned[order % 2] ?? 0) + order),
    })),
  };
}

export function inventChanges(words: Words): readonly Change[] {
  const leg = { from: words.t('gallery.partyA'), to: words.t('gallery.partyB') };
  return [
    { what: 'approvals', about: words.number(2), from: 1, to: 2 },
    { what: 'received', about: leg, from: 10, to: 20 },
    { what: 'notGoing', about: leg, from: 0, to: 1 },
  ];
}

/** What a node says of itself: an exchange before its terms, one under way, one suspended, and peers heard and not. */
export function inventStatus(words: Words): NodeStatus {
  const { t } = words;
  const exchange = (
    status: NodeStatus['exchanges'][number]['status'],
    legs: NodeStatus['exchanges'][number]['legs'],
  ) => ({
    id: `gallery-${status}`,
    title: t('gallery.exchange'),
    status,
    suspendedBy: [],
    acts: 9,
    hash: '',
    parties: [
      { id: 'A', kind: 'power' as const, label: t('gallery.partyA') },
      { id: 'B', kind: 'power' as const, label: t('gallery.partyB') },
    ],
    legs,
    lists: [],
    verdicts: {},
    tranches: [],
    imbalance: 0,
    imbalanceMax: 0,
  });
  const leg = (id: string, from: string, to: string) => ({
    id,
    from,
    to,
    end: 'home' as const,
    lane: 'exchange' as const,
    agreed: 90,
    named: 90,
    approved: 30,
    moving: 5,
    received: 5,
    underWay: 10,
    returned: 20,
    crossed: 25,
    notGoing: 0,
    unlisted: 0,
  });
  const legs = [leg('ab', 'A', 'B'), leg('ba', 'B', 'A')];
  return {
    role: 'party',
    party: 'A',
    name: 'party-a',
    version: '0',
    origin: 'gallery.example/log',
    keys: { log: '', receipt: '' },
    log: { size: 9 },
    exchanges: [
      exchange('unopened', []),
      exchange('open', legs),
      exchange('suspended', legs),
      exchange(
        'completed',
        legs.map((one) => ({
          ...one,
          approved: 0,
          moving: 0,
          received: 0,
          underWay: 0,
          returned: 90,
          crossed: 90,
        })),
      ),
      exchange('cancelled', legs),
    ],
    outbox: 0,
    peers: [
      {
        name: 'host',
        url: 'https://host.example',
        role: 'host',
        lastHeard: '2030-01-02T07:09:00.000Z',
        size: 9,
      },
      { name: 'party-b', url: '', role: 'party', lastHeard: '2030-01-02T07:09:00.000Z', size: 8 },
      { name: 'observer', url: '', role: 'observer' },
    ],
    alarms: [],
    startedAt: '2030-01-02T05:00:00.000Z',
    at: '2030-01-02T07:09:02.000Z',
  };
}
