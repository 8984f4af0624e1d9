/**
 * Who on one list is who on the other: by `@homeward/core/linkage`, or by a plain join for quick plays of the rules,
 * which looks only at what clerks copy rather than hear and accepts what is unique on both sides.
 */
import { linkLists } from '@homeward/core/linkage';
import { toLinkedEntries } from '@homeward/core/reconciliation';
import type { WrittenPerson } from './written.ts';

export interface ListsToLink {
  readonly sought: readonly WrittenPerson[];
  readonly held: readonly WrittenPerson[];
}

export interface Linked {
  /** Pairs taken to be one person. */
  readonly matched: readonly Pair[];
  /** Pairs that a human has to look at. */
  readonly unsure: readonly Pair[];
}

export type Linker = (lists: ListsToLink) => Linked;

/** The product's own linkage with its defaults. */
export const linkByEvidence: Linker = ({ sought, held }) => {
  const found = toLinkedEntries(linkLists(sought, held), 'right');
  const of = (wanted: 'match' | 'review'): readonly Pair[] =>
    found
      .filter(({ decision }) => decision === wanted)
      .map(({ theirs, ours }) => ({ sought: theirs, held: ours }));
  return { matched: of('match'), unsure: of('review') };
};

export interface Pair {
  readonly sought: string;
  readonly held: string;
}

const keys: readonly ((person: WrittenPerson) => string)[] = [
  (person) => person.service_number,
  (person) => joined(person.date_of_birth, person.unit),
  (person) => joined(person.date_of_birth, person.captured_on),
  (person) => joined(person.unit, person.captured_on, person.captured_at),
  (person) => joined(person.date_of_birth, person.sex),
];

function joined(...parts: readonly string[]): string {
  return parts.includes('') ? '' : parts.join('|');
}

/** At most one pair per person, the surest join first; never unsure. */
export const linkPlainly: Linker = (lists) => {
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
  return { matched: pairs, unsure: [] };
};

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
  /** Persons on the sought lists, each looked for among everybody held. */
  readonly compared: number;
  readonly matched: number;
  /** Pairs put before a human, who asks the other side. */
  readonly unsure: number;
  readonly correct: number;
  readonly precision: number;
  readonly recall: number;
}

/** Matches against the truth that only the generator of the lists knows. */
export function measurePairs(work: {
  readonly pairs: readonly Pair[];
  readonly unsure: number;
  readonly truth: ReadonlyMap<string, string>;
  readonly compared: number;
}): LinkageFigures {
  const { pairs, unsure, truth, compared } = work;
  const correct = pairs.filter(({ sought, held }) => truth.get(sought) === held).length;
  return {
    compared,
    matched: pairs.length,
    unsure,
    correct,
    precision: pairs.length === 0 ? 1 : correct / pairs.length,
    recall: truth.size === 0 ? 1 : correct / truth.size,
  };
}
