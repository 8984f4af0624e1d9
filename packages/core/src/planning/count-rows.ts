/**
 * Rules that count persons, as rows over descriptions and tranches: what one person more or less would break.
 *
 * Law     spec/planning.md, "Rules". Rules that name persons are not here, nor gates, which are no sums.
 * Cost    For each row, one pass over the distinct descriptions of persons.
 */
import type { Positions } from './measure.ts';
import type { MedicalNeed, Rule, Selector } from './problem.ts';
import { getIndex, toDays, type Roster } from './roster.ts';
import { toSelection } from './selection.ts';

/** A sum that a rule bounds. */
export interface CountRow {
  readonly rule: Rule;
  /** Tranche numbers whose persons are counted together. */
  readonly tranches: readonly number[];
  /** What one person of each description adds. */
  readonly weights: Int32Array;
  readonly lower: number;
  readonly upper: number;
  /** The sum under the places given. */
  readonly value: number;
  /** What the rule says here, with its figures. */
  readonly text: string;
}

const everyLane = ['exchange', 'direct-repatriation', 'civilian-release', 'remains'] as const;
const placesOf: Readonly<Record<MedicalNeed, 'seats' | 'stretchers' | 'ambulances'>> = {
  seat: 'seats',
  stretcher: 'stretchers',
  ambulance: 'ambulances',
};

/** All rows of a problem under the places given. */
export function toCountRows(roster: Roster, positions: Positions): readonly CountRow[] {
  const off = roster.trancheCount;
  const { classOf, findMatches } = toSelection(roster);
  const name = (tranche: number): string => roster.problem.tranches[tranche]?.id ?? 'off';
  const all = Array.from({ length: off }, (_, tranche) => tranche);
  const width = classOf.reduce((most, description) => Math.max(most, description + 1), 0);
  /** How many of each description go in each tranche. */
  const counts = all.map(() => new Int32Array(width));
  classOf.forEach((description, index) => {
    const of = counts[positions[index] ?? off];
    if (of !== undefined) of[description] = (of[description] ?? 0) + 1;
  });
  const rows: CountRow[] = [];
  const weigh = (...terms: readonly (readonly [who: Selector, factor: number])[]): Int32Array => {
    const weights = new Int32Array(width);
    for (const [who, factor] of terms) {
      const matches = findMatches(who);
      for (let at = 0; at < width; at += 1) weights[at] = (weights[at] ?? 0) + factor * (matches[at] ?? 0);
    }
    return weights;
  };
  const add = (
    rule: Rule,
    tranches: readonly number[],
    weights: Int32Array,
    [lower, upper]: readonly [number, number],
    say: (sum: number, where: string) => string,
  ): void => {
    let value = 0;
    for (const tranche of tranches)
      counts[tranche]?.forEach((count, at) => (value += count * (weights[at] ?? 0)));
    const where = tranches.length === 1 ? name(tranches[0] ?? off) : 'all tranches together';
    rows.push({ rule, tranches, weights, lower, upper, value, text: `"${rule.id}" ${say(value, where)}` });
  };
  const applies = (rule: { readonly tranche?: string }): readonly number[] =>
    rule.tranche === undefined ? all : [getIndex(roster.trancheIndex, rule.tranche)];
  for (const rule of roster.problem.rules) {
    switch (rule.kind) {
      case 'quota': {
        const max = rule.exact ?? rule.max;
        const min = rule.exact ?? rule.min;
        const groups =
          rule.tranche === undefined && rule.over === 'total' ? [all] : applies(rule).map((one) => [one]);
        const weights = weigh([rule.who, 1]);
        for (const group of groups) {
          if (max !== undefined)
            add(rule, group, weights, [-Infinity, max], (sum, where) =>
              rule.exact === undefined
                ? `allows at most in ${where}: ${sum} of ${max}`
                : `fixes the number in ${where}: ${sum} of ${max}`,
            );
          if (min !== undefined)
            add(rule, group, weights, [min, Infinity], (sum, where) =>
              rule.exact === undefined
                ? `asks for at least ${min} in ${where}: ${sum} are there`
                : `fixes the number in ${where}: ${sum} of ${min}`,
            );
        }
        break;
      }
      case 'capacity': {
        const legs = roster.problem.legs
          .filter(({ crossing }) => crossing === rule.crossing)
          .map(({ id }) => id);
        for (const tranche of applies(rule))
          add(
            rule,
            [tranche],
            weigh([{ legs, lanes: everyLane }, 1]),
            [-Infinity, rule.max],
            (sum, where) => `lets so many cross at ${rule.crossing} in ${where}: ${sum} of ${rule.max}`,
          );
        break;
      }
      case 'vehicles':
        for (const need of ['seat', 'stretcher', 'ambulance'] as const) {
          const places = rule.vehicles.reduce((sum, vehicle) => sum + (vehicle[placesOf[need]] ?? 0), 0);
          for (const tranche of applies(rule))
            add(
              rule,
              [tranche],
              weigh([{ legs: rule.legs, lanes: everyLane, needs: [need] }, 1]),
              [-Infinity, places],
              (sum, where) => `has so many ${placesOf[need]} in ${where}: ${sum} of ${places}`,
            );
        }
        break;
      case 'facility': {
        const days = toDays(roster);
        for (const day of new Set(days))
          add(
            rule,
            all.filter((tranche) => days[tranche] === day),
            weigh([{ facilities: [rule.facility], lanes: everyLane }, 1]),
            [-Infinity, rule.max],
            (sum, where) =>
              `lets so many be fetched from ${rule.facility} a day in ${where}: ${sum} of ${rule.max}`,
          );
        break;
      }
      case 'parity':
        switch (rule.form) {
          case 'fixed':
            for (const leg of rule.legs)
              for (const tranche of all) {
                const fixed = rule.counts[tranche] ?? 0;
                add(
                  rule,
                  [tranche],
                  weigh([{ legs: [leg] }, 1]),
                  [fixed, fixed],
                  (sum, where) => `fixes leg ${leg} in ${where}: ${sum} of ${fixed}`,
                );
              }
            break;
          case 'balance':
            for (const power of rule.powers) {
              const out = roster.problem.legs.filter(({ from }) => from === power).map(({ id }) => id);
              const into = roster.problem.legs.filter(({ to }) => to === power).map(({ id }) => id);
              const weights = weigh([{ legs: out }, 1], [{ legs: into }, -1]);
              for (const tranche of all)
                add(rule, [tranche], weights, [0, 0], () => 'lets each power give as many as it receives');
            }
            break;
          case 'equal':
          case 'ratio': {
            const [a, b] = rule.form === 'ratio' ? rule.ratio : [1, 1];
            const weights = weigh([{ legs: rule.left }, b], [{ legs: rule.right }, -a]);
            for (const group of rule.over === 'total' ? [all] : all.map((one) => [one]))
              add(
                rule,
                group,
                weights,
                [0, 0],
                (_, where) =>
                  `lets one more go in ${where} on ${rule.left.join(' + ')} only if more go on ${rule.right.join(' + ')}, and the other way round`,
              );
            break;
          }
          case 'one-way':
            break;
        }
        break;
      case 'circuit':
        // How persons divide into cycles is no sum: each leg is held at its number, which certainly divides.
        for (const leg of rule.legs)
          for (const tranche of all) {
            const weights = weigh([{ legs: [leg] }, 1]);
            const now = counts[tranche]?.reduce((sum, count, at) => sum + count * (weights[at] ?? 0), 0) ?? 0;
            add(rule, [tranche], weights, [now, now], () => 'lets nobody go outside a cycle or chain');
          }
        break;
      case 'gate':
      case 'must-go':
      case 'veto':
      case 'place':
      case 'package':
      case 'family':
      case 'apart':
        break;
    }
  }
  return rows;
}
