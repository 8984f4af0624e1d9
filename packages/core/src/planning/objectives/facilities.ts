/** Objective: on how many days each facility is fetched from, in all, least first [PL-20]. */
import { addColumn, addRow, fetchKey, getColumn, put, toSize, type Draft } from '../model/draft.ts';
import type { Objective } from '../problem/problem.ts';
import { toDays, toFacilityNumbers } from '../problem/roster.ts';
import type { ObjectiveKind } from './objective-kind.ts';

export const facilities: ObjectiveKind<Objective & { readonly kind: 'facilities' }> = {
  fields: [],
  isEarly: false,
  atBest: 'zero',
  swaps: 'places',
  measure: ({ kind }, roster, positions) => {
    const off = roster.trancheCount;
    const days = toDays(roster);
    const used = new Set<string>();
    roster.persons.forEach((person, index) => {
      const at = positions[index] ?? off;
      if (at < off && person.facility !== undefined && person.ineligible === undefined)
        used.add(`${days[at] ?? 0} ${person.facility}`);
    });
    return [{ objective: kind, part: 'facility days', sense: 'min', value: used.size }];
  },
  formulate: (_, draft) => [draft.count('facility days', 'min', 0, addFacilityDays(draft.draft), 1)],
  details: (_, roster) => {
    const numbers = toFacilityNumbers(roster);
    return [
      {
        name: 'facility',
        size: roster.persons.length + 1,
        of: (_, index) => 1 + (numbers[index] ?? -1),
      },
    ];
  },
};

/** A column for each day and facility that is 1 when anybody is fetched. */
function addFacilityDays(draft: Draft): readonly number[] {
  const { roster, cells, tranches } = draft;
  const days = toDays(roster);
  const numbers = toFacilityNumbers(roster);
  const dayCount = Math.max(0, ...days) + 1;
  /** The column of day d and facility f at f * dayCount + d. */
  const marks = new Map<number, number>();
  const getMark = (facility: number, tranche: number, index: number): number => {
    const day = days[tranche] ?? 0;
    const known = marks.get(facility * dayCount + day);
    if (known !== undefined) return known;
    const mark = addColumn(draft, 0, 1, `fetch ${day} ${roster.persons[index]?.facility ?? ''}`);
    marks.set(facility * dayCount + day, mark);
    return mark;
  };
  cells.cells.forEach((cell, c) => {
    const isForced = cell.mustGo && cell.open.reduce((sum, one) => sum + one, 0) === 1;
    const seen = new Set<number>();
    for (const index of cell.members) {
      const facility = numbers[index] ?? -1;
      if (facility < 0 || seen.has(facility)) continue;
      seen.add(facility);
      for (const tranche of tranches) {
        const column = getColumn(draft, c, tranche);
        if (column < 0) continue;
        const mark = getMark(facility, tranche, index);
        if (isForced) {
          // Nobody of the cell can be elsewhere: the place is fetched from in any case.
          draft.lower[mark] = 1;
          continue;
        }
        const row = addRow(draft, fetchKey, -Infinity, 0);
        put(row, column, 1);
        put(row, mark, -toSize(cell));
      }
    }
  });
  return [...marks.values()];
}
