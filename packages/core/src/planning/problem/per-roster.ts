/** Tables that are made once for each roster: a roster never changes. */

/** The same function, which answers from memory when it is asked again of a roster. Kept as long as the roster is. */
export function perRoster<R extends object, T>(compute: (roster: R) => T): (roster: R) => T {
  const known = new WeakMap<R, { readonly value: T }>();
  return (roster) => {
    let found = known.get(roster);
    if (found === undefined) known.set(roster, (found = { value: compute(roster) }));
    return found.value;
  };
}
