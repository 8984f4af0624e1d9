/** Words around a name that are no part of it: forms of address, degrees, military ranks, and Jr. and Sr. behind it. */
import { findGivenName } from './given-name.ts';
import { parsePatronymic } from './patronymic.ts';

const address =
  /^(?:mr|mrs|ms|miss|dr|prof|m-r|пані|спадар|спадарыня|г-н|г-жа|гр|гр-н|гр-ка|господин|госпожа|громадянин|громадянка|гражданин|гражданка|д-р|проф)\.?$/iu;
const shortRank =
  /^(?:pvt|pfc|cpl|sgt|ssgt|lt|capt|cpt|maj|col|gen|adm|ряд|солд|серж|ст|мол|мл|лейт|кап|м-р|полк|підп|прап|єфр|ефр)\.$/iu;
const rank =
  /^(?:пан|панна|private|soldier|corporal|sergeant|lieutenant|captain|major|colonel|general|sailor|(?:рядов|старш|молодш|младш|головн|главн)(?:ий|ый|ой|ого|ому|им|ым|ій)|(?:солдат|матрос|єфрейтор|ефрейтор|сержант|штаб-сержант|майстер-сержант|прапорщик|мічман|мичман|лейтенант|капітан|капитан|майор|підполковник|подполковник|полковник|генерал)(?:а|у|ом|ові)?|старшин(?:а|и|і|ы|е|у|ою|ой)|військовослужбовец[ья]|військовослужбовця|військовополонен(?:ий|ого)|полонен(?:ий|ого)|военнослужащ(?:ий|его)|военнопленн(?:ый|ого))$/iu;
const behind = /^(?:jr|sr)\.?$|^(?:мл|ст|мол)\.$|^i{2,3}$/iu;

const isSmall = (word: string): boolean => word === word.toLowerCase();

/** True when what is left is a given name with a patronymic only, so that the word before it is the surname. */
function lacksFamily(words: readonly string[]): boolean {
  return (
    words.length === 2 &&
    findGivenName(words[0]!).classes.length > 0 &&
    parsePatronymic(words[1]!) !== undefined
  );
}

/**
 * Takes titles and ranks off both ends of a name.
 *
 * Ranks are surnames as well (Солдат, Полковник): one in full and with a capital is taken off only where a whole name is
 * left without it.
 *
 * @param words the words of one whole name, in their order
 */
export function stripTitles(words: readonly string[]): {
  readonly words: readonly string[];
  readonly titles: readonly string[];
} {
  const left = [...words];
  const titles: string[] = [];
  while (left.length > 1) {
    const word = left[0]!;
    const rest = left.slice(1);
    const isRank = rank.test(word) && rest.length > 1 && (isSmall(word) || !lacksFamily(rest));
    if (!address.test(word) && !shortRank.test(word) && !isRank) break;
    titles.push(word);
    left.shift();
  }
  while (left.length > 2 && behind.test(left.at(-1)!.replace(/,/gu, ''))) titles.push(left.pop()!);
  return { words: left, titles };
}
