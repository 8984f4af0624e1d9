import { describe, expect, test } from 'vitest';
import { dedupeList, findModel, linkLists, prepareComparison, scoreResult, toPersonTable } from '../index.ts';
import { findLabelledRows, scoreLabels } from './labels.ts';
import type { LabelledPair, PersonRow } from '../index.ts';

const roots = 'Шевч Ковал Бонд Мельн Лис Гнат Савч Полі Крав Литв Руд Клим Ярем Дяч Гонч Панас'.split(' ');
const ends = ['ук', 'енко', 'ик', 'юк', 'чак', 'ар'];
const given = ['Микола', 'Сергій', 'Олексій', 'Дмитро', 'Пилип', 'Юрій', 'Павло', 'Іван'];

/** Generated people: on the right list every birthday is one day late, as if one clerk had kept it so. */
function makeLists(count: number): { left: PersonRow[]; right: PersonRow[]; labels: LabelledPair[] } {
  const left: PersonRow[] = [];
  const right: PersonRow[] = [];
  const labels: LabelledPair[] = [];
  for (let person = 0; person < count; person += 1) {
    const row = {
      family_name: `${roots[(person * 7) % 16]!}${ends[(person * 5) % 6]!}`,
      given_name: given[(person * 3) % 8]!,
    };
    const date = (day: number): string =>
      `${1960 + ((person * 11) % 40)}-${String(1 + (person % 12)).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
    left.push({ id: `a${person}`, ...row, date_of_birth: date(10 + (person % 9)) });
    right.push({ id: `b${person}`, ...row, date_of_birth: date(11 + (person % 9)) });
    labels.push({ left: `a${person}`, right: `b${person}`, match: true });
  }
  return { left, right, labels };
}

describe('labels', () => {
  const { left, right, labels } = makeLists(60);
  const comparison = prepareComparison(toPersonTable(left), toPersonTable(right));
  const oneDigit = 3;
  const learnt = (given?: readonly LabelledPair[]): number =>
    findModel(comparison, given === undefined ? {} : { labels: given }).fields.find(
      (field) => field.kind === 'date',
    )!.m[oneDigit]!;

  test('[LK-31] labelled matches move m towards what they show, the more the more there are', () => {
    const few = learnt(labels.slice(0, 10));
    const many = learnt(labels);
    expect(few).toBeGreaterThan(learnt());
    expect(many).toBeGreaterThan(few);
    expect(learnt([])).toBe(learnt());
    // Neither order nor repetition of labels changes a byte.
    const twice = findModel(comparison, { labels: [...labels, ...labels.toReversed()] });
    expect(JSON.stringify(twice)).toBe(JSON.stringify(findModel(comparison, { labels })));
    expect(twice.training.labelled).toBe(60);
  });

  test('[LK-31] labels that say "two persons" keep a pair from teaching', () => {
    const wrong = labels.slice(0, 30).map((label) => ({ ...label, match: false }));
    expect(learnt(wrong)).toBeLessThan(learnt());
    const disputed = [...labels, ...labels.map((label) => ({ ...label, match: false }))];
    expect(learnt(disputed)).toBe(learnt());
  });

  test('[LK-31] precision and recall are counted over the labelled pairs alone', () => {
    const judged: LabelledPair[] = [
      ...labels.slice(0, 20),
      { left: 'a1', right: 'b2', match: false },
      { left: 'a3', right: 'b4', match: true },
      { left: 'nobody', right: 'b5', match: true },
    ];
    const result = linkLists(left, right, { labels: judged });
    const matched = new Set(
      result.pairs
        .filter((pair) => pair.decision === 'match')
        .map((pair) => `${result.leftIds[pair.left]!} ${result.rightIds[pair.right]!}`),
    );
    const known = judged.filter((label) => label.left !== 'nobody');
    const found = known.filter((label) => label.match && matched.has(`${label.left} ${label.right}`)).length;
    const wrong = known.filter((label) => !label.match && matched.has(`${label.left} ${label.right}`)).length;
    const score = scoreResult(result)!;
    expect(score).toMatchObject({ matches: 21, others: 1, unknown: 1, disputed: 0, found, wrong });
    expect(score.precision).toBe(found / (found + wrong));
    expect(score.recall).toBe(found / 21);
    expect(scoreResult(linkLists(left, right))).toBeUndefined();
  });

  test('[LK-31] in one list a label may name its two records in either order', () => {
    const rows = [...left.slice(0, 20), ...right.slice(0, 20)];
    const forth = dedupeList(rows, { labels: labels.slice(0, 20) });
    const back = dedupeList(rows, {
      labels: labels.slice(0, 20).map((label) => ({ ...label, left: label.right, right: label.left })),
    });
    expect(scoreResult(forth)).toEqual(scoreResult(back));
    expect(scoreResult(forth)!.matches).toBe(20);
    expect(findLabelledRows(['a'], ['a'], true, [{ left: 'a', right: 'a', match: true }]).unknown).toBe(1);
    expect(scoreLabels([], findLabelledRows([], [], true, []), 0)).toMatchObject({ precision: 1, recall: 1 });
  });
});
