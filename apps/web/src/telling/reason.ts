/** A refusal of the core as a sentence in the reader's language. */
import type { Refusal, TermsFault } from '@homeward/core/exchange';
import type { BoardView } from '../reading/board-view.ts';
import type { LegEnds } from '../reading/act-line.ts';
import type { PlainKey } from '../words/catalogue.ts';
import type { Params, Words } from '../words/use-words.ts';
import { partyName } from './party-name.ts';

/** How the ids in a refusal are called; without it they stand as they are. */
export interface Names {
  readonly leg: (id: string) => LegEnds;
  readonly party: (id: string) => string;
}

/** The names a board has for its legs and parties. */
export function namesOf(board: BoardView, words: Words): Names {
  const label = (id: string) => {
    const party = board.parties.find((found) => found.id === id);
    return party === undefined
      ? words.quote(id, 60)
      : partyName({ label: party.label, host: party.kind === 'host' }, words);
  };
  return {
    leg: (id) => {
      const leg = board.legs.find((found) => found.id === id);
      return leg === undefined ? { from: id, to: '' } : { from: leg.from, to: leg.to };
    },
    party: label,
  };
}

/** Why the rules say no. What the refusal names is called as `names` call it. */
export function toReason(
  refusal: Refusal,
  words: Words,
  names: Names = { leg: (id) => ({ from: id, to: '' }), party: (id) => words.quote(id, 60) },
): string {
  const { t, has, quote } = words;
  const key = `refusal.${refusal.kind}` as const;
  return has(key)
    ? t(key, toParams(refusal, words, names))
    : t('refusal.other', { kind: quote(refusal.kind) });
}

interface Say {
  readonly words: Words;
  readonly names: Names;
  readonly leg: (id: string) => string;
  readonly word: (family: string, name: string) => string;
}

/** What a kind says otherwise than its fields would by themselves. */
const ownParams: {
  readonly [K in Refusal['kind']]?: (refusal: Extract<Refusal, { readonly kind: K }>, say: Say) => Params;
} = {
  RoleMayNot: (r, { words: { list }, word }) => ({
    kind: word('kind', r.act),
    roles: list(r.roles.map((role) => word('word.role', role))),
  }),
  FoundersMissing: (r, { words: { list }, word }) => ({
    roles: list(r.roles.map((role) => word('word.role', role))),
  }),
  PartyMayNot: (r, { words: { t, list }, names }) => ({
    only: r.only.length === 0 ? t('word.anotherParty') : list(r.only.map((id) => names.party(id))),
  }),
  Suspended: (r, { words: { list }, names }) => ({ parties: list(r.by.map((id) => names.party(id))) }),
  Ended: (r, { word }) => ({ status: word('status', r.status) }),
  TrancheEnded: (r, { word }) => ({ status: word('tranche', r.status) }),
  TermsFaulty: (r, { words, names }) => ({
    faults: r.faults.map((fault) => toFault(fault, words, names)).join(' '),
  }),
  ListsUnsealed: (r, { words: { list }, names, word }) => ({
    missing: list(r.missing.map((one) => `${names.party(one.party)} (${word('list', one.list)})`)),
  }),
  ParityBroken: (r, { words: { list, number }, leg }) => ({
    legs: list(r.legs.map(leg)),
    proposed: list(r.proposed.map(number)),
  }),
  ApprovalsMissing: (r, { words: { t, list, number }, names }) => ({
    parties: list(
      r.parties.map(({ party, has, needs }) =>
        t('word.approvalOf', { party: names.party(party), has: number(has), needs: number(needs) }),
      ),
    ),
  }),
  CountMismatch: (r, { words: { list, number } }) => ({ counts: list(r.counts.map(number)) }),
  StepHalted: (r, { words: { has, quote }, word }) => ({
    reason: has(`word.halt.${r.reason}`) ? word('word.halt', r.reason) : quote(r.reason, 60),
  }),
  PersonsInMotion: (r, { words: { counted } }) => ({ persons: counted('n.persons', r.persons) }),
  ReturnsUnconfirmed: (r, { words: { counted } }) => ({ persons: counted('n.persons', r.persons) }),
  TooManyPersons: (r, { words: { counted } }) => ({ persons: counted('n.persons', r.most) }),
  StepTooLarge: (r, { words: { counted } }) => ({ persons: counted('n.persons', r.most) }),
  BeyondStep: (r, { words: { counted } }) => ({ most: counted('n.persons', r.most) }),
  AgreedNumbersOpen: (r, { words: { counted } }) => ({ persons: counted('n.persons', r.open) }),
};

/** The words and figures of its fields. A field is called the same in every kind that has it, but for the few below. */
function toParams(refusal: Refusal, words: Words, names: Names): Params {
  const { t, number, quote } = words;
  const leg = (id: string) => words.leg(names.leg(id));
  const word = (family: string, name: string) => t(`${family}.${name}` as PlainKey);
  const params: Record<string, string> = {};
  for (const [field, value] of Object.entries(refusal) as readonly (readonly [string, unknown])[]) {
    if (field === 'kind') continue;
    if (typeof value === 'number') params[field] = number(value);
    else if (typeof value !== 'string') continue;
    else if (field === 'leg' || field === 'behind') params[field] = leg(value);
    else if (field === 'party') params[field] = names.party(value);
    else if (field === 'entry') params[field] = quote(value.slice(0, 8));
    else if (field === 'role' || field === 'has' || field === 'claims')
      params[field] = word('word.role', value);
    else if (field === 'what') params[field] = word('named', value);
    else if (field === 'whereabouts') params[field] = word('whereabouts', value);
    else if (field === 'list') params[field] = word('list', value);
    else if (field === 'place') params[field] = word('word.place', value);
    else if (field === 'stage') params[field] = word('word.stage', value);
    else params[field] = quote(value, 60);
  }
  const say: Say = { words, names, leg, word };
  const own = ownParams[refusal.kind] as ((refusal: Refusal, say: Say) => Params) | undefined;
  return { ...params, ...own?.(refusal, say) };
}

function toFault(fault: TermsFault, words: Words, names: Names): string {
  const { t, number, list, quote, counted } = words;
  const leg = (id: string) => words.leg(names.leg(id));
  const params: Record<string, string> = {};
  for (const [field, value] of Object.entries(fault) as readonly (readonly [string, unknown])[]) {
    if (typeof value === 'number') params[field] = number(value);
    else if (typeof value !== 'string' || field === 'kind' || field === 'law') continue;
    else if (field === 'leg') params[field] = leg(value);
    else if (field === 'party') params[field] = names.party(value);
    else params[field] = quote(value, 60);
  }
  if (fault.kind === 'CouplingUneven') params['legs'] = list(fault.legs.map(leg));
  if (fault.kind === 'BelowReceived') params['persons'] = counted('n.persons', fault.received);
  if (fault.kind === 'ParityLopsided') {
    const at = number(fault.at.number);
    params['at'] =
      fault.at.in === 'tranche' ? t('word.tranche', { number: at }) : t('word.rule', { rule: at });
  }
  return t(`fault.${fault.kind}`, params);
}
