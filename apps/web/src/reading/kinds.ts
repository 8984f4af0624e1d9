/** The kinds of acts by what they move, in the order a reader looks for them. */
import { actKinds, groupOf, groups, type ActKind, type Group } from '@homeward/core/exchange';

export { groups, type Group };

export function isGroup(name: string): name is Group {
  return (groups as readonly string[]).includes(name);
}

export function kindsOf(group: Group): readonly ActKind[] {
  return actKinds.filter((kind) => groupOf(kind) === group);
}

/** Every kind, group by group. */
export const allKinds: readonly ActKind[] = groups.flatMap(kindsOf);
