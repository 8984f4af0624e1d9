/**
 * Rules that bind persons to one another by name, each asked alone whether the places keep it.
 *
 * Law     spec/planning.md, "Rules". What moves as one, and what closes a tranche by name, is in `cells.ts`.
 * Cost    For each rule asked, one pass over the persons it names.
 */
import { getPersons, isPlannable, type Positions, type Roster } from '../problem/roster.ts';

export interface NamedCheck {
  /** A wish is always kept: an objective counts how many are granted. */
  readonly kind: 'only-with' | 'by-then' | 'apart' | 'wish';
  readonly persons: readonly number[];
  readonly companions: readonly number[];
}

/** In rule order; wishes of families only where an objective counts them. */
export function toNamedChecks(roster: Roster, isByFamily: boolean): readonly NamedCheck[] {
  return roster.problem.rules.flatMap((rule): readonly NamedCheck[] => {
    if (rule.kind === 'apart')
      return [{ kind: 'apart', persons: getPersons(roster, rule.persons), companions: [] }];
    if (rule.kind === 'package' && rule.form === 'only-with')
      return [
        {
          kind: rule.timing === 'by-then' ? 'by-then' : 'only-with',
          persons: getPersons(roster, rule.persons),
          companions: getPersons(roster, rule.with),
        },
      ];
    if (rule.kind === 'family' && rule.form === 'wish' && isByFamily) {
      const persons = getPersons(roster, rule.persons).filter((index) => {
        const person = roster.persons[index];
        return person !== undefined && isPlannable(person);
      });
      return [{ kind: 'wish', persons, companions: [] }];
    }
    return [];
  });
}

/** Whether the places keep the rule; `off` is the position of who stays. */
export function isNamedKept(check: NamedCheck, positions: Positions, off: number): boolean {
  const { kind, persons, companions } = check;
  const at = (index: number): number => positions[index] ?? off;
  switch (kind) {
    case 'wish':
      return true;
    case 'apart': {
      const placed = persons.map(at).filter((place) => place < off);
      return new Set(placed).size === placed.length;
    }
    case 'only-with':
    case 'by-then': {
      const last = companions.reduce((latest, index) => Math.max(latest, at(index)), 0);
      const isOne = kind === 'by-then' || isTogether(companions, positions);
      return persons.every((index) => {
        const here = at(index);
        return here === off || (kind === 'by-then' ? last <= here : isOne && last === here);
      });
    }
  }
}

/** Whether all of them stand in one place. */
export function isTogether(persons: readonly number[], positions: Positions): boolean {
  const place = positions[persons[0] ?? 0];
  return persons.every((index) => positions[index] === place);
}
