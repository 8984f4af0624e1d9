/**
 * Which tranches the rules that name persons leave open to each, before anybody is counted: own vetoes and
 * windows, those of all who move as one, and companions without whom a person does not go.
 *
 * Cost    One pass over the rules that name persons, then each package again when one closes what it asks for.
 */
import { kindOf } from '../rules/index.ts';
import { toBinding } from '../formulation/cells.ts';
import type { MoveJudge } from './judge-moves.ts';
import type { PackageRule, Rule } from '../problem/problem.ts';
import { getPersons, type Roster } from '../problem/roster.ts';

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
  // A package is asked again only when somebody whom it asks for has lost a tranche.
  const waiting = new Set(companies);
  const askedBy = new Map<number, (typeof companies)[number][]>();
  for (const company of companies)
    for (const other of company.companions) {
      const list = askedBy.get(other);
      if (list === undefined) askedBy.set(other, [company]);
      else list.push(company);
    }
  for (const company of waiting) {
    waiting.delete(company);
    for (let tranche = 0; tranche < off; tranche += 1) {
      if (isHelped(company.rule, company.companions, tranche)) continue;
      for (const head of company.heads) {
        if (!isOpen(head, tranche)) continue;
        for (const member of unitOf(head)) {
          open[member * off + tranche] = 0;
          for (const other of askedBy.get(member) ?? []) waiting.add(other);
        }
      }
    }
  }

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
