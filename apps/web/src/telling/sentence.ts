/** A line of the record as a sentence in the reader's language. Texts of the parties enter it isolated. */
import type { PlainKey } from '../words/catalogue.ts';
import type { Words } from '../words/use-words.ts';
import type { ActLine } from '../reading/act-line.ts';
import { partyName } from './party-name.ts';

const short = (hex: string): string => hex.slice(0, 8);

export function toSentence(line: ActLine, words: Words): string {
  const { facts } = line;
  const { t, quote, number } = words;
  const missing = t('word.notKnown');
  const some = (text: string | undefined, max?: number) => (text === undefined ? missing : quote(text, max));
  const figure = (value: number | undefined) => (value === undefined ? missing : number(value));
  const params: Record<string, string> = {
    who:
      line.party === '' ? quote(short(line.key)) : partyName({ label: line.party, host: line.host }, words),
    persons: facts.persons === undefined ? missing : words.counted('n.persons', facts.persons),
    ofPersons: facts.persons === undefined ? missing : words.counted('n.ofPersons', facts.persons),
    vehicles: facts.vehicles === undefined ? missing : words.counted('n.vehicles', facts.vehicles),
    byLeg: words.list(
      (facts.byLeg ?? []).map(({ leg, persons }) =>
        t('act.leg', { leg: words.leg(leg), persons: words.counted('n.persons', persons) }),
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
    leg: facts.leg === undefined ? missing : words.leg(facts.leg),
    vehicle: some(facts.vehicle, 40),
    crossing: some(facts.crossing, 200),
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
    counter: facts.counter === undefined ? missing : t(`word.counter.${facts.counter}`),
    word: facts.word === undefined ? missing : t(`word.${facts.word.of}.${facts.word.is}` as PlainKey),
    until: facts.until === undefined ? missing : words.date(facts.until),
  };
  return t(`act.${line.kind}`, params).trim();
}
