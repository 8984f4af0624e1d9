/**
 * Who on one list is who on the other: a plain stand-in for `@homeward/core/linkage`. It joins on what clerks copy
 * rather than hear (service number, date of birth with unit, with initials or with the day and place of capture)
 * and accepts a pair only when the join is unique on both sides.
 */
import type { WrittenPerson } from './written.ts';

export interface Pair {
  readonly sought: string;
  readonly held: string;
}

const keys: readonly ((person: WrittenPerson) => string)[] = [
  (person) => person.service_number,
  (person) => joined(person.date_of_birth, person.unit, person.captured_on),
  (person) => joined(person.date_of_birth, person.captured_on, person.captured_at),
  (person) => joined(person.unit, person.captured_on, person.captured_at),
];

function joined(...parts: readonly string[]): string {
  return parts.includes('') ? '' : parts.join('|');
}

/** At most one pair per person, the surest join first. */
export function linkPlainly(lists: {
  readonly sought: readonly WrittenPerson[];
  readonly held: readonly WrittenPerson[];
}): readonly Pair[] {
  const pairs: Pair[] = [];
  let sought = lists.sought;
  let held = lists.held;
  for (const key of keys) {
    const left = uniqueBy(sought, key);
    const right = uniqueBy(held, key);
    for (const [value, person] of left) {
      const opposite = right.get(value);
      if (opposite !== undefined) pairs.push({ sought: person.id, held: opposite.id });
    }
    const done = new Set(pairs.flatMap((pair) => [pair.sought, pair.held]));
    sought = sought.filter(({ id }) => !done.has(id));
    held = held.filter(({ id }) => !done.has(id));
  }
  return pairs;
}

function uniqueBy(
  people: readonly WrittenPerson[],
  key: (person: WrittenPerson) => string,
): ReadonlyMap<string, WrittenPerson> {
  const found = new Map<string, WrittenPerson>();
  const twice = new Set<string>();
  for (const person of people) {
    const value = key(person);
    if (value === '') continue;
    if (found.has(value)) twice.add(value);
    found.set(value, person);
  }
  for (const value of twice) found.delete(value);
  return found;
}

export interface LinkageFigures {
  readonly compared: number;
  readonly matched: number;
  readonly correct: number;
  readonly precision: number;
  readonly recall: number;
}

/** Pairs against the truth that only the generator of the lists knows. */
export function measurePairs(work: {
  readonly pairs: readonly Pair[];
  readonly truth: ReadonlyMap<string, string>;
  readonly compared: number;
}): LinkageFigures {
  const { pairs, truth, compared } = work;
  const correct = pairs.filter(({ sought, held }) => truth.get(sought) === held).length;
  return {
    compared,
    matched: pairs.length,
    correct,
    precision: pairs.length === 0 ? 1 : correct / pairs.length,
    recall: truth.size === 0 ? 1 : correct / truth.size,
  };
}
