/** Objective: how many `wish` families are not in one place, least first [PL-20]. */
import { addColumn, addRow, getColumn, put, type Draft } from '../model/draft.ts';
import type { Objective } from '../problem/problem.ts';
import { getPersons, isPlannable, type Roster } from '../problem/roster.ts';
import type { ObjectiveKind } from './objective-kind.ts';

export const families: ObjectiveKind<Objective & { readonly kind: 'families' }> = {
  fields: [],
  isEarly: false,
  atBest: 'zero',
  swaps: 'places',
  measure: ({ kind }, roster, positions) => {
    let apart = 0;
    for (const { members } of toWishes(roster)) {
      const places = new Set(members.map((index) => positions[index] ?? roster.trancheCount));
      if (places.size > 1) apart += 1;
    }
    return [{ objective: kind, part: 'apart', sense: 'min', value: apart }];
  },
  formulate: (_, draft) => {
    const kept = addWishes(draft.draft);
    return [draft.count('apart', 'min', kept.length, kept.flat(), -1)];
  },
  // A family wished together has a cell of its own for each person: `bind` of its rule sees to that.
  details: () => [],
};

/** The wish families, with those of each who can be planned. */
function toWishes(roster: Roster): readonly { readonly id: string; readonly members: readonly number[] }[] {
  return roster.problem.rules.flatMap((rule) =>
    rule.kind === 'family' && rule.form === 'wish'
      ? [
          {
            id: rule.id,
            members: getPersons(roster, rule.persons).filter((index) => {
              const person = roster.persons[index];
              return person !== undefined && isPlannable(person);
            }),
          },
        ]
      : [],
  );
}

/** For each `wish` family, the columns of which one is 1 when its persons share that place. */
function addWishes(draft: Draft): readonly (readonly number[])[] {
  const { roster, cells, tranches } = draft;
  const families: (readonly number[])[] = [];
  for (const wish of toWishes(roster)) {
    const members = [...new Set(wish.members.map((index) => cells.cellOf[index] ?? -1))];
    if (members.length < 2) continue;
    const nameOf = (cell: number): number => cells.cells[cell]?.members[0] ?? 0;
    const kept: number[] = [];
    for (const tranche of tranches) {
      if (members.some((cell) => getColumn(draft, cell, tranche) < 0)) continue;
      const column = addColumn(draft, 0, 1, `wish ${wish.id} ${tranche}`);
      kept.push(column);
      for (const cell of members) {
        const row = addRow(draft, `wish ${wish.id} ${nameOf(cell)} ${tranche}`, -Infinity, 0);
        put(row, column, 1);
        put(row, getColumn(draft, cell, tranche), -1);
      }
    }
    const column = addColumn(draft, 0, 1, `wish ${wish.id} off`);
    kept.push(column);
    for (const cell of members) {
      const row = addRow(draft, `wish ${wish.id} ${nameOf(cell)} off`, -Infinity, 1);
      put(row, column, 1);
      for (const tranche of tranches) put(row, getColumn(draft, cell, tranche), 1);
    }
    families.push(kept);
  }
  return families;
}
