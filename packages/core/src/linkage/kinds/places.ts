/**
 * Places by their alternative names: renamed and Russian-named settlements that lists give under either name. A small
 * table from common knowledge of the renamings since 2014; every other place goes by its skeleton.
 */
import { getCoarseKey, getFineKey } from '../../names/index.ts';

const alternatives: readonly string[] = [
  'Бахмут Артемівськ Артёмовск',
  'Дніпро Днепр Дніпропетровськ Днепропетровск',
  'Кропивницький Кропивницкий Кіровоград Кировоград Єлисаветград Елисаветград',
  'Лиман Красний_Лиман Красный_Лиман',
  'Покровськ Покровск Красноармійськ Красноармейск',
  'Звягель Новоград-Волинський Новоград-Волынский',
  'Шептицький Шептицкий Червоноград',
  'Самар Новомосковськ Новомосковск',
  'Камʼянське Каменское Дніпродзержинськ Днепродзержинск',
  'Мирноград Димитров',
  'Торецьк Торецк Дзержинськ Дзержинск',
  'Костянтинівка Константиновка',
  'Горішні_Плавні Комсомольськ Комсомольск',
  'Чорноморськ Черноморск Іллічівськ Ильичёвск',
  'Бердичів Бердичев',
  'Хмельницький Хмельницкий Проскурів Проскуров',
  'Івано-Франківськ Ивано-Франковск Станіслав',
  'Сіверськодонецьк Сєвєродонецьк Северодонецк',
  'Олешки Алёшки Цюрупинськ Цюрупинск',
  'Південне Южне Южное',
  'Київ Киев Kyiv Kiev',
  'Харків Харьков Kharkiv Kharkov',
  'Львів Львов Lviv Lvov Lemberg',
  'Одеса Одесса Odesa Odessa',
  'Миколаїв Николаев Mykolaiv Nikolaev',
  'Чернівці Черновцы Chernivtsi Chernovtsy',
  'Рівне Ровно Rivne Rovno',
  'Запоріжжя Запорожье Zaporizhzhia Zaporozhye',
  'Маріуполь Мариуполь Жданов',
  'Луганськ Луганск Ворошиловград',
  'Донецьк Донецк Сталіно Сталино Юзівка Юзовка',
  'Санкт-Петербург Ленінград Ленинград Petersburg Leningrad Петербург',
  'Волгоград Сталінград Сталинград',
  'Самара Куйбишев Куйбышев',
  'Єкатеринбург Екатеринбург Свердловськ Свердловск',
  'Нижній_Новгород Нижний_Новгород Горький Горький',
  'Твер Тверь Калінін Калинин',
  'Гомель Homel Gomel',
  'Мінськ Минск Мінск Minsk',
  'Могильов Могилёв Магілёў',
];

const noise =
  /^(м|місто|г|гор|город|с|село|смт|пгт|пос|посёлок|поселок|селище|д|дер|деревня|хутір|хутор|ст|станція|станция|region|city|village|town|обл|область|oblast|район|raion|rayon|р-н)\.?$/u;

const byKey = new Map<string, number>();
for (const [index, line] of alternatives.entries())
  for (const name of line.split(' ')) byKey.set(getPlaceKey(name.replaceAll('_', ' ')), index);

/** The skeleton of a place without the words for town, village and region. */
export function getPlaceKey(text: string): string {
  const words = text
    .toLowerCase()
    .split(/[\s,;()]+/u)
    .flatMap((word) => (noise.test(word) ? [] : [word.replace(/^(м|г|с|смт|пгт|д)\./u, '')]));
  return getCoarseKey(getFineKey(words.join(' ')));
}

/** The place a name stands for among the table's, or undefined. */
export function findPlace(text: string): number | undefined {
  const whole = byKey.get(getPlaceKey(text));
  if (whole !== undefined) return whole;
  const first = text.split(',')[0]!;
  return first === text ? undefined : byKey.get(getPlaceKey(first));
}
