/** Names that are near each other: one name in two spellings, readings, slips, initials, parts of double names. */
import { compareNames, getAlternatives, nameLevel, type NameForm } from '../../names/index.ts';
import type { NearFinder, NearLevels, NearSearch } from './near-finder.ts';
import { addNearKeys, levelPairs, PairCollector, put } from './pair-collector.ts';

function findNearNames(
  forms: readonly (NameForm | undefined)[],
  different: number,
  search?: NearSearch,
): NearLevels {
  const size = forms.length;
  const collector = new PairCollector(size, search?.own);
  const keys = new Map<string, number[]>();
  const classes = new Map<number, number[]>();
  const related = new Map<number, { full: number[]; short: number[] }>();
  const parts = new Map<string, number[]>();
  const doubles = new Set<number>();
  const initials = new Map<string, number[]>();
  const firsts = new Map<string, number[]>();
  const edits: (readonly string[])[] = [[]];
  for (let value = 1; value < size; value += 1) {
    const names = getAlternatives(forms[value]!);
    edits.push(names.map(getEditKey));
    for (const form of names) {
      if (form.initial !== '') {
        for (const letter of getInitialKeys(form)) put(initials, letter, value);
        continue;
      }
      for (const letter of form.firsts) put(firsts, letter, value);
      put(keys, `s${form.stem}`, value);
      put(keys, `c${form.coarse}`, value);
      for (const reading of form.readings) put(keys, `c${reading}`, value);
      for (const id of form.classes) {
        put(classes, id, value);
        linkTo(related, id).full.push(value);
      }
      for (const id of form.shortOf) linkTo(related, id).short.push(value);
      for (const id of form.weak) linkTo(related, id).short.push(value);
      const pieces = form.parts.length > 0 ? form.parts : [form];
      if (form.parts.length > 0) doubles.add(value);
      for (const part of pieces) {
        if (part.initial !== '') continue;
        put(parts, `s${part.stem}`, value);
        put(parts, `c${part.coarse}`, value);
        for (const id of part.classes) put(parts, `k${id}`, value);
        if (form.parts.length > 0) for (const id of part.shortOf) put(parts, `k${id}`, value);
      }
    }
  }
  collector.addGroups(keys);
  collector.addGroups(classes);
  for (const { full, short } of related.values())
    for (let at = 0; at < short.length; at += 1) {
      for (const a of full) collector.add(a, short[at]!);
      for (let other = at + 1; other < short.length; other += 1) collector.add(short[at]!, short[other]!);
    }
  // Only buckets with a double name in them say more than the whole-name keys do.
  for (const members of parts.values()) {
    const double = members.filter((value) => doubles.has(value));
    if (double.length > 0 && double.length * members.length <= 4_000_000)
      for (const a of double) for (const b of members) collector.add(a, b);
  }
  for (const [letter, short] of initials) {
    const full = firsts.get(letter) ?? [];
    for (const a of short) {
      for (const b of full) collector.add(a, b);
      for (const b of short) collector.add(a, b);
    }
  }
  const skipped = addNearKeys(collector, edits, search?.mostEdits);
  return levelPairs(collector, size, skipped, (a, b) => compareNames(forms[a]!, forms[b]!), different);
}

/** The key whose slips are looked for; an initial has none. */
export const getEditKey = (form: NameForm): string => (form.initial === '' ? form.edits : '');

/** The letters under which an initial meets names and other initials: О. and А. meet too. */
export function getInitialKeys({ initial }: NameForm): readonly string[] {
  return initial === 'a' || initial === 'o' ? ['a', 'o'] : Array.from(initial);
}

function linkTo(
  map: Map<number, { full: number[]; short: number[] }>,
  id: number,
): { full: number[]; short: number[] } {
  let known = map.get(id);
  if (known === undefined) {
    known = { full: [], short: [] };
    map.set(id, known);
  }
  return known;
}

function getNameKeys(name: NameForm): readonly string[] {
  if (name.initial !== '') return getInitialKeys(name).map((letter) => `i${letter}`);
  const keys = [`s${name.stem}`, `c${name.coarse}`];
  for (const letter of name.firsts) keys.push(`f${letter}`);
  for (const reading of name.readings) keys.push(`c${reading}`);
  for (const id of [...name.classes, ...name.shortOf, ...name.weak]) keys.push(`k${id}`);
  for (const part of name.parts) {
    if (part.initial !== '') continue;
    keys.push(`s${part.stem}`, `c${part.coarse}`);
    for (const id of [...part.classes, ...part.shortOf]) keys.push(`k${id}`);
  }
  return keys;
}

const getKeys: NearFinder['getKeys'] = ({ names }, value) => {
  const name = names?.[value];
  return name === undefined ? [] : [...new Set(getAlternatives(name).flatMap(getNameKeys))];
};

/** The finder of all kinds of names. */
export const nearNames: NearFinder = {
  find: (_texts, described, _rare, search) => findNearNames(described.names!, nameLevel.different, search),
  getKeys,
  // An initial asks for names, and they for it; where one name of several is an initial it asks for names.
  getWantedKeys: (described, value) =>
    getKeys(described, value).flatMap((key) =>
      key.startsWith('i') ? [key, `f${key.slice(1)}`] : [key.startsWith('f') ? `i${key.slice(1)}` : key],
    ),
  getSlipKeys: (_texts, { names }, value) => {
    const name = names?.[value];
    return name === undefined
      ? []
      : [...new Set(getAlternatives(name).map(getEditKey))].filter((key) => key !== '');
  },
  valuesMax: Number.POSITIVE_INFINITY,
};
