/**
 * Terms, conditions, guarantees, undertakings and dates of one exchange as one timetable, derived from its acts.
 *
 * Law     Nothing here is enforced: a late obligation is shown, and stops nobody. Days are what signers claim (`at`);
 *         the order is that of the log.
 * Cost    One walk over the acts.
 */
import {
  findIn,
  valuesOf,
  type Act,
  type ActId,
  type Bodies,
  type Exchange,
  type PartyId,
} from '../exchange/index.ts';
import { parseSpan, toDayAfter, type Day, type Span } from '../statements/day.ts';
import { standingOf, type Evidence, type Obligation } from './obligation.ts';

/** An accepted act with its place and its signer's party. */
export interface RecordedAct {
  readonly id: ActId;
  readonly index: number;
  readonly party: PartyId;
  readonly act: Act;
}

type Draft = { -readonly [K in keyof Omit<Obligation, 'standing'>]: Omit<Obligation, 'standing'>[K] };

/** Every obligation of an exchange on a day, in the order of the log; those of the terms first. */
export function toTimetable(
  acts: readonly RecordedAct[],
  state: Exchange,
  today: Day,
): readonly Obligation[] {
  const promises = new Promises();
  for (const recorded of acts) promises.take(recorded);
  const drafts = [
    ...ofNumbers(acts, state),
    ...ofGates(acts, state),
    ...promises.verdicts(state),
    ...promises.all(),
  ];
  return drafts.map((draft) => ({ ...draft, standing: standingOf(draft, today) }));
}

/** What one guarantor may see: what it signed, and nothing else. */
export function forGuarantor(timetable: readonly Obligation[], party: PartyId): readonly Obligation[] {
  return timetable.filter(({ guarantor, evidence }) =>
    guarantor?.party === party
      ? guarantor.hasSigned
      : evidence.some(({ by, what }) => by === party && (what === 'given' || what === 'signed')),
  );
}

export interface Reminder {
  readonly obligation: string;
  readonly to: readonly PartyId[];
  readonly why: 'soon' | 'due' | 'late' | 'answer-awaited' | 'signature-awaited';
}

/** Who is to be told of what on a day. Whoever owes and whoever answers for it are told alike. */
export function toReminders(
  timetable: readonly Obligation[],
  today: Day,
  daysAhead: number,
): readonly Reminder[] {
  const horizon = toDayAfter(today, daysAhead);
  return timetable.flatMap((obligation): readonly Reminder[] => {
    const { id, guarantor, owedBy, standing, until } = obligation;
    const all = [...new Set([...owedBy, ...(guarantor?.hasSigned === true ? [guarantor.party] : [])])];
    const unsigned: readonly Reminder[] =
      guarantor?.hasSigned === false
        ? [{ obligation: id, to: [guarantor.party], why: 'signature-awaited' }]
        : [];
    if (standing === 'alleged') return [...unsigned, { obligation: id, to: all, why: 'answer-awaited' }];
    if (standing === 'due' || standing === 'late')
      return [...unsigned, { obligation: id, to: all, why: standing }];
    return standing === 'open' && until !== undefined && until.to <= horizon
      ? [...unsigned, { obligation: id, to: all, why: 'soon' }]
      : unsigned;
  });
}

const dayOf = ({ act }: RecordedAct): Day => act.at.slice(0, 10);

function toEvidence(recorded: RecordedAct, what: Evidence['what'], payload?: Evidence['payload']): Evidence {
  return { act: recorded.id, index: recorded.index, day: dayOf(recorded), by: recorded.party, what, payload };
}

const blank = {
  guarantor: undefined,
  persons: undefined,
  until: undefined,
  untilText: '',
  metOn: undefined,
  alleged: 0,
  answered: 0,
  evidence: [],
} as const;

/** A last day that a text states as a date of its own: the last `YYYY-MM-DD` in it. */
function findDay(text: string): Span | undefined {
  const found = [...text.matchAll(/\b\d{4}-\d{2}-\d{2}\b/gu)].at(-1);
  return found === undefined ? undefined : parseSpan(found[0]);
}

/** The number of each leg: owed by who gives, met by verified returns. */
function ofNumbers(acts: readonly RecordedAct[], { terms, legs }: Exchange): readonly Draft[] {
  if (terms === undefined) return [];
  const accepted = acts.filter(({ act }) => act.kind === 'TermsAccepted' && act.body.terms === terms.hash);
  const closing = acts.filter(
    ({ act }) => act.kind === 'TrancheCertified' || act.kind === 'ExchangeCompleted',
  );
  return terms.terms.legs.flatMap((leg): readonly Draft[] => {
    // Of an upper limit or a whole category no number is owed.
    const owed: unknown = leg.count;
    if (typeof owed !== 'number') return [];
    const count = findIn(legs, leg.id);
    const done = count?.returned ?? 0;
    const isMet = done >= owed;
    const certified = closing.filter(
      ({ act }) =>
        (act.kind === 'TrancheCertified' || act.kind === 'ExchangeCompleted') &&
        Object.hasOwn(act.body.returned, leg.id),
    );
    return [
      {
        ...blank,
        id: `numbers ${leg.id}`,
        kind: 'numbers',
        nature: 'to-do',
        owedBy: [leg.from],
        name: leg.id,
        text: '',
        persons: { owed, done },
        metOn: isMet && certified.length > 0 ? dayOf(certified.at(-1)!) : undefined,
        evidence: [
          ...accepted.map((one) => toEvidence(one, 'signed')),
          ...certified.map((one) => toEvidence(one, 'met')),
        ],
      },
    ];
  });
}

/** A gate of the terms: persons of a leg wait for it. Its own condition says whether it is met. */
function ofGates(acts: readonly RecordedAct[], { terms, legs, conditions }: Exchange): readonly Draft[] {
  if (terms === undefined) return [];
  const accepted = acts.filter(({ act }) => act.kind === 'TermsAccepted' && act.body.terms === terms.hash);
  return terms.terms.gates.map((gate): Draft => {
    const { requires } = gate;
    const met = acts.filter(
      ({ act }) =>
        requires.kind === 'condition-met' &&
        act.kind === 'ConditionMet' &&
        act.body.condition === requires.condition,
    );
    const count = requires.kind === 'condition-met' ? undefined : findIn(legs, requires.leg);
    const done = requires.kind === 'returned' ? count?.returned : count?.settled;
    const isMet =
      requires.kind === 'condition-met'
        ? findIn(conditions, requires.condition)?.met === true
        : (done ?? 0) >= requires.persons;
    const giver =
      requires.kind === 'condition-met'
        ? undefined
        : terms.terms.legs.find(({ id }) => id === requires.leg)?.from;
    const last = acts.at(-1);
    return {
      ...blank,
      id: `gate ${gate.id}`,
      kind: 'gate',
      nature: 'to-do',
      owedBy: giver === undefined ? [] : [giver],
      name: gate.id,
      text: requires.kind === 'condition-met' ? requires.condition : '',
      persons: requires.kind === 'condition-met' ? undefined : { owed: requires.persons, done: done ?? 0 },
      metOn: !isMet
        ? undefined
        : met[0] !== undefined
          ? dayOf(met[0])
          : last === undefined
            ? undefined
            : dayOf(last),
      evidence: [
        ...accepted.map((one) => toEvidence(one, 'signed')),
        ...met.map((one) => toEvidence(one, 'met')),
      ],
    };
  });
}

/** What acts promise, allege, answer and declare met, as they come. */
class Promises {
  readonly #drafts = new Map<string, Draft>();
  readonly #allegations = new Map<ActId, string>();
  readonly #lists = new Map<string, { readonly owner: PartyId; entries: number; opened: RecordedAct }>();
  readonly #listOf = new Map<string, string>();
  readonly #judged = new Map<string, { readonly entries: Set<string>; last: RecordedAct }>();

  take(recorded: RecordedAct): void {
    const { act } = recorded;
    if (act.kind === 'ConditionLinked') this.#link(recorded, act.body);
    else if (act.kind === 'GuaranteeGiven') this.#guarantee(recorded, act.body);
    else if (act.kind === 'ConditionMet') this.#meet(recorded, act.body);
    else if (act.kind === 'UndertakingGiven') this.#undertake(recorded, act.body);
    else if (act.kind === 'BreachAlleged') this.#allege(recorded, act.body);
    else if (act.kind === 'BreachAnswered') this.#answer(recorded, act.body);
    else if (act.kind === 'ListOpened') this.#open(recorded, act.body);
    else if (act.kind === 'EntryJudged') this.#judge(recorded, act.body);
  }

  all(): readonly Draft[] {
    return [...this.#drafts.values()];
  }

  /** An answer to every entry of a list, by the day that the terms set. */
  verdicts({ terms, lists }: Exchange): readonly Draft[] {
    if (terms === undefined) return [];
    const powers = new Set(
      terms.terms.legs.flatMap(({ from, to }) => [from, to] as readonly (PartyId | undefined)[]),
    );
    return [...valuesOf(lists)].flatMap((list): readonly Draft[] => {
      const open = this.#lists.get(list.id);
      if (open === undefined) return [];
      const judged = this.#judged.get(list.id);
      const done = judged?.entries.size ?? 0;
      const last = toDayAfter(dayOf(open.opened), terms.terms.verdictDays);
      const others = [...powers].filter((party) => party !== undefined && party !== open.owner) as PartyId[];
      return [
        {
          ...blank,
          id: `verdicts ${list.id}`,
          kind: 'verdicts',
          nature: 'to-do',
          owedBy: others,
          name: `${open.owner} ${list.kind}`,
          text: '',
          persons: { owed: open.entries, done },
          until: { from: last, to: last },
          metOn: done >= open.entries ? dayOf(judged?.last ?? open.opened) : undefined,
          evidence: [
            toEvidence(open.opened, 'given'),
            ...(judged === undefined ? [] : [toEvidence(judged.last, 'met')]),
          ],
        },
      ];
    });
  }

  #link(recorded: RecordedAct, { condition, text }: Bodies['ConditionLinked']): void {
    this.#drafts.set(`condition ${condition}`, {
      ...blank,
      id: `condition ${condition}`,
      kind: 'condition',
      nature: 'to-do',
      owedBy: [],
      name: condition,
      text,
      until: findDay(text),
      evidence: [toEvidence(recorded, 'given')],
    });
  }

  #guarantee(recorded: RecordedAct, { condition }: Bodies['GuaranteeGiven']): void {
    this.#change(`condition ${condition}`, recorded, 'signed', undefined, {
      guarantor: { party: recorded.party, hasSigned: true },
    });
  }

  #meet(recorded: RecordedAct, { condition }: Bodies['ConditionMet']): void {
    this.#change(`condition ${condition}`, recorded, 'met', undefined, { metOn: dayOf(recorded) });
  }

  #undertake(
    recorded: RecordedAct,
    { undertaking, guarantor, persons, until }: Bodies['UndertakingGiven'],
  ): void {
    const id = `undertaking ${undertaking}`;
    const known = this.#drafts.get(id);
    if (known !== undefined) {
      // Said again by the guarantor itself: its own signature.
      if (known.guarantor?.party === recorded.party) {
        this.#change(id, recorded, 'signed', undefined, {
          guarantor: { party: recorded.party, hasSigned: true },
        });
      }
      return;
    }
    this.#drafts.set(id, {
      ...blank,
      id,
      kind: 'undertaking',
      nature: 'to-keep',
      owedBy: [recorded.party],
      guarantor:
        guarantor === undefined ? undefined : { party: guarantor, hasSigned: guarantor === recorded.party },
      name: undertaking,
      text: '',
      persons: persons.length === 0 ? undefined : { owed: persons.length, done: persons.length },
      until: parseSpan(until) ?? findDay(until),
      untilText: until,
      evidence: [toEvidence(recorded, 'given')],
    });
  }

  #allege(recorded: RecordedAct, { undertaking, evidence }: Bodies['BreachAlleged']): void {
    const id = `undertaking ${undertaking}`;
    this.#allegations.set(recorded.id, id);
    const alleged = (this.#drafts.get(id)?.alleged ?? 0) + 1;
    this.#change(id, recorded, 'alleged', evidence, { alleged });
  }

  #answer(recorded: RecordedAct, { allegation, text }: Bodies['BreachAnswered']): void {
    const id = this.#allegations.get(allegation);
    if (id === undefined) return;
    const answered = (this.#drafts.get(id)?.answered ?? 0) + 1;
    this.#change(id, recorded, 'answered', text, { answered });
  }

  #open(recorded: RecordedAct, { list, entries }: Bodies['ListOpened']): void {
    for (const { entry } of entries) this.#listOf.set(entry, list);
    const known = this.#lists.get(list);
    this.#lists.set(list, {
      owner: recorded.party,
      entries: (known?.entries ?? 0) + entries.length,
      opened: recorded,
    });
  }

  #judge(recorded: RecordedAct, { judgements }: Bodies['EntryJudged']): void {
    for (const { entry } of judgements) {
      const list = this.#listOf.get(entry);
      if (list === undefined) continue;
      const known = this.#judged.get(list);
      if (known === undefined) this.#judged.set(list, { entries: new Set([entry]), last: recorded });
      else {
        known.entries.add(entry);
        known.last = recorded;
      }
    }
  }

  #change(
    id: string,
    recorded: RecordedAct,
    what: Evidence['what'],
    payload: Evidence['payload'],
    changes: Partial<Draft>,
  ): void {
    const draft = this.#drafts.get(id);
    if (draft === undefined) return;
    const evidence = [...draft.evidence, toEvidence(recorded, what, payload)];
    this.#drafts.set(id, { ...draft, ...changes, evidence });
  }
}
