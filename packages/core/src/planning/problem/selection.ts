/**
 * Which selectors choose whom, answered once for all persons alike in everything a selector can read.
 *
 * Cost    One pass over the persons for a roster; then one answer per distinct description and selector.
 */
import { perRoster } from './per-roster.ts';
import type { Selector } from './problem.ts';
import { isSelected, type Roster } from './roster.ts';

export interface Selection {
  /** The number of each person's description. */
  readonly classOf: Int32Array;
  /** 1 for each description that the selector chooses. */
  readonly findMatches: (who: Selector) => Uint8Array;
}

/** The selection of a roster. */
export const toSelection: (roster: Roster) => Selection = perRoster((roster) => {
  // Texts become numbers first, so that no text can imitate two.
  const numbers = new Map<string, number>();
  const toNumber = (text: string): number => {
    const number = numbers.get(text);
    if (number !== undefined) return number;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  };
  const whos = roster.problem.rules.flatMap((rule) => (rule.kind === 'quota' ? [rule.who] : []));
  const isByLabel = whos.some(({ labels }) => labels !== undefined);
  const lists = whos.flatMap(({ persons }) => (persons === undefined ? [] : [new Set(persons)]));
  const days = [
    ...new Set(
      whos.flatMap(({ daysMin, daysMax }) => [daysMin ?? -1, daysMax === undefined ? -1 : daysMax + 1]),
    ),
  ].filter((limit) => limit >= 0);
  /** What some quota tells a person by beside the fields that all persons have. */
  const toNamed = (index: number): string => {
    const person = roster.persons[index];
    if (person === undefined) return '';
    const labels = isByLabel ? (person.labels ?? []).map(toNumber).join(',') : '';
    const steps = days.map((limit) => Number(person.days >= limit)).join('');
    return `${labels} ${steps} ${lists.map((list) => Number(list.has(person.id))).join('')}`;
  };
  const classes = new Map<string, number>();
  const samples: number[] = [];
  const classOf = new Int32Array(roster.persons.length);
  roster.persons.forEach((person, index) => {
    const facility = person.facility === undefined ? -1 : toNumber(person.facility);
    const named = toNamed(index);
    const description = `${person.leg} ${person.lane} ${person.need} ${person.sex ?? '-'} ${person.age ?? '-'} ${facility} ${toNumber(person.category)} ${named}`;
    let number = classes.get(description);
    if (number === undefined) {
      number = samples.length;
      classes.set(description, number);
      samples.push(index);
    }
    classOf[index] = number;
  });
  const matches = new Map<string, Uint8Array>();
  // The same selector is asked of many persons: by identity first, by what it says otherwise.
  const same = new WeakMap<Selector, Uint8Array>();
  return {
    classOf,
    findMatches: (who) => {
      const asked = same.get(who);
      if (asked !== undefined) return asked;
      const key = JSON.stringify(who);
      const matched = matches.get(key);
      if (matched !== undefined) {
        same.set(who, matched);
        return matched;
      }
      const made = Uint8Array.from(samples, (index) => {
        const person = roster.persons[index];
        return person !== undefined && isSelected(roster, person, who) ? 1 : 0;
      });
      matches.set(key, made);
      same.set(who, made);
      return made;
    },
  };
});
