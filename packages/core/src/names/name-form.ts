/** Everything about one name cell that a comparison needs, computed once per distinct value. */
import { alternativeMark } from './alternatives.ts';
import { findClassOfKey, findGivenName, getWeaklyLinked } from './given-name.ts';
import { getFirstLetters, getInitialLetters } from './initials.ts';
import { parsePatronymic } from './patronymic.ts';
import { getScript, type Script } from './repair.ts';
import { getCoarseKey, getFineKey, getReadings, getSlipKey, isSkeletonVowel } from './skeleton.ts';
import { getFamilyRoots, getSurnameStem } from './surname.ts';

export type NameRole = 'family' | 'given' | 'patronymic';

export interface NameForm {
  readonly role: NameRole;
  /** Lower case, repaired; the parts joined by one space or hyphen as they came. */
  readonly text: string;
  readonly script: Script;
  readonly fine: string;
  readonly coarse: string;
  /** Fine key of the sex-neutral stem (family), or the father's key (patronymic); equals `fine` for given names. */
  readonly stem: string;
  /** The key under which slips are looked for; which slips there are is counted on what was written. */
  readonly edits: string;
  /** What was written, in letters that one language writes for another's: і, ї, ы as и; є, ё, э as е; Latin without marks. */
  readonly written: string;
  /** Coarse keys of the extra readings. */
  readonly readings: readonly string[];
  readonly classes: readonly number[];
  readonly shortOf: readonly number[];
  readonly weak: readonly number[];
  /** The parts of a double or multiple name; empty for a single one. */
  readonly parts: readonly NameForm[];
  /** For an initial: the letters it may stand for, as one string; empty otherwise. */
  readonly initial: string;
  /** The letters an initial of this name may show, in whatever language; for an initial the same as `initial`. */
  readonly firsts: string;
  readonly sex: 'm' | 'f' | 'unknown';
  /** All names of a cell that offers several, this one first; empty for one name. */
  readonly alternatives: readonly NameForm[];
}

const empty: readonly never[] = [];

/**
 * Fine keys of the extra readings. Those without a cue count in given names and patronymics, which are few and far from each
 * other, and in a surname that a known given name is the root of.
 */
function findReadings(text: string, role: NameRole): readonly string[] {
  const shown = getReadings(text, role !== 'family').map(({ fine }) => fine);
  if (role !== 'family' || getScript(text) !== 'latin') return shown;
  const hasKnownRoot = (fine: string): boolean =>
    [...getFamilyRoots(fine).keys()].some((root) => root.length > 3 && findClassOfKey(root) !== undefined);
  const possible = getReadings(text, true).map(({ fine }) => fine);
  return [...shown, ...possible.filter((fine) => !shown.includes(fine) && hasKnownRoot(fine))];
}

function toWritten(text: string, script: Script): string {
  if (script === 'cyrillic')
    return text
      .replace(/[іїы]/gu, 'и')
      .replace(/[єёэ]/gu, 'е')
      .replaceAll('ґ', 'г')
      .replace(/[ьъ'\s-]/gu, '');
  return text.normalize('NFD').replace(/[\p{M}'\s-]/gu, '');
}

function getSingleForm(text: string, role: NameRole): NameForm {
  const script = getScript(text);
  const fine = getFineKey(text);
  const coarse = getCoarseKey(fine);
  const readings = findReadings(text, role)
    .map(getCoarseKey)
    .filter((key, index, all) => key !== coarse && all.indexOf(key) === index);
  const initial = getInitialLetters(text);
  let classes: readonly number[] = empty;
  let shortOf: readonly number[] = empty;
  let weak: readonly number[] = empty;
  let stem = fine;
  let edits = role === 'family' ? getSlipKey(fine) : coarse;
  let sex: NameForm['sex'] = 'unknown';
  if (initial === '') {
    if (role === 'given') ({ classes, shortOf, weak } = findGivenName(text));
    else if (role === 'family') {
      const found = getSurnameStem(text);
      sex = found.sex;
      stem = found.stem === text ? fine : getFineKey(found.stem);
    } else {
      const found = parsePatronymic(text);
      if (found === undefined) ({ classes, shortOf, weak } = findGivenName(text));
      else {
        classes = found.classes;
        weak = [...new Set(found.classes.flatMap((id) => getWeaklyLinked(id)))].sort((a, b) => a - b);
        stem = `${found.father}-`;
        edits = found.father;
        sex = found.sex;
      }
    }
  }
  return {
    role,
    text,
    script,
    fine,
    coarse,
    stem,
    edits,
    written: toWritten(text, script),
    readings,
    classes,
    shortOf,
    weak,
    parts: empty,
    initial,
    firsts: initial === '' ? getFirstLetters(text, classes) : initial,
    sex,
    alternatives: empty,
  };
}

const particle =
  /^(von|van|der|den|de|da|di|la|le|du|фон|ван|дер|ден|де|да|ді|ди|ла|ле|дю|al|el|аль|ель|эль|ібн|ибн|ibn|bin|бен|ben|мак|mac|mc|o|о)$/u;

/**
 * Prepares one name cell for comparison.
 *
 * @param repaired the text of a {@link repairName} result; brackets and commas part it like spaces do, a semicolon parts
 * names of which any may be meant
 * @param role which part of a full name it is
 */
export function getNameForm(repaired: string, role: NameRole): NameForm {
  if (!repaired.includes(';')) return getOneForm(repaired, role);
  const forms = repaired
    .split(';')
    .map((one) => getOneForm(one, role))
    .filter((form) => form.text !== '');
  if (forms.length === 0) return getOneForm('', role);
  if (forms.length === 1) return forms[0]!;
  // What is known of the whole cell is known of its first name that is not a letter only.
  const head = forms.find((form) => form.initial === '') ?? forms[0]!;
  return {
    ...head,
    text: forms.map((form) => form.text).join(alternativeMark),
    firsts: forms.map((form) => form.firsts).join(''),
    alternatives: forms,
  };
}

/** The names a form stands for: itself, or each of its alternatives. */
export function getAlternatives(form: NameForm): readonly NameForm[] {
  return form.alternatives.length === 0 ? [form] : form.alternatives;
}

function getOneForm(repaired: string, role: NameRole): NameForm {
  const text = repaired
    .toLowerCase()
    .replace(/[(),/]+/gu, ' ')
    .replace(/\.(?=\S)/gu, '. ')
    .replace(/\s+/gu, ' ')
    .trim();
  if (role === 'patronymic' && parsePatronymic(text) !== undefined) return getSingleForm(text, role);
  const words = text.split(/[\s-]+/u).filter((word) => word !== '');
  if (words.length <= 1) return getSingleForm(text, role);
  const joined: string[] = [];
  let held = '';
  for (const [index, word] of words.entries()) {
    if (particle.test(word) && index + 1 < words.length) held += word;
    else {
      joined.push(held + word);
      held = '';
    }
  }
  // A word that stands there twice was pasted twice.
  const single = joined.filter((word, index) => joined.indexOf(word) === index);
  if (single.length <= 1)
    return { ...getSingleForm(single[0] ?? text, role), text: joined.length > 1 ? single[0]! : text };
  const parts = single.slice(0, 6).map((word) => getSingleForm(word, role));
  const whole = parts.map((part) => part.fine).join('');
  const coarse = getCoarseKey(whole);
  return {
    role,
    text,
    script: getScript(text),
    fine: whole,
    coarse,
    stem: parts.map((part) => part.stem).join(' '),
    edits: coarse,
    written: toWritten(text, getScript(text)),
    readings: empty,
    classes: empty,
    shortOf: empty,
    weak: empty,
    parts,
    initial: '',
    firsts: parts[0]!.firsts,
    sex: parts.find((part) => part.sex !== 'unknown')?.sex ?? 'unknown',
    alternatives: empty,
  };
}

/** True when a key has at least one consonant: two keys of vowels only say nothing. */
export function hasConsonant(key: string): boolean {
  for (const letter of key) if (!isSkeletonVowel(letter) && letter !== '-') return true;
  return false;
}
