/**
 * Two lists of generated people with known truth: one as a Ukrainian office keeps it, one as the other side does, with
 * the damage such lists show. Same seed, same bytes; nobody in it exists.
 */
import { getGivenNameClasses, romanise, type RomanisationId } from '@homeward/core/names';
import { closeSync, openSync, writeSync } from 'node:fs';

const roots =
  'Бабенк Балаб Барабаш Безкоровайн Білоконь Бойчен Бурлак Вакул Ващ Верб Вовк Ворон Гай Гал Гарб Глад Гнат Гол Гонт Горб Гром Губ Гуц Дан Дем Дзюб Дов Долин Дорош Дяк Жаб Жмур Жук Заб Завад Зай Зар Зел Зоз Іванищ Івах Кал Кап Карп Кат Кисел Клим Коб Кол Комар Кост Кот Крав Кудр Кул Куп Лаб Лаз Лев Лис Лоб Лук Ляш Маз Мак Мал Март Мат Мел Мик Миргород Мор Муз Наг Наз Нест Ніжин Ног Овч Ол Онищ Ор Остр Пав Пал Пан Паст Пелих Пет Пил Под Прих Пуш Рад Реб Род Рож Руд Ряб Сав Сад Сал Сам Свир Сем Сер Сид Сит Скиб Слюс Сол Сорок Стад Стец Сух Тар Тер Тим Ткал Тов Тр Тур Удов Уст Фед Фес Хар Хвил Хом Худ Цап Цимб Чайк Чеп Черв Чор Чуб Шаб Шап Швед Шев Шин Шул Щерб Юр Юхн Явор Яким Ярош Ясин'.split(
    ' ',
  );
const middles = ['', 'а', 'ен', 'ил', 'ор', 'ан', 'ух', 'ич', 'ом', 'ул', 'ин', 'ат', 'ес', 'уб', 'ар'];
const endings = [
  ['енко', 'енко'],
  ['чук', 'чук'],
  ['юк', 'юк'],
  ['ук', 'ук'],
  ['ський', 'ский'],
  ['ко', 'ко'],
  ['ов', 'ов'],
  ['ець', 'ец'],
  ['ик', 'ик'],
  ['як', 'як'],
  ['ило', 'ило'],
  ['ан', 'ан'],
] as const;

/** A generator of numbers in [0, 1), the same on every machine (xorshift-multiply on 32 bits). */
export function createChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e37_79b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0_aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a_2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 4_294_967_296;
  };
}

const lookAlikes: Readonly<Record<string, string>> = {
  а: 'a',
  с: 'c',
  е: 'e',
  і: 'i',
  о: 'o',
  р: 'p',
  х: 'x',
  у: 'y',
};
const tables: readonly RomanisationId[] = ['kmu-55', 'uk-passport-2007', 'bgn-pcgn-1965'];
const russianTables: readonly RomanisationId[] = ['icao-9303', 'mvd-310', 'gost-52535', 'mvd-782'];

const toRussian = (text: string): string =>
  text
    .replaceAll('и', 'ы')
    .replaceAll('і', 'и')
    .replaceAll('ї', 'и')
    .replaceAll('є', 'е')
    .replaceAll("'", 'ь');

function toPatronymics(ukrainian: string, russian: string): readonly [string, string] {
  const uk = /[аояь]$/u.test(ukrainian)
    ? `${ukrainian.slice(0, -1)}ович`
    : ukrainian.endsWith('й')
      ? `${ukrainian.slice(0, -1)}йович`
      : `${ukrainian}ович`;
  const ru = /[аояь]$/u.test(russian)
    ? `${russian.slice(0, -1)}евич`
    : russian.endsWith('ий')
      ? `${russian.slice(0, -2)}ьевич`
      : russian.endsWith('й')
        ? `${russian.slice(0, -1)}евич`
        : `${russian}ович`;
  return [uk, ru];
}

function slip(text: string, chance: () => number): string {
  const letters = Array.from(text);
  if (letters.length < 4) return text;
  const at = 1 + Math.floor(chance() * (letters.length - 2));
  const kind = chance();
  if (kind < 0.35) letters.splice(at, 1);
  else if (kind < 0.65) [letters[at], letters[at + 1]] = [letters[at + 1]!, letters[at]!];
  else letters[at] = 'аоиент'.charAt(Math.floor(chance() * 6));
  return letters.join('');
}

const two = (number: number): string => String(number).padStart(2, '0');

/** Which spelling the right list uses. */
export type RightSpelling = 'russian' | 'latin' | 'mixed';

/**
 * Writes two CSV files with the columns id, family_name, given_name, patronymic, date_of_birth, place_of_birth.
 * A person `n` is `a<n>` on the left and `b<n>` on the right; nine of ten are on both.
 *
 * @param perSide persons drawn; each file has about nine tenths of them
 */
export function generateLists(
  perSide: number,
  seed: number,
  spelling: RightSpelling,
  leftPath: string,
  rightPath: string,
): { readonly bothSides: number } {
  const chance = createChance(seed);
  const given = getGivenNameClasses()
    .filter((one) => one.sex === 'm' && one.members.length > 1)
    .map(({ members }) => ({ uk: members[0]!, ru: members[1]! }));
  const fathers = given.map(({ uk, ru }) => toPatronymics(uk, ru));
  const surnames: (readonly [string, string])[] = [];
  for (const root of roots)
    for (const middle of middles)
      for (const [uk, ru] of endings)
        surnames.push([`${root}${middle}${uk}`, `${toRussian(`${root}${middle}`)}${ru}`]);
  // Fixed shuffle, so that a root's family is not all equally common.
  for (let at = surnames.length - 1; at > 0; at -= 1) {
    const other = Math.floor(chance() * (at + 1));
    [surnames[at], surnames[other]] = [surnames[other]!, surnames[at]!];
  }
  const places = roots.flatMap((root) => [`${root}івка`, `${root}ове`, `${root}ин`]);
  const common = (length: number, power: number): number => Math.floor(chance() ** power * length);
  const left = openSync(leftPath, 'w');
  const right = openSync(rightPath, 'w');
  const header = 'id,family_name,given_name,patronymic,date_of_birth,place_of_birth\n';
  let leftText = header;
  let rightText = header;
  let bothSides = 0;
  for (let person = 0; person < perSide; person += 1) {
    const surname = surnames[common(surnames.length, 1.6)]!;
    const own = common(given.length, 2.2);
    const father = common(given.length, 2.2);
    const year = 1960 + Math.floor(chance() * 46);
    const month = 1 + Math.floor(chance() * 12);
    const day = 1 + Math.floor(chance() * 28);
    const place = places[common(places.length, 1.4)]!;
    const onLeft = chance() < 0.95;
    const onRight = chance() < 0.95;
    if (onLeft && onRight) bothSides += 1;
    if (onLeft) {
      let family = surname[0];
      if (chance() < 0.08) family = family.replace(/[асеіорху]/u, (letter) => lookAlikes[letter] ?? letter);
      if (chance() < 0.02) family = slip(family, chance);
      leftText += `a${person},${family},${given[own]!.uk},${fathers[father]![0]},${year}-${two(month)}-${two(day)},${place}\n`;
    }
    if (onRight) {
      let cells = [surname[1], given[own]!.ru, fathers[father]![1]];
      if (spelling === 'latin' || (spelling === 'mixed' && chance() < 0.5)) {
        const russian = chance() < 0.5;
        const table = russian
          ? russianTables[Math.floor(chance() * russianTables.length)]!
          : tables[Math.floor(chance() * tables.length)]!;
        cells = (russian ? cells : [surname[0], given[own]!.uk, fathers[father]![0]]).map((cell) =>
          romanise(cell, table),
        );
        if (chance() < 0.6) cells[2] = '';
      }
      if (chance() < 0.06) cells[0] = slip(cells[0]!, chance);
      if (chance() < 0.02) cells[1] = slip(cells[1]!, chance);
      if (chance() < 0.08) cells[2] = '';
      let date = `${year}-${two(month)}-${two(day)}`;
      const damage = chance();
      if (damage < 0.02) date = `${year}-${two(month)}-${two(1 + ((day + 9) % 28))}`;
      else if (damage < 0.035 && day <= 12) date = `${year}-${two(day)}-${two(month)}`;
      else if (damage < 0.045) date = `${year}-01-01`;
      else if (damage < 0.055) date = `${year + 1}-${two(month)}-${two(day)}`;
      else if (damage < 0.09) date = '';
      rightText += `b${person},${cells.join(',')},${date},${chance() < 0.2 ? '' : toRussian(place)}\n`;
    }
    if (leftText.length > 1 << 20) {
      writeSync(left, leftText);
      writeSync(right, rightText);
      leftText = '';
      rightText = '';
    }
  }
  writeSync(left, leftText);
  writeSync(right, rightText);
  closeSync(left);
  closeSync(right);
  return { bothSides };
}
