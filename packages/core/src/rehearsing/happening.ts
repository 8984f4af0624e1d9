/** Each kind of happening as a script, and as a sentence. */
import { acceptTerms, amendTerms, join } from './accession.ts';
import { approve, propose, schedule } from './choosing.ts';
import {
  arriveUnlisted,
  carry,
  confirm,
  count,
  cross,
  give,
  goOn,
  halt,
  misidentify,
  refuseAtLine,
  turnBack,
} from './crossing.ts';
import {
  allege,
  answerFor,
  cancel,
  cancelTranche,
  certify,
  complete,
  guarantee,
  leave,
  meetCondition,
  resume,
  spokesOf,
  suspend,
  trancheFor,
  undertake,
} from './ending.ts';
import {
  addPersons,
  ask,
  bringLists,
  comment,
  decideCommission,
  ensureListed,
  examine,
  identify,
  judge,
  recordDeaths,
  strike,
} from './listing.ts';
import type { Person } from './people.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { Happening, ManyPersons, Persons } from './scenario.ts';
import { offer, type Script, type Steps } from './script.ts';
import type { Terms } from '../exchange/index.ts';

/** A happening whose terms, if it brings any, have been filled in; a group of its own has an id. */
export type Told = Happening & { readonly filled?: Terms; readonly group?: string };

/** Everybody on a list, or of a group that is on none. */
const everybody = (at: Rehearsal): readonly Person[] =>
  [...at.groups.values()].flatMap(({ persons }) => persons);

function* listed(at: Rehearsal, persons: ManyPersons, what: string): Steps<readonly Person[]> {
  yield* ensureListed(at);
  const open = everybody(at).filter(({ entry }) => {
    const known = at.entry(entry);
    return known !== undefined && !known.struck && known.whereabouts === 'held';
  });
  return yield* at.pick(persons, open, what);
}

/** The acts of a happening, one after the other. */
export function* play(at: Rehearsal, told: Told): Script {
  switch (told.do) {
    case 'accept':
      return yield* acceptTerms(at, told.party);
    case 'amend':
      return yield* amendTerms(at, told.filled ?? at.terms);
    case 'meet-condition':
      return yield* meetCondition(at, told);
    case 'guarantee':
      return yield* guarantee(at, told);
    case 'join':
      return yield* join(at, told.party);
    case 'leave':
      return yield* leave(at, told.party);
    case 'list':
      return yield* bringLists(at, told.until);
    case 'add':
      return yield* addPersons(at, told.persons, told.group ?? told.persons.leg);
    case 'judge':
      return yield* judge(at, yield* listed(at, told.persons, 'on a list'), told.verdict, told.party);
    case 'comment':
      return yield* comment(at, yield* listed(at, told.persons, 'on a list'), told);
    case 'strike':
      return yield* strike(at, yield* listed(at, told.persons, 'on a list'), told.reason ?? 'party-decision');
    case 'ask': {
      yield* ensureListed(at);
      return yield* ask(at, yield* at.pick(told.persons, everybody(at), 'on a list'), told.goes ?? true);
    }
    case 'examine':
      return yield* examine(at, yield* listed(at, told.persons, 'on a list'), told.fitness ?? 'fit');
    case 'die':
      return yield* recordDeaths(at, yield* at.pick(told.persons, everybody(at), 'on a list'), told.party);
    case 'identify': {
      const remains = yield* at.pick(told.remains, everybody(at), 'of the dead');
      return yield* identify(at, remains, yield* at.pick(told.as, everybody(at), 'on a list'), told.party);
    }
    case 'commission':
      return yield* decideCommission(at, yield* listed(at, told.persons, 'on a list'), told.decision);
    case 'propose':
      return yield* propose(at, told);
    case 'approve': {
      const { hash, id } = yield* trancheFor(at, told.tranche);
      return yield* approve(at, told.party, hash, id, told.persons);
    }
    case 'withdraw-approval': {
      const { hash, id } = yield* trancheFor(at, told.tranche);
      return yield* withdrawApproval(at, told.party, { hash, tranche: id });
    }
    case 'withdraw-tranche': {
      const tranche = yield* trancheFor(at, told.tranche);
      const party = told.party ?? tranche.proposer.party;
      yield* offer(spokesOf(at, party), 'TrancheWithdrawn', { tranche: tranche.id });
      return;
    }
    case 'schedule':
      return yield* schedule(at, (yield* trancheFor(at, told.tranche)).id);
    case 'carry':
      return yield* carry(at, told);
    case 'give':
      return yield* give(at, told);
    case 'cross':
      return yield* cross(at, told);
    case 'count':
      return yield* count(at, told);
    case 'refuse':
      return yield* refuseAtLine(at, told);
    case 'misidentify':
      return yield* misidentify(at, told);
    case 'turn-back':
      return yield* turnBack(at, told);
    case 'arrive':
      return yield* arriveUnlisted(at, told);
    case 'halt':
      return yield* halt(at, told);
    case 'go-on':
      return yield* goOn(at, told);
    case 'confirm': {
      const arrived = everybody(at).filter(({ entry }) => at.entry(entry)?.whereabouts === 'received');
      const named =
        told.persons === undefined
          ? undefined
          : (yield* at.pick(told.persons, arrived, `of leg ${told.leg} who have arrived`)).map(
              ({ entry }) => entry,
            );
      return yield* confirm(at, told.leg, told.party, undefined, named);
    }
    case 'certify':
      return yield* certify(at, told.tranche);
    case 'complete':
      return yield* complete(at);
    case 'suspend':
      return yield* suspend(at, told);
    case 'resume':
      return yield* resume(at, told.party);
    case 'cancel-tranche':
      return yield* cancelTranche(at, told);
    case 'cancel':
      return yield* cancel(at, told);
    case 'undertake':
      return yield* undertake(at, told);
    case 'answer-for':
      return yield* answerFor(at, told);
    case 'allege':
      return yield* allege(at, told);
  }
}

/** Every approval that a power has given is taken back, as one person may. */
function* withdrawApproval(
  at: Rehearsal,
  party: Parameters<typeof approve>[1],
  body: { readonly tranche: Parameters<typeof approve>[3]; readonly hash: Parameters<typeof approve>[2] },
): Script {
  const approvals = at.liveTranches().find(({ id }) => id === body.tranche)?.approvals ?? [];
  const own = approvals.find((one) => one.party === party);
  const signers = at.officials(party);
  const signer = signers.find(({ key }) => key === own?.key) ?? signers[0] ?? spokesOf(at, party);
  yield* offer(signer, 'ApprovalWithdrawn', body);
}

const one = (wanted: Persons): string => {
  if (typeof wanted === 'number') {
    return wanted === 1 ? '1 person' : `${wanted} persons`;
  }
  const { of, numbers, count: some, category } = wanted;
  const who =
    numbers === undefined ? (some === undefined ? 'everybody' : one(some)) : `numbers ${numbers.join(', ')}`;
  return `${who} of ${of}${category === undefined ? '' : ` (${category})`}`;
};
const some = (wanted: ManyPersons | undefined, none = 'everybody'): string =>
  wanted === undefined
    ? none
    : Array.isArray(wanted)
      ? (wanted as readonly Persons[]).map(one).join(' and ')
      : one(wanted as Persons);

/** What the planner wrote, in a sentence. */
export function describe(at: Pick<Rehearsal, 'leg'>, told: Told): string {
  const {
    step: inStep,
    tranche: number,
    reason,
  } = told as {
    readonly step?: number;
    readonly tranche?: number;
    readonly reason?: string;
  };
  const step = inStep === undefined ? '' : ` in step ${inStep}`;
  const tranche = number === undefined ? '' : ` ${number}`;
  const because = reason === undefined ? '' : ` (${reason})`;
  switch (told.do) {
    case 'accept':
      return `${told.party} accepts the terms`;
    case 'amend':
      return 'the terms are amended';
    case 'meet-condition':
      return `condition ${told.condition} is met`;
    case 'guarantee':
      return `${told.party} answers for condition ${told.condition}`;
    case 'join':
      return `${told.party} speaks for itself from now on`;
    case 'leave':
      return `${told.party} leaves`;
    case 'list':
      return `lists are ${told.until ?? 'answered'}`;
    case 'add':
      return `${one(told.persons.count)} are added to a list for leg ${told.persons.leg}`;
    case 'judge':
      return `${told.party ?? 'the other side'} answers ${told.verdict} for ${some(told.persons)}`;
    case 'comment':
      return `${told.party ?? 'the other side'} asks about ${some(told.persons)}`;
    case 'strike':
      return `${some(told.persons)} are struck${because}`;
    case 'ask':
      return `${some(told.persons)} say that they ${told.goes === false ? 'do not go' : 'go'}`;
    case 'examine':
      return `${some(told.persons)} are found ${told.fitness ?? 'fit'}`;
    case 'die':
      return `${told.party ?? 'the holder'} records that ${some(told.persons)} have died`;
    case 'identify':
      return `remains (${some(told.remains)}) are found to be those of ${some(told.as)}`;
    case 'commission':
      return `the medical commission decides for ${some(told.persons)}: ${told.decision}`;
    case 'propose':
      return `a tranche is ${told.until ?? 'proposed, approved and scheduled'}`;
    case 'approve':
      return `${told.party} approves tranche${tranche}`;
    case 'withdraw-approval':
      return `${told.party} takes back an approval of tranche${tranche}`;
    case 'withdraw-tranche':
      return `tranche${tranche} is withdrawn`;
    case 'schedule':
      return `tranche${tranche} is scheduled`;
    case 'carry':
      return `${told.all === true ? 'everybody crosses' : 'the tranche crosses'}, step by step`;
    case 'give':
      return `${at.leg(told.leg).from} gives ${some(told.persons, 'one step')} of leg ${told.leg}${told.by === undefined ? '' : ` by ${told.by}`}${told.until === undefined ? '' : `, as far as ${told.until}`}`;
    case 'cross':
      return `the step of leg ${told.leg}${step} goes on${told.until === undefined ? '' : `, as far as ${told.until}`}`;
    case 'count': {
      const heads = (['giver', 'receiver', 'neutral'] as const)
        .filter((who) => told[who] !== undefined)
        .map((who) => `${who} ${told[who] ?? 0}`);
      return `heads of leg ${told.leg}${step} are counted: ${heads.join(', ')}`;
    }
    case 'refuse':
      return `${some(told.persons)} of leg ${told.leg} say no at the line: ${told.outcome ?? 'stays'}`;
    case 'misidentify':
      return `${some(told.persons)} of leg ${told.leg} are not who the manifest says`;
    case 'turn-back':
      return `${some(told.persons, 'who is to go back')} of leg ${told.leg} go back with the giver`;
    case 'arrive':
      return `${one(told.unlisted)} of no list arrive on leg ${told.leg}`;
    case 'halt':
      return `${told.party} halts leg ${told.leg}${step}${because}`;
    case 'go-on':
      return `${told.party} lets leg ${told.leg}${step} go on`;
    case 'confirm':
      return `${told.party ?? 'both sides'} confirm the returns on leg ${told.leg}`;
    case 'certify':
      return `tranche${tranche} is certified`;
    case 'complete':
      return 'the exchange is completed';
    case 'suspend':
      return `${told.party} suspends${because}`;
    case 'resume':
      return `${told.party} resumes`;
    case 'cancel-tranche':
      return `${told.party} cancels tranche${tranche}${because}`;
    case 'cancel':
      return `${told.party} cancels the exchange${because}`;
    case 'undertake':
      return `${told.party} undertakes ${told.undertaking} until ${told.until}`;
    case 'answer-for':
      return `${told.party} answers for ${told.undertaking}`;
    case 'allege':
      return `${told.party} says that ${told.undertaking} was broken`;
  }
}
