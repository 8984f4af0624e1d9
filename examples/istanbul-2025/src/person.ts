/**
 * Generated people: nobody in these lists exists. Surnames, towns and given names are drawn by `@faker-js/faker`
 * and a name table of this example with a fixed seed, so that the same seed gives the same people.
 */
import { allFakers } from '@faker-js/faker';
import type { Category } from '@homeward/core/exchange';
import type { Chance } from './chance.ts';
import { chanceOf } from './chance.ts';
import { femaleNames, maleNames, ruDaughter, ukDaughter } from './given-names.ts';
import { inRussian, inUkrainian } from './spelling.ts';

export type Language = 'uk' | 'ru';

/** A name in one spelling. A patronymic may be empty: not everybody has one. */
export interface FullName {
  readonly family: string;
  readonly given: string;
  readonly patronymic: string;
}

/** One generated human being as they are, before anybody writes them down. */
export interface Person {
  /** The language of the person's own documents, and of the power whose forces or citizens they belong to. */
  readonly language: Language;
  readonly name: Readonly<Record<Language, FullName>>;
  /** The surname before marriage, where it differs. */
  readonly maiden?: Readonly<Record<Language, string>>;
  readonly sex: 'female' | 'male';
  /** Brothers share a number. */
  readonly family?: number;
  readonly category: Category;
  /** `YYYY-MM-DD`. */
  readonly dateOfBirth: string;
  readonly placeOfBirth: Readonly<Record<Language, string>>;
  readonly citizenship: string;
  /** Empty for civilians, as are the two that follow. */
  readonly rank: string;
  readonly serviceUnit: string;
  readonly serviceNumber: string;
  readonly capturedOn: string;
  readonly capturedAt: string;
  readonly facility: string;
}

/** The day that captivity is counted to: the first day of the exchange. */
export const dayOfExchange = '2025-05-23';

const day = 86_400_000;

/** Whole days between two dates `YYYY-MM-DD`. */
export function daysBetween(span: { readonly from: string; readonly to: string }): number {
  return Math.round((Date.parse(span.to) - Date.parse(span.from)) / day);
}

function dateAfter(first: string, days: number): string {
  return new Date(Date.parse(first) + days * day).toISOString().slice(0, 10);
}

const ranks = [
  'private',
  'private',
  'private',
  'corporal',
  'sergeant',
  'sergeant',
  'senior sergeant',
  'lieutenant',
];
const fronts = ['north', 'north-east', 'east', 'south-east', 'south', 'coast'];

function nameOf(chance: Chance, language: Language, sex: Person['sex'], fakers: Fakers): Person['name'] {
  const given = chance.pick(sex === 'male' ? maleNames : femaleNames);
  const father = chance.pick(maleNames);
  const family = familyName(chance, language, sex, fakers);
  const ukSon = father.ukSon!;
  const ruSon = father.ruSon!;
  const parts = {
    uk: { given: given.uk, patronymic: sex === 'male' ? ukSon : ukDaughter(ukSon) },
    ru: { given: given.ru, patronymic: sex === 'male' ? ruSon : ruDaughter(ruSon) },
  };
  return {
    uk: { ...parts.uk, family: language === 'uk' ? family : inUkrainian(family) },
    ru: { ...parts.ru, family: language === 'ru' ? family : inRussian(family) },
  };
}

/** Ukrainian surnames come in one form for all and in a pair; the library keeps them in separate lists. */
function familyName(chance: Chance, language: Language, sex: Person['sex'], fakers: Fakers): string {
  const faker = fakers[language];
  const common = faker.rawDefinitions.person?.last_name?.generic;
  return common !== undefined && chance.happens(0.7) ? chance.pick(common) : faker.person.lastName(sex);
}

type Fakers = Readonly<Record<Language | 'en', (typeof allFakers)['en']>>;

/** A volunteer from elsewhere: one spelling as their passport has it, heard by two clerks. */
function foreignName(sex: Person['sex'], fakers: Fakers): Person['name'] {
  const own = { family: fakers.en.person.lastName(), given: fakers.en.person.firstName(sex), patronymic: '' };
  return { uk: own, ru: own };
}

/**
 * `count` people of one power, `civilians` of them civilians, in no order.
 *
 * Law   The same arguments give the same people.
 * Cost  Some 20 µs per person.
 */
export function generatePeople(wish: {
  readonly seed: number;
  readonly language: Language;
  readonly count: number;
  readonly civilians: number;
  /** Pairs of brothers among the civilians. */
  readonly families: number;
}): readonly Person[] {
  const { seed, language, count, civilians, families } = wish;
  const chance = chanceOf(seed, `people ${language}`);
  const fakers: Fakers = { uk: allFakers.uk, ru: allFakers.ru, en: allFakers.en };
  (['uk', 'ru', 'en'] as const).forEach((locale, index) => {
    fakers[locale].seed(seed * 31 + index + (language === 'uk' ? 0 : 7));
  });
  const people: Person[] = [];
  for (let index = 0; index < count; index++) {
    const category = index < civilians ? 'civilian' : 'military';
    const sex = chance.happens(category === 'civilian' ? 0.35 : 0.04) ? 'female' : 'male';
    // One in eight has the other language's name, as people do on both sides of such a border.
    const spoken: Language = chance.happens(0.125) ? (language === 'uk' ? 'ru' : 'uk') : language;
    const foreign = category === 'military' && chance.happens(0.008);
    const name = foreign ? foreignName(sex, fakers) : nameOf(chance, spoken, sex, fakers);
    const town = chance.pick(fakers[spoken].rawDefinitions.location?.city_name ?? ['']);
    const before = familyName(chance, spoken, sex, fakers);
    people.push({
      language,
      name,
      ...(sex === 'female' && !foreign && chance.happens(0.3)
        ? {
            maiden: {
              uk: spoken === 'uk' ? before : inUkrainian(before),
              ru: spoken === 'ru' ? before : inRussian(before),
            },
          }
        : {}),
      sex,
      category,
      dateOfBirth: dateAfter('1962-01-01', chance.below(44 * 365)),
      placeOfBirth: {
        uk: spoken === 'uk' ? town : inUkrainian(town),
        ru: spoken === 'ru' ? town : inRussian(town),
      },
      citizenship: foreign ? 'other' : language === 'uk' ? 'A' : 'B',
      rank: category === 'military' ? chance.pick(ranks) : '',
      serviceUnit: category === 'military' ? `${chance.below(90) + 10}-${chance.below(9) + 1}` : '',
      serviceNumber:
        category === 'military' ? `${language === 'uk' ? 'A' : 'B'}${100_000 + chance.below(900_000)}` : '',
      // Most were taken early: the density falls with the square of the draw.
      capturedOn: dateAfter('2022-03-01', Math.floor((chance.below(1_000_000) / 1_000_000) ** 2 * 1_150)),
      capturedAt: chance.pick(fronts),
      facility: `${language === 'uk' ? 'B' : 'A'}-${chance.below(18) + 1}`,
    });
  }
  return chance.shuffled(withBrothers(people, families));
}

/** The same people, the first `families` pairs of male civilians made brothers: one surname, father and town. */
function withBrothers(people: readonly Person[], families: number): readonly Person[] {
  const men = people.flatMap((person, index) =>
    person.category === 'civilian' && person.sex === 'male' ? [index] : [],
  );
  const changed = [...people];
  for (let family = 0; family < families && 2 * family + 1 < men.length; family++) {
    const [older, younger] = [men[2 * family]!, men[2 * family + 1]!];
    const { name, placeOfBirth } = people[older]!;
    const brother = people[younger]!;
    changed[older] = { ...people[older]!, family };
    changed[younger] = {
      ...brother,
      family,
      placeOfBirth,
      name: {
        uk: { ...name.uk, given: brother.name.uk.given },
        ru: { ...name.ru, given: brother.name.ru.given },
      },
    };
  }
  return changed;
}
