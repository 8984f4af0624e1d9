import { describe, expect, test } from 'vitest';
import { getNameForm, getNameSimilarity, repairName, type NameRole } from './index.ts';

/**
 * Belarusian = Russian = Latin by the 2007 instruction (letters with marks) = Latin as passports have it. Written for this
 * test from the tables and common knowledge.
 */
const given = `
Аляксандр Александр Aliaksandr Aliaksandr|Аляксей Алексей Aliaksiej Aliaksei|Анатоль Анатолий Anatoĺ Anatol
Андрэй Андрей Andrej Andrei|Антон Антон Anton Anton|Арцём Артём Arciom Artsiom|Барыс Борис Barys Barys
Васіль Василий Vasiĺ Vasil|Віктар Виктор Viktar Viktar|Віталь Виталий Vitaĺ Vital
Уладзімір Владимир Uladzimir Uladzimir|Уладзіслаў Владислав Uladzislaŭ Uladzislau
Вячаслаў Вячеслав Viačaslaŭ Viachaslau|Генадзь Геннадий Hienadź Henadz|Рыгор Григорий Ryhor Ryhor
Дзмітрый Дмитрий Dzmitryj Dzmitryi|Яўген Евгений Jaŭhien Yauhen|Ягор Егор Jahor Yahor
Іван Иван Ivan Ivan|Ігар Игорь Ihar Ihar|Кірыл Кирилл Kiryl Kiryl|Канстанцін Константин Kanstancin Kanstantsin
Мікалай Николай Mikalaj Mikalai|Мікіта Никита Mikita Mikita|Міхаіл Михаил Michail Mikhail
Павел Павел Paviel Pavel|Пётр Пётр Piotr Piotr|Раман Роман Raman Raman|Сяргей Сергей Siarhiej Siarhei
Станіслаў Станислав Stanislaŭ Stanislau|Цімафей Тимофей Cimafiej Tsimafei|Фёдар Фёдор Fiodar Fiodar
Якаў Яков Jakaŭ Yakau|Юрый Юрий Juryj Yury|Алена Елена Aliena Alena|Ганна Анна Hanna Hanna
Кацярына Екатерина Kaciaryna Katsiaryna|Любоў Любовь Liuboŭ Liubou|Марыя Мария Maryja Maryia
Надзея Надежда Nadzieja Nadzeya|Наталля Наталья Natallia Natallia|Вольга Ольга Voĺha Volha
Святлана Светлана Sviatlana Sviatlana|Таццяна Татьяна Tacciana Tatsiana|Юлія Юлия Julija Yuliya`;
const surnames = `
Іваноў Иванов Ivanoŭ Ivanou|Кавалёў Ковалёв Kavalioŭ Kavaliou|Лукашэнка Лукашенко Lukašenka Lukashenka
Казлоў Козлов Kazloŭ Kazlou|Навіцкі Новицкий Navicki Navitski|Кавальчук Ковальчук Kavaĺčuk Kavalchuk
Васілеўскі Василевский Vasilieŭski Vasileuski|Бабрыковіч Бобрикович Babrykovič Babrykovich
Шаўчэнка Шевченко Šaŭčenka Shauchenka|Сідарэнка Сидоренко Sidarenka Sidarenka
Марозаў Морозов Marozaŭ Marozau|Пятроў Петров Piatroŭ Piatrou|Салаўёў Соловьёв Salaŭjoŭ Salauyou
Дзяржынскі Дзержинский Dziaržynski Dziarzhynski|Цімашэнка Тимошенко Cimašenka Tsimashenka
Каратчэня Коротченя Karatčenia Karatchenia|Гарбачоў Горбачёв Harbačoŭ Harbachou
Верамейчык Веремейчик Vieramiejčyk Verameichyk|Зайцаў Зайцев Zajcaŭ Zaitsau|Хаміцэвіч Хамицевич Chamicevič Khamitsevich
Жукаў Жуков Žukaŭ Zhukau|Макараў Макаров Makaraŭ Makarau|Шчарбакоў Щербаков Ščarbakoŭ Shcharbakou
Ждановіч Жданович Ždanovič Zhdanovich|Янкоўскі Янковский Jankoŭski Yankouski`;
const parse = (text: string): string[][] =>
  text
    .trim()
    .split(/[|\n]/u)
    .map((line) => line.trim().split(' '));

describe('Belarusian', () => {
  test('[NM-24] every common Belarusian name finds its Russian and Latin spellings first, and is found by them', () => {
    const missed: string[] = [];
    for (const [role, text] of [
      ['given', given],
      ['family', surnames],
    ] as readonly [NameRole, string][]) {
      const rows = parse(text).map((row) => row.map((name) => getNameForm(repairName(name).text, role)));
      for (let from = 0; from < 4; from += 1)
        for (let to = 0; to < 4; to += 1)
          for (const [index, row] of rows.entries()) {
            const own = getNameSimilarity(row[from]!, row[to]!);
            const rival = rows.find(
              (other, at) => at !== index && getNameSimilarity(row[from]!, other[to]!) >= own,
            );
            if (rival !== undefined || own === 0)
              missed.push(`${row[from]!.text} ${row[to]!.text} ${own.toFixed(2)} ${rival?.[to]?.text ?? ''}`);
          }
    }
    expect(missed.join('\n')).toBe('');
  });
});
