import { expect, test } from 'vitest';
import { compareNames, nameLevel } from './compare.ts';
import { getNameForm, type NameRole } from './name-form.ts';
import { getNameShare } from './name-frequencies.ts';
import { repairName } from './repair.ts';

const level = (a: string, b: string, role: NameRole = 'family'): number =>
  compareNames(getNameForm(repairName(a).text, role), getNameForm(repairName(b).text, role));

test('[NM-32] look-alikes of any alphabet and Latin names without marks are one spelling', () => {
  for (const [a, b] of [
    ['Гончáр', 'Гончар'],
    ['Сοкіл', 'Сокіл'],
    ['ΚΟΜΑΡ', 'КОМАР'],
    ['Лысак', 'Лысаĸ'],
    ['МагӀомедов', 'Магомедов'],
    ['Djoković', 'Djokovic'],
    ['Öztürk', 'Ozturk'],
    ['Černý', 'Cerny'],
    ['Димитър', 'Dimitar'],
  ] as const)
    expect([a, b, level(a, b) <= nameLevel.reading]).toEqual([a, b, true]);
});

test('[NM-33] slips of one letter in frequent names are slips', () => {
  const names =
    'Мельник Шевченко Бойко Коваленко Бондаренко Ткаченко Ковальчук Кравченко Олійник Шевчук Поліщук Марченко Лисенко Руденко Савченко Петренко Клименко Павленко Гаврилюк Пономаренко Василенко Мазур Хоменко Левченко Кушнір Романюк'.split(
      ' ',
    );
  let slips = 0;
  const missed: string[] = [];
  for (const name of names)
    for (let at = 1; at < name.length - 1; at += 1) {
      const omitted = name.slice(0, at) + name.slice(at + 1);
      const turned = name.slice(0, at) + name.charAt(at + 1) + name.charAt(at) + name.slice(at + 2);
      for (const other of [omitted, turned]) {
        if (other === name || names.includes(other)) continue;
        slips += 1;
        if (level(name, other) >= nameLevel.part) missed.push(`${name} ${other}`);
      }
    }
  expect([missed.length <= slips / 50, missed]).toEqual([true, missed]);
});

test('[NM-33] names whose letters only seem near are two', () => {
  for (const [a, b, role] of [
    ['Кара', 'Зоря', 'family'],
    ['Мороз', 'Мазур', 'family'],
    ['Марченко', 'Харченко', 'family'],
    ['Кравчук', 'Кравчик', 'family'],
    ['Анна-Марія', 'Анна-Марина', 'given'],
    ['Іван-Павло', 'Іван-Петро', 'given'],
  ] as const)
    expect([a, b, level(a, b, role)]).toEqual([a, b, nameLevel.different]);
});

test('[LK-43] a common name is common on a list of one', () => {
  const share = (name: string, role: NameRole): number => getNameShare(getNameForm(name, role));
  expect(share('ткаченко', 'family')).toBeGreaterThan(1 / 700);
  expect(share('tkachenko', 'family')).toBeGreaterThan(1 / 700);
  expect(share('иванова', 'family')).toBeGreaterThan(1 / 200);
  expect(share('хвилегорський', 'family')).toBeLessThan(1 / 8000);
  expect(share('mykola', 'given')).toBeGreaterThan(1 / 20);
  expect(share('николаевич', 'patronymic')).toBeGreaterThan(1 / 25);
});
