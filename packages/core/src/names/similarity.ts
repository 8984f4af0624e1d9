/** How near two names are as one number, for ranking many answers to one question: the level first, the letters next. */
import { compareNames, nameLevel, nameLevels } from './compare.ts';
import { getEditDistance } from './distance.ts';
import { getGivenNameClasses } from './given-name.ts';
import type { NameForm } from './name-form.ts';
import { usualPatronymics } from './patronymic.ts';

/** Ukrainian and Belarusian letters as Russian writes the same sound; other letters stand for themselves. */
const russianLetters: Readonly<Record<string, string>> = {
  и: 'ы',
  і: 'и',
  ї: 'и',
  є: 'е',
  е: 'э',
  ґ: 'г',
  ў: 'в',
  ё: 'е',
};

/** Sounds that Russian spells in two ways: the nearer of the two readings counts. */
function toRussianLetters(text: string, hard: boolean): string {
  let out = '';
  for (const letter of text.replaceAll("'", 'ь')) {
    const mapped = russianLetters[letter];
    out += mapped === undefined || (!hard && (letter === 'и' || letter === 'е')) ? letter : mapped;
  }
  return out;
}

/** A patronymic's suffix as Russian has it: hard -ович, -овна; soft -евич, -евна, with ь or и before it. */
function toRussianSuffix(patronymic: string): string {
  return patronymic
    .replace(/ійович$|[иь]евич$/u, 'ьевич')
    .replace(/[йь]ович$|(?<=[аеоу])євич$/u, 'евич')
    .replace(/іївна$|[иь]евна$/u, 'ьевна')
    .replace(/ївна$/u, 'евна')
    .replace(/івна$/u, 'овна');
}

const mostLetters = 9;

/** Letters by which two spellings differ, once each is written as the other's language writes its sounds. */
function getLetterDistance(a: NameForm, b: NameForm): number {
  if (a.script !== b.script) return getEditDistance(a.fine, b.fine, mostLetters);
  const readings = (form: NameForm): readonly string[] => {
    const text = form.role === 'patronymic' ? toRussianSuffix(form.text) : form.text;
    return [toRussianLetters(text, true), toRussianLetters(text, false), text];
  };
  const one = readings(a);
  const other = readings(b);
  let best = mostLetters;
  for (const left of one)
    for (const right of other) best = Math.min(best, getEditDistance(left, right, mostLetters));
  return best;
}

const places = new Map<string, number>();

/** Place of a spelling among those of its class: the civil names of the three languages come first. */
function getPlace(form: NameForm): number {
  if (places.size === 0)
    for (const { id, members } of getGivenNameClasses())
      for (const [place, member] of members.entries()) {
        const key = `${id} ${member.toLowerCase()}`;
        if (!places.has(key)) places.set(key, place);
      }
  let best = mostLetters;
  for (const id of form.classes) best = Math.min(best, places.get(`${id} ${form.text}`) ?? mostLetters);
  return best;
}

/** True for the patronymic that documents usually show for this father, where it is not the regular one. */
function isUsualPatronymic(form: NameForm): boolean {
  return form.role === 'patronymic' && usualPatronymics.has(form.text);
}

/**
 * How near two names of one role are, from 0 (different, or one is missing) to 1 (same spelling).
 *
 * A better level always outranks a worse one. Within a level the civil name's usual spelling comes first (Микола is
 * rather Николай than Никола, Хомівна rather Фоминична than Фомовна), then the fewer letters that differ.
 * Symmetric. Cost: one {@link compareNames} and a few edit distances.
 */
export function getNameSimilarity(a: NameForm, b: NameForm): number {
  const level = compareNames(a, b);
  if (level === nameLevel.missing || level === nameLevel.different) return 0;
  if (level === nameLevel.same) return 1;
  const letters = getLetterDistance(a, b) / mostLetters;
  let unusual = 0;
  if (level === nameLevel.class && a.role === 'given')
    unusual = Math.max(getPlace(a), getPlace(b)) / mostLetters;
  else if (a.role === 'patronymic' && (letters === 0 || isUsualPatronymic(a) || isUsualPatronymic(b)))
    unusual = -1;
  // A patronymic's level says only how its father's name was found: the same father is one step.
  const step = a.role === 'patronymic' && level < nameLevel.class ? nameLevel.class : level;
  return 1 - (step - 0.5 + (unusual + letters) / 4) / (nameLevels.length - 1);
}
