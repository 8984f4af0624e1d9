/**
 * Why a statement has its label: a code with values, and the sentence of each in English. Other languages keep a table of
 * the same codes. A sentence speaks of numbers and of the record, never of the person who spoke.
 */
import { meaningOf, type Unit } from './unit.ts';

export const becauseSentences = {
  // agrees
  whole: 'The record holds the same number for the whole exchange ({way}): {recorded} {unit}.',
  stage: 'The record holds the same number for stage {stage} ({way}): {recorded} {unit}.',
  running:
    'The record holds the same number for everybody who had crossed by {day} ({way}): {recorded} {unit}.',
  part: 'The record holds the same number for a part of the total ({way}): {recorded} {unit}.',
  parts: 'Parts of the record add up to the same number ({way}): {recorded} {unit}.',
  rest: 'The total of the record less its other part gives the same number ({way}): {recorded} {unit}.',
  plan: 'The record holds the same number as agreed ({way}): {recorded} {unit}. It says what was to cross, not what crossed.',
  'other-count':
    'Another count in the record gives the same number, and the lower bound of the record allows it ({way}).',
  rounded:
    'The two numbers agree within the rounding of one of them; the record has {recorded} {unit} ({way}).',
  'floor-met': 'The statement gives a lower bound, and the record reaches it ({way}): {recorded} {unit}.',
  'nobody-crossed': 'The record shows that nobody crossed ({way}).',
  'has-agreement': 'The record holds what came of the agreement, or the agreement itself.',
  refusals: 'The record holds the same number of people who chose to stay ({way}): {recorded}.',
  'has-refusals': 'The record holds people who chose to stay.',
  begun: 'The record shows that people began to cross on {begins}.',
  'under-way': 'The record shows people crossing from {begins} to {ends}.',
  complete: 'The record shows everybody across by {ends}.',
  'before-begin': 'The record begins after that date, on {begins}.',
  'later-stages': 'The record shows further stages after that date, until {ends}.',
  'was-cancelled': 'The record shows that it was cancelled.',
  larger:
    'The record holds no earlier exchange as large in that direction ({way}): {recorded}, and at most {earlier} before.',
  'has-mediators': 'The record names a mediator: {names}. There may be several.',
  'has-place': 'The record names a place: {names}.',
  within: 'The record names the same number within a total ({way}): {names}.',
  // ahead of the record
  'ahead-open': 'By {day} the record shows {recorded} of {whole} {unit} across ({way}).',
  'ahead-not-begun': 'By {day} the record shows nobody across ({way}); it begins on {begins}.',
  'ahead-agreed': 'The record holds an agreement, and nobody who crossed.',
  'ahead-unsplit': 'The record runs until {ends} and does not say how many had crossed by {day} ({way}).',
  'ahead-incomplete': 'By {day} the record shows {counts} across; it ends on {ends}.',
  // differs by n
  differs: 'The statement says {claimed}; the record counts {recorded} {unit} ({way}).',
  'differs-plan':
    'The statement says {claimed}, the number agreed; the record counts {recorded} {unit} ({way}).',
  'differs-part':
    'The statement says {claimed}, the number of {part}; the record counts {recorded} {unit} ({way}).',
  'differs-count':
    'The statement says {claimed}, as another count does; the record counts {recorded} {unit} ({way}).',
  'differs-refusals':
    'The statement says that {claimed} chose to stay; the record counts {recorded} ({way}).',
  // different unit
  'unit-status': 'It counts prisoners of war, a legal status; the record counts {recordUnit} ({way}).',
  'unit-status-civilians':
    'It counts prisoners of war, a legal status; at least {civilians} of those whom the record counts were civilians ({way}).',
  'unit-both-ways':
    'It adds both directions in one sum; the record counts {recorded} in that direction ({way}).',
  'unit-one-way':
    'It gives the number of one direction as the sum of both; the record adds up to {recorded}.',
  'unit-everybody': 'It gives the number of everybody as {unit}; the record does not split them ({way}).',
  'unit-remains': 'One counts the living and the other the dead; these are never added or compared ({way}).',
  'unit-neutral': 'It counts the people whom a neutral body handled, not everybody who was released ({way}).',
  // contradicts
  disputed: 'Another public statement says otherwise; the record cannot decide, and calls neither false.',
  denial: 'It denies another public statement; the record cannot decide, and calls neither false.',
  'took-place': 'The record shows that people crossed.',
  'cancelled-instead': 'The record shows that it was cancelled, and nobody crossed.',
  over: 'The record shows that it had ended on {ends}.',
  'already-begun': 'The record shows that it had begun on {begins}.',
  'larger-exists':
    'The record holds an earlier exchange as large or larger in that direction ({way}): {earlier}, against {recorded}.',
  // not comparable
  outside: 'The record holds crossings; nothing in it could answer this.',
  silence: 'Silence is neither denial nor consent; there is nothing to compare.',
  view: 'It is a view, a demand, an offer or an expectation, and not a crossing.',
  procedure: 'It is about how an exchange is prepared or carried out; the record holds who crossed.',
  talks: 'It is about talks, their length, place or date, and not a crossing.',
  'not-a-crossing': 'It counts something else than crossings; it is never added to or taken from them.',
  'no-event': 'It is not about one event of the record.',
  cumulative:
    'It is a total over several exchanges; its scope is not that of one event, and the record does not hold them all.',
  'outside-exchanges': 'It counts returns outside exchanges; these are never added to exchanges silently.',
  'beyond-event':
    'The number is more than twice everybody whom this exchange moved in all directions: its scope is another.',
  'other-unit': 'It counts {unit}, not people who crossed.',
  'wider-scope': 'Its direction ({way}) is not one of this event: its scope is wider or unclear.',
  'no-number': 'It has no number to compare.',
  'no-direction': 'It does not say in which direction, and no one reading fits the record.',
  // unverifiable
  'doubt-author': 'It is in doubt who said it.',
  'doubt-date': 'When it was said is not known well enough to compare it with the record.',
  'no-record': 'The record holds nothing about this event.',
  'withheld-claim': 'The number was withheld; withheld is not zero.',
  'withheld-record': 'The record holds no number here: it was withheld, which is not zero ({way}).',
  'floor-only':
    'The record holds only a lower bound, {recorded}, which neither shows the number nor rules it out ({way}).',
  unsourced: 'The figure in the record is not tied to a source yet ({way}).',
  'one-word':
    'The record rests on the word of one side alone about people whom somebody else received ({way}).',
  'did-not-cross': 'It is the word of one side about people who did not cross ({way}).',
  'not-split': 'The record does not split its number into {unit} ({way}).',
  'way-not-split': 'The record gives one number for all directions.',
  'no-way': 'The record holds no number for this direction ({way}).',
  'no-refusals': 'The record holds no number of people who chose to stay.',
  'not-so-fine': 'The record could hold this detail and does not.',
  ordinal: 'It is a number that its author gives to exchanges; the record does not number them.',
  account: 'It is an account by one side of why nobody crossed; the record does not hold what it rests on.',
  unanswered: 'It is the word of one side about another; no public answer to it is recorded.',
  'no-later-stage': 'The record shows no later stage.',
  'only-agreed': 'The record holds an agreement, and not yet what followed.',
  'no-mediators': 'The record names no mediator, which does not mean that there was none.',
  'other-mediators': 'The record names other mediators: {names}. There may be several.',
  'no-place': 'The record names no place.',
  'other-place': 'The record names its place in other words: {names}.',
} as const satisfies Readonly<Record<string, string>>;

export type BecauseCode = keyof typeof becauseSentences;

export interface Because {
  readonly code: BecauseCode;
  readonly values: Readonly<Record<string, string | number>>;
}

export function because(code: BecauseCode, values: Because['values'] = {}): Because {
  return { code, values };
}

/** Puts values into a sentence of any language. `toWord` gives the word of a unit in that language. */
export function fillSentence(
  sentence: string,
  values: Because['values'],
  toWord: (unit: Unit) => string,
): string {
  return sentence.replaceAll(/\{(\w+)\}/gu, (_, name: string) => {
    const value = values[name] ?? '';
    return name === 'unit' || name === 'part' || name === 'recordUnit'
      ? toWord(value as Unit)
      : String(value);
  });
}

/** The reason in one English sentence. */
export function becauseToSentence({ code, values }: Because): string {
  return fillSentence(becauseSentences[code], values, (unit) => meaningOf(unit).word);
}
