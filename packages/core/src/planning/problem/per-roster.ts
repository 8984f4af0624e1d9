/** Tables that are made once for each roster: a roster never changes. */
import type { Roster } from './roster.ts';

/** The same function, which answers from memory when it is asked again of a roster. Kept as long as the roster is. */
export function perRoster<T>(compute: (roster: Roster) => T): (roster: Roster) => T {
  const known = new WeakMap<Roster, { readonly value: T }>();
  return (roster) => {
    let found = known.get(roster);
    if (found === undefined) known.set(roster, (found = { value: compute(roster) }));
    return found.value;
  };
}
