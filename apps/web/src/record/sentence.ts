/** A line of the record as a sentence in the reader's language. Texts of the parties enter it isolated. */
import type { Refusal } from '@homeward/core/exchange';
import type { PlainKey } from '../words/catalogue.ts';
import type { Words } from '../words/use-words.ts';
import type { BoardView } from '../board/board-view.ts';
import type { ActLine } from '../replica/act-line.ts';

const short = (hex: string): string => hex.slice(0, 8);

export function toSentence(line: ActLine, words: Words): string {
  const { facts } = line;
  const { t, quote, number } = words;
  const missing = t('word.notKnown');
  const some = (text: string | undefined, max?: number) => (text === undefined ? missing : quote(text, max));
  const figure = (value: number | undefined) => (value === undefined ? missing : number(value));
  const params: Record<string, string> = {
    who: line.party === '' ? quote(short(line.key)) : quote(line.party, 60),
    persons: facts.persons === undefined ? missing : words.counted('n.persons', facts.persons),
    vehicles: facts.vehicles === undefined ? missing : words.counted('n.vehicles', facts.vehicles),
    byLeg: words.list(
      (facts.byLeg ?? []).map(({ leg, persons }) =>
        t('act.leg', { leg: quote(leg, 60), persons: words.counted('n.persons', persons) }),
      ),
    ),
    verdicts: words.list(
      (facts.verdicts ?? []).map(({ verdict, persons }) =>
        t('act.verdict', { verdict: t(`verdict.${verdict}` as PlainKey), n: number(persons) }),
      ),
    ),
    tranche: figure(facts.tranche),
    step: figure(facts.step),
    part: figure(facts.part),
    parts: figure(facts.parts),
    round: figure(facts.round),
    yes: figure(facts.answers?.yes),
    no: figure(facts.answers?.no),
    leg: some(facts.leg, 60),
    vehicle: some(facts.vehicle, 40),
    crossing: some(facts.crossing, 60),
    party: some(facts.party, 60),
    title: some(facts.title, 80),
    text: facts.text === undefined ? '' : quote(facts.text, 200),
    entry: some(facts.entry?.slice(0, 8)),
    hash: some(facts.hash === undefined ? undefined : short(facts.hash)),
    act: some(facts.act === undefined ? undefined : short(facts.act)),
    key: some(facts.keyNamed === undefined ? undefined : short(facts.keyNamed)),
    list: facts.list === undefined ? missing : t(`list.${facts.list}`),
    stage: facts.stage === undefined ? missing : t(`word.stage.${facts.stage}`),
    place: facts.place === undefined ? missing : t(`word.place.${facts.place}`),
    counter: facts.counter === undefined ? missing : t(`board.${facts.counter}`),
    word: facts.word === undefined ? missing : t(`word.${facts.word.of}.${facts.word.is}` as PlainKey),
    until: facts.until === undefined ? missing : words.date(facts.until),
  };
  return t(`act.${line.kind}`, params).trim();
}

/** How the ids in a refusal are called; without it they stand as they are. */
export interface Names {
  readonly leg: (id: string) => string;
  readonly party: (id: string) => string;
}
const asTheyAre: Names = { leg: (id) => id, party: (id) => id };

/** The names a board has for its legs and parties. */
export function namesOf(board: BoardView): Names {
  return {
    leg: (id) => {
      const leg = board.legs.find((found) => found.id === id);
      return leg === undefined ? id : `${leg.from} → ${leg.to}`;
    },
    party: (id) => board.parties.find((party) => party.id === id)?.label ?? id,
  };
}

/** Why the rules say no, in the reader's language. */
export function toReason(refusal: Refusal, words: Words, names: Names = asTheyAre): string {
  const { t, quote, number, list } = words;
  const given = refusal as Readonly<Record<string, unknown>>;
  const params: Record<string, string> = {};
  for (const name of ['leg', 'behind'] as const) {
    if (typeof given[name] === 'string') params[name] = quote(names.leg(given[name]), 60);
  }
  if (typeof given['gate'] === 'string') params['gate'] = quote(given['gate'], 60);
  if (typeof given['party'] === 'string') params['party'] = quote(names.party(given['party']), 60);
  for (const name of [
    'step',
    'next',
    'most',
    'persons',
    'agreed',
    'proposed',
    'left',
    'sealed',
    'opened',
    'parts',
    'number',
    'verified',
    'said',
    'open',
    'tranches',
  ] as const) {
    if (typeof given[name] === 'number') params[name] = number(given[name]);
  }
  if (refusal.kind === 'Suspended')
    params['parties'] = list(refusal.by.map((party) => quote(names.party(party), 60)));
  if (refusal.kind === 'ApprovalsMissing') {
    params['parties'] = list(
      refusal.parties.map(({ party, has, needs }) =>
        t('board.approvalOf', {
          party: quote(names.party(party), 60),
          has: number(has),
          needs: number(needs),
        }),
      ),
    );
  }
  if (refusal.kind === 'CountMismatch') params['counts'] = list(refusal.counts.map(number));
  if (refusal.kind === 'StepHalted') params['reason'] = t(`word.halt.${refusal.reason}` as PlainKey);
  if (refusal.kind === 'CountsMissing' || refusal.kind === 'CountMismatch') {
    params['place'] = t(`word.place.${refusal.place}`);
  }
  return words.has(`refusal.${refusal.kind}`)
    ? t(`refusal.${refusal.kind}` as PlainKey, params)
    : t('refusal.other', { kind: quote(refusal.kind) });
}
