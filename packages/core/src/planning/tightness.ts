/**
 * Which rules leave no room for one more person, where: what reasons and prices are made of.
 *
 * Cost    One pass over the persons for each distinct selector.
 */
import type { Positions } from './measure.ts';
import type { MedicalNeed, Rule, Selector } from './problem.ts';
import { getIndex, isSelected, toDays, type Roster } from './roster.ts';

/** A rule that counts persons, in the tranches where it counts them together. */
export interface Limit {
  readonly rule: Rule;
  readonly who: Selector;
  /** Tranche numbers whose persons are counted together. */
  readonly tranches: readonly number[];
  /** How many more could go; 0 when full, or when the number is tied to another. */
  readonly room: number;
  /** The limit in words, with its figures. */
  readonly text: string;
}

const everyLane = ['exchange', 'direct-repatriation', 'civilian-release', 'remains'] as const;
const placesOf: Readonly<Record<MedicalNeed, 'seats' | 'stretchers' | 'ambulances'>> = {
  seat: 'seats',
  stretcher: 'stretchers',
  ambulance: 'ambulances',
};

/** All limits of a problem under the places given. */
export function findLimits(roster: Roster, positions: Positions): readonly Limit[] {
  const off = roster.trancheCount;
  const name = (tranche: number): string => roster.problem.tranches[tranche]?.id ?? 'off';
  const all = Array.from({ length: off }, (_, tranche) => tranche);
  const counts = new Map<string, readonly number[]>();
  const countOf = (who: Selector): readonly number[] => {
    const key = JSON.stringify(who);
    const known = counts.get(key);
    if (known !== undefined) return known;
    const found = all.map(() => 0);
    roster.persons.forEach((person, index) => {
      const at = positions[index] ?? off;
      if (at < off && isSelected(roster, person, who)) found[at] = (found[at] ?? 0) + 1;
    });
    counts.set(key, found);
    return found;
  };
  const limits: Limit[] = [];
  const add = (rule: Rule, who: Selector, tranches: readonly number[], max: number, what: string): void => {
    const found = countOf(who);
    const sum = tranches.reduce((total, tranche) => total + (found[tranche] ?? 0), 0);
    const where = tranches.length === 1 ? name(tranches[0] ?? off) : 'all tranches together';
    limits.push({
      rule,
      who,
      tranches,
      room: Math.max(0, max - sum),
      text: `"${rule.id}" ${what} in ${where}: ${sum} of ${max}`,
    });
  };
  const tie = (rule: Rule, who: Selector, tranche: number, text: string): void => {
    limits.push({ rule, who, tranches: [tranche], room: 0, text });
  };
  for (const rule of roster.problem.rules) {
    switch (rule.kind) {
      case 'quota': {
        const max = rule.exact ?? rule.max;
        if (max === undefined) break;
        const what = rule.exact === undefined ? 'allows at most' : 'fixes the number';
        const groups =
          rule.tranche !== undefined
            ? [[getIndex(roster.trancheIndex, rule.tranche)]]
            : rule.over === 'total'
              ? [all]
              : all.map((tranche) => [tranche]);
        for (const group of groups) add(rule, rule.who, group, max, what);
        break;
      }
      case 'capacity': {
        const legs = roster.problem.legs
          .filter(({ crossing }) => crossing === rule.crossing)
          .map(({ id }) => id);
        for (const tranche of all)
          if (rule.tranche === undefined || rule.tranche === name(tranche))
            add(
              rule,
              { legs, lanes: everyLane },
              [tranche],
              rule.max,
              `lets so many cross at ${rule.crossing}`,
            );
        break;
      }
      case 'vehicles':
        for (const need of ['seat', 'stretcher', 'ambulance'] as const) {
          const places = rule.vehicles.reduce((sum, vehicle) => sum + (vehicle[placesOf[need]] ?? 0), 0);
          for (const tranche of all)
            if (rule.tranche === undefined || rule.tranche === name(tranche))
              add(
                rule,
                { legs: rule.legs, lanes: everyLane, needs: [need] },
                [tranche],
                places,
                `has so many ${placesOf[need]}`,
              );
        }
        break;
      case 'facility': {
        const days = toDays(roster);
        for (const day of new Set(days))
          add(
            rule,
            { facilities: [rule.facility], lanes: everyLane },
            all.filter((tranche) => days[tranche] === day),
            rule.max,
            `lets so many be fetched from ${rule.facility} a day`,
          );
        break;
      }
      case 'parity':
        if (rule.form === 'one-way') break;
        for (const tranche of all) {
          if (rule.form === 'fixed') {
            for (const leg of rule.legs)
              add(rule, { legs: [leg] }, [tranche], rule.counts[tranche] ?? 0, `fixes leg ${leg}`);
          } else if (rule.form === 'balance') {
            const { powers } = rule;
            const legs = roster.problem.legs
              .filter(({ from, to }) => powers.includes(from) || powers.includes(to))
              .map(({ id }) => id);
            tie(rule, { legs }, tranche, `"${rule.id}" lets each power give as many as it receives`);
          } else {
            const text = (own: readonly string[], other: readonly string[]): string =>
              `"${rule.id}" lets one more go on ${own.join(' + ')} only if more go on ${other.join(' + ')}`;
            tie(rule, { legs: rule.left }, tranche, text(rule.left, rule.right));
            tie(rule, { legs: rule.right }, tranche, text(rule.right, rule.left));
          }
        }
        break;
      case 'circuit':
        for (const tranche of all)
          tie(rule, { legs: rule.legs }, tranche, `"${rule.id}" lets nobody go outside a cycle or chain`);
        break;
      case 'gate': {
        const opened = countOf({ legs: rule.open });
        const crossed = countOf({ legs: rule.after });
        let before = 0;
        for (const tranche of all) {
          const seen = before + (rule.timing === 'same' ? (crossed[tranche] ?? 0) : 0);
          if (seen < rule.count && opened[tranche] === 0)
            tie(
              rule,
              { legs: rule.open },
              tranche,
              `"${rule.id}" opens when ${rule.count} have crossed on ${rule.after.join(' + ')}; ${seen} have by ${name(tranche)}`,
            );
          before += crossed[tranche] ?? 0;
        }
        break;
      }
      case 'must-go':
      case 'veto':
      case 'place':
      case 'package':
      case 'family':
      case 'apart':
        break;
    }
  }
  return limits;
}
