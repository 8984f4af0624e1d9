/**
 * The persons of a rehearsal: a group and a number, and the entries by which lists name them. `A-B/17` is the 17th person
 * of the group A-B.
 */
import type { EntryId, LegId } from '../exchange/index.ts';
import { madeUpId } from './cast.ts';
import type { GroupForm } from './scenario.ts';

export interface Person {
  readonly name: string;
  readonly group: string;
  readonly number: number;
  /** The leg that they are listed for. */
  readonly leg: LegId;
  readonly category: string;
  /** By the holder's list, or by the other side's where only that has them. */
  readonly entry: EntryId;
  /** Their entry on the other side's sought list, where both have them. */
  readonly twin: EntryId | undefined;
}

export interface Group {
  readonly id: string;
  readonly leg: LegId;
  readonly form: Required<Pick<GroupForm, 'list' | 'answer' | 'will' | 'category'>>;
  readonly persons: readonly Person[];
}

export const defaultCategory = 'military';

/** The groups of a scenario; the first of a leg has the leg's name, and the next are numbered. */
export function groupIds(forms: readonly Pick<GroupForm, 'id' | 'leg'>[]): readonly string[] {
  const taken = new Map<string, number>();
  return forms.map(({ id, leg }) => {
    if (id !== undefined) {
      return id;
    }
    const before = taken.get(leg) ?? 0;
    taken.set(leg, before + 1);
    return before === 0 ? leg : `${leg}-${before + 1}`;
  });
}

export function toGroup(id: string, form: GroupForm, from = 0): Group {
  const list = form.list ?? 'held';
  const category = form.category ?? defaultCategory;
  return {
    id,
    leg: form.leg,
    form: { list, category, answer: form.answer ?? 'acknowledged', will: form.will ?? 'goes' },
    persons: Array.from({ length: form.count }, (_, index) => {
      const name = `${id}/${from + index + 1}`;
      return {
        ...{ name, group: id, number: from + index + 1, leg: form.leg, category },
        entry: madeUpId(`entry ${name}`) as EntryId,
        twin: list === 'both' ? (madeUpId(`twin ${name}`) as EntryId) : undefined,
      };
    }),
  };
}

/** `1–230, 232`: numbers as people write them. */
export function numbersToText(numbers: readonly number[]): string {
  const sorted = numbers.toSorted((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const number of sorted) {
    const last = runs.at(-1);
    if (last !== undefined && number === last[1] + 1) {
      last[1] = number;
    } else {
      runs.push([number, number]);
    }
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}
