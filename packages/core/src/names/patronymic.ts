/**
 * A patronymic is (the father's class, the bearer's sex): strip the suffix, restore the father's name, compare classes.
 * Both Ukrainian orthographies (Ігорович and, since 2019, Ігорьович) and the Russian and Belarusian forms end the same.
 */
import { findFatherClasses, getFatherKey } from './given-name.ts';
import { getScript } from './repair.ts';
import { getCoarseKey, getFineKey } from './skeleton.ts';

export interface Patronymic {
  /** The father's name without its ending, as a coarse key; never empty. */
  readonly father: string;
  /** The father's given-name classes, sorted; empty when the name is not in the table. */
  readonly classes: readonly number[];
  readonly sex: 'm' | 'f' | 'unknown';
  /** Where the suffix was found, for the trace: `-ович`, `-івна`, `оглы`, … */
  readonly suffix: string;
}

const kin =
  /(?:^|[\s-])(огли|оглы|оглу|oglu|oglou|ogly|кизи|кызы|kizi|kyzy|qızı|qizi|gyzy|уулу|uulu|улы|ұлы|uly|ибн|ібн|ibn|бін|бин|bin)(?=[\s-]|$)/iu;
const kinSex: Readonly<Record<string, 'f'>> = {
  кизи: 'f',
  кызы: 'f',
  kizi: 'f',
  kyzy: 'f',
  qızı: 'f',
  qizi: 'f',
  gyzy: 'f',
};

/** Longest first within a sex; what remains before the suffix is the father's stem. */
const suffixes: readonly (readonly [suffix: string, sex: 'm' | 'f'])[] = [
  ['влевич', 'm'],
  ['влевна', 'f'],
  ['влівна', 'f'],
  ['влєвич', 'm'],
  ['влєвна', 'f'],
  ['vlevich', 'm'],
  ['vlevna', 'f'],
  ['инична', 'f'],
  ['инічна', 'f'],
  ['йович', 'm'],
  ['ьович', 'm'],
  ['ьевич', 'm'],
  ['иевич', 'm'],
  ['ович', 'm'],
  ['евич', 'm'],
  ['ёвич', 'm'],
  ['євич', 'm'],
  ['авіч', 'm'],
  ['евіч', 'm'],
  ['овіч', 'm'],
  ['ївна', 'f'],
  ['івна', 'f'],
  ['ьевна', 'f'],
  ['иевна', 'f'],
  ['овна', 'f'],
  ['евна', 'f'],
  ['євна', 'f'],
  ['аўна', 'f'],
  ['еўна', 'f'],
  ['оўна', 'f'],
  ['ьїч', 'm'],
  ['ьич', 'm'],
  ['іч', 'm'],
  ['ич', 'm'],
  ['ична', 'f'],
  ['iiovich', 'm'],
  ['iovich', 'm'],
  ['jovich', 'm'],
  ['yovich', 'm'],
  ['yevich', 'm'],
  ['ievich', 'm'],
  ['jevich', 'm'],
  ['ovich', 'm'],
  ['evich', 'm'],
  ['avich', 'm'],
  ['iivna', 'f'],
  ['yivna', 'f'],
  ['jivna', 'f'],
  ['ivna', 'f'],
  ['yevna', 'f'],
  ['ievna', 'f'],
  ['jevna', 'f'],
  ['ovna', 'f'],
  ['evna', 'f'],
  ['avna', 'f'],
  ['inichna', 'f'],
  ['ichna', 'f'],
  ['ich', 'm'],
];

/** A Latin suffix as most tables have it: German and Polish w, French and Polish ends, Belarusian u for ў. */
function toPlainSuffix(lower: string): string {
  if (!/[a-zčć]$/u.test(lower)) return lower;
  return lower
    .replaceAll('w', 'v')
    .replace(/[iy](?:tsch|tch|tsh|tsj|ts|cz|ch|tš|č|ć)$/u, 'ich')
    .replace(/(?<=[aeo])[uŭ]na$/u, 'vna');
}

/** Fathers whose patronymic does not follow from the name by dropping its ending: stem → name. */
const irregular: ReadonlyMap<string, string> = new Map(
  Object.entries({
    львович: 'Лев',
    львівна: 'Лев',
    львовна: 'Лев',
    левович: 'Лев',
    левівна: 'Лев',
    lvovich: 'Лев',
    lvovych: 'Лев',
    lvovna: 'Лев',
    lvivna: 'Лев',
    якович: 'Яків',
    яківна: 'Яків',
    yakovych: 'Яків',
    yakovich: 'Яків',
    iakovych: 'Яків',
    yakivna: 'Яків',
    iakivna: 'Яків',
    яковлевич: 'Яків',
    яковлевна: 'Яків',
    yakovlevich: 'Яків',
    yakovlevna: 'Яків',
    iakovlevich: 'Яків',
    iakovlevna: 'Яків',
    якаўлевіч: 'Яків',
    якаўлеўна: 'Яків',
    осипович: 'Йосип',
    осиповна: 'Йосип',
    осипівна: 'Йосип',
    ильинична: 'Ілля',
    іллівна: 'Ілля',
    ілліч: 'Ілля',
    ильич: 'Ілля',
    illich: 'Ілля',
    ilyich: 'Ілля',
    ilich: 'Ілля',
    illivna: 'Ілля',
    ilinichna: 'Ілля',
    ilyinichna: 'Ілля',
  }).map(([patronymic, father]) => [toPlainSuffix(patronymic), father] as const),
);

/** Patronymics that documents show although the father's name would make another: Фома is Фомич rather than Фомович. */
export const usualPatronymics: ReadonlySet<string> = new Set(
  (
    'ильич ильинична ілліч іллівна лукич лукинична фомич фоминична кузьмич кузьминична саввич саввична ' +
    'никитич никитична яковлевич яковлевна львович львовна иосифович иосифовна игнатьевич игнатьевна ' +
    'дмитриевич дмитриевна григорьевич григорьевна николаевич николаевна алексеевич алексеевна'
  ).split(' '),
);

/**
 * Reads a patronymic.
 *
 * @param text a repaired patronymic, any case and script
 * @returns undefined when the text has no patronymic's ending or kin word
 */
export function parsePatronymic(text: string): Patronymic | undefined {
  const lower = toPlainSuffix(
    text
      .toLowerCase()
      .replace(/['’”ʹʺ]/gu, '')
      .trim(),
  );
  if (lower.length < 4 || lower.length > 60) return undefined;
  const kinWord = kin.exec(lower);
  if (kinWord !== null) {
    const rest = lower
      .replace(kin, ' ')
      .replace(/[\s-]+/gu, ' ')
      .trim();
    const father = getFatherKey(rest);
    if (father === '') return undefined;
    const word = kinWord[1]!;
    return { father, classes: findFatherClasses(rest), sex: kinSex[word] ?? 'm', suffix: word };
  }
  if (/[\s]/u.test(lower)) return undefined;
  const known = irregular.get(lower) ?? irregular.get(lower.replaceAll('є', 'е'));
  if (known !== undefined) {
    const father = getFatherKey(known);
    const sex = /(а|a)$/u.test(lower) ? 'f' : 'm';
    return { father, classes: findFatherClasses(known), sex, suffix: sex === 'f' ? '-вна' : '-ич' };
  }
  for (const [suffix, sex] of suffixes) {
    if (!lower.endsWith(suffix)) continue;
    let stem = lower.slice(0, -suffix.length);
    if (suffix.startsWith('вл') || suffix.startsWith('vl')) stem += suffix.startsWith('в') ? 'в' : 'v';
    if (stem.length < 2) continue;
    const father = getFatherKey(stem);
    if (father === '') return undefined;
    const classes = findFatherClasses(stem);
    // "-ич" alone is an old ending of few names; of all others it is a surname's.
    if (/^(ь?[иії]ч|[yi]ch)$/u.test(suffix) && classes.length === 0) return undefined;
    return { father, classes, sex, suffix: `-${suffix}` };
  }
  return undefined;
}

/** True when a token could only be read as a patronymic: a feminine one, or a masculine one of a known father. */
export function isClearlyPatronymic(token: string): boolean {
  const found = parsePatronymic(token);
  if (found === undefined) return false;
  return found.sex === 'f' ? getScript(token) !== 'other' : found.classes.length > 0;
}

/** The father's key of a patronymic, or the whole text's coarse key when it is not one. */
export function getPatronymicKey(text: string): string {
  return parsePatronymic(text)?.father ?? getCoarseKey(getFineKey(text));
}
