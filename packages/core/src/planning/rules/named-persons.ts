/** Questions to all persons of a list of names. */
export function isTrueOfAll(members: ReadonlySet<number>, of: (member: number) => boolean): boolean {
  for (const member of members) if (!of(member)) return false;
  return true;
}
