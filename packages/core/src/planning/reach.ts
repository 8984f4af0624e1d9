/**
 * Which tranches the rules that name persons leave open to each, before anybody is counted: own vetoes and
 * windows, those of all who move as one, and companions without whom a person does not go.
 *
 * Cost    One pass over the rules that name persons, repeated while a package closes another.
 */
import { toBinding } from './cells.ts';
import type { PackageRule, Rule } from './problem.ts';
import { getIndex, getPersons, type Roster } from './roster.ts';

export interface Reach {
  /**
   * Rules that close a tranche of the person's own window: left out, the person is held by no name. The
   * others are those that hold back somebody whom these rules tie to the person.
   */
  readonly findClosing: (
    index: number,
    tranche: number,
  ) => { readonly own: readonly Rule[]; readonly others: readonly Rule[] };
}

export function toReach(roster: Roster, named: ReadonlyMap<number, readonly Rule[]>): Reach {
  const off = roster.trancheCount;
  const binding = toBinding(roster);
  const open = binding.open.slice();
  const isOpen = (index: number, tranche: number): boolean => open[index * off + tranche] === 1;
  const units = new Map<number, number[]>();
  binding.unitOf.forEach((root, index) => {
    if (binding.isBound[index] !== 1) return;
    const members = units.get(root);
    if (members === undefined) units.set(root, [index]);
    else members.push(index);
  });
  const unitOf = (index: number): readonly number[] => units.get(binding.unitOf[index] ?? index) ?? [index];
  const companies = roster.problem.rules.flatMap((rule) =>
    rule.kind === 'package' && rule.form === 'only-with'
      ? [{ rule, heads: getPersons(roster, rule.persons), companions: getPersons(roster, rule.with) }]
      : [],
  );
  /** Whether everyone whom the package asks for can be there in time. */
  const isHelped = (rule: PackageRule, companions: readonly number[], tranche: number): boolean =>
    companions.every((other) => {
      if (rule.form !== 'only-with' || rule.timing !== 'by-then') return isOpen(other, tranche);
      for (let before = 0; before <= tranche; before += 1) if (isOpen(other, before)) return true;
      return false;
    });
  for (let isChanged = true; isChanged;) {
    isChanged = false;
    for (const { rule, heads, companions } of companies) {
      for (let tranche = 0; tranche < off; tranche += 1) {
        if (isHelped(rule, companions, tranche)) continue;
        for (const head of heads) {
          if (!isOpen(head, tranche)) continue;
          for (const member of unitOf(head)) open[member * off + tranche] = 0;
          isChanged = true;
        }
      }
    }
  }

  const findOwn = (index: number, tranche: number): readonly Rule[] =>
    (named.get(index) ?? []).filter((rule) => {
      switch (rule.kind) {
        case 'veto':
          return rule.tranche === undefined || getIndex(roster.trancheIndex, rule.tranche) === tranche;
        case 'place':
          return rule.tranche === null || getIndex(roster.trancheIndex, rule.tranche) !== tranche;
        case 'must-go':
          return rule.by !== undefined && getIndex(roster.trancheIndex, rule.by) < tranche;
        case 'package':
        case 'family':
        case 'apart':
        case 'parity':
        case 'quota':
        case 'capacity':
        case 'vehicles':
        case 'facility':
        case 'circuit':
        case 'gate':
          return false;
      }
    });

  return {
    findClosing(index, tranche) {
      const own = [...findOwn(index, tranche)];
      if (isOpen(index, tranche)) return { own, others: [] };
      const id = roster.persons[index]?.id ?? '';
      const others = new Set<Rule>();
      const mates = unitOf(index).filter((other) => other !== index);
      const isHeldByMates =
        mates.length > 0 &&
        (own.length === 0 || mates.some((other) => binding.open[other * off + tranche] === 0));
      for (const rule of named.get(index) ?? []) {
        if (rule.kind === 'package' && rule.form === 'only-with') {
          const companions = getPersons(roster, rule.with);
          if (!rule.persons.includes(id) || isHelped(rule, companions, tranche)) continue;
          own.push(rule);
          for (const other of companions)
            if (!isOpen(other, tranche)) for (const one of findOwn(other, tranche)) others.add(one);
        } else if (
          isHeldByMates &&
          (rule.kind === 'package' || (rule.kind === 'family' && rule.form === 'together'))
        )
          own.push(rule);
      }
      if (isHeldByMates)
        for (const other of mates) for (const one of findOwn(other, tranche)) others.add(one);
      for (const rule of own) others.delete(rule);
      return { own, others: [...others] };
    },
  };
}
