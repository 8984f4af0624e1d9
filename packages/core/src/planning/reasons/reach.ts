/**
 * Which tranches the rules that name persons leave open to each, before anybody is counted: own vetoes and
 * windows, those of all who move as one, and companions without whom a person does not go.
 *
 * Cost    One pass over the rules that name persons.
 */
import { isOpenBy, toBinding, toOpenPlaces, toUnits } from '../rules/binding.ts';
import { kindOf } from '../rules/index.ts';
import type { MoveJudge } from './judge-moves.ts';
import type { PackageOnlyWithRule, Rule } from '../problem/problem.ts';
import type { Roster } from '../problem/roster.ts';

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

export function toReach(roster: Roster, { named, members }: MoveJudge): Reach {
  const off = roster.trancheCount;
  const binding = toBinding(roster);
  const open = toOpenPlaces(roster);
  const isOpen = (index: number, tranche: number): boolean => open[index * off + tranche] === 1;
  const units = toUnits(binding);
  const unitOf = (index: number): readonly number[] => units.get(binding.unitOf[index] ?? index) ?? [index];
  /** Whether everyone whom the package asks for can be there in time. */
  const isHelped = (rule: PackageOnlyWithRule, companions: readonly number[], tranche: number): boolean =>
    companions.every((other) => isOpenBy(open, off, other, tranche, rule.timing === 'by-then'));

  const findOwn = (index: number, tranche: number): readonly Rule[] =>
    (named.get(index) ?? []).filter((rule) => kindOf(rule).closes(rule, roster, tranche));

  const isClosedAlone = (index: number, tranche: number): boolean => {
    const person = roster.persons[index];
    return (
      person === undefined ||
      person.ineligible !== undefined ||
      tranche < person.first ||
      tranche > person.last ||
      findOwn(index, tranche).length > 0
    );
  };
  const known = new Map<number, { readonly members: number; readonly rules: ReadonlySet<Rule> }>();
  /** Of those who move as one: how many the tranche is closed to for themselves, and by which rules. */
  const findClosed = (
    root: number,
    unit: readonly number[],
    tranche: number,
  ): { readonly members: number; readonly rules: ReadonlySet<Rule> } => {
    const key = root * off + tranche;
    let found = known.get(key);
    if (found === undefined) {
      found = {
        members: unit.filter((one) => isClosedAlone(one, tranche)).length,
        rules: new Set(unit.flatMap((one) => findOwn(one, tranche))),
      };
      known.set(key, found);
    }
    return found;
  };

  return {
    findClosing(index, tranche) {
      const own = [...findOwn(index, tranche)];
      if (isOpen(index, tranche)) return { own, others: [] };
      const others = new Set<Rule>();
      const unit = unitOf(index);
      const closed = findClosed(binding.unitOf[index] ?? index, unit, tranche);
      const isHeldByMates =
        unit.length > 1 && (own.length === 0 || closed.members > Number(isClosedAlone(index, tranche)));
      for (const rule of named.get(index) ?? []) {
        if (rule.kind === 'package' && rule.form === 'only-with') {
          const companions = [...members(rule.with)];
          if (!members(rule.persons).has(index) || isHelped(rule, companions, tranche)) continue;
          own.push(rule);
          for (const other of companions)
            if (!isOpen(other, tranche)) for (const one of findOwn(other, tranche)) others.add(one);
        } else if (
          isHeldByMates &&
          (rule.kind === 'package' || (rule.kind === 'family' && rule.form === 'together'))
        )
          own.push(rule);
      }
      if (isHeldByMates) for (const one of closed.rules) others.add(one);
      for (const rule of own) others.delete(rule);
      return { own, others: [...others] };
    },
  };
}
