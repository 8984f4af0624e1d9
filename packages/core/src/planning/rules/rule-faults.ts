/**
 * Whether the places of persons keep every rule, read from the rules one by one.
 *
 * Law     spec/planning.md, "Rules". Shared by the checker and the oracle; the formulation does not use it.
 * Cost    One pass over the persons for each distinct selector, then one per rule over its own persons.
 */
import { findCircuits } from '../problem/circuits.ts';
import { isPlannable, type Positions } from '../objectives/measure.ts';
import type { CircuitRun } from '../problem/plan.ts';
import {
  everyLane,
  needs,
  type MedicalNeed,
  type Rule,
  type RuleId,
  type Selector,
} from '../problem/problem.ts';
import { getIndex, getPersons, isSelected, toDays, type Roster } from '../problem/roster.ts';

export interface RuleFault {
  /** The rule broken; null for what no rule may change (eligibility, a person's own window). */
  readonly rule: RuleId | null;
  readonly text: string;
}

/** Every rule that the places break. `circuits` is the plan's own account of its cycles and chains. */
export function findRuleFaults(
  roster: Roster,
  positions: Positions,
  circuits: readonly CircuitRun[],
): RuleFault[] {
  const faults: RuleFault[] = [];
  const off = roster.trancheCount;
  roster.persons.forEach((person, index) => {
    const at = positions[index] ?? off;
    if (at === off) return;
    if (person.ineligible !== undefined) {
      faults.push({ rule: null, text: `${person.id} is placed but not eligible: ${person.ineligible}` });
    } else if (at < person.first || at > person.last) {
      faults.push({ rule: null, text: `${person.id} is placed outside the person's own window` });
    }
  });
  const counter = toCounter(roster, positions);
  for (const rule of roster.problem.rules) {
    for (const text of findTexts(roster, positions, rule, counter, circuits)) {
      faults.push({ rule: rule.id, text });
    }
  }
  return faults;
}

type Count = (who: Selector) => readonly number[];

/** Counts persons by tranche for a selector, each distinct selector once. */
function toCounter(roster: Roster, positions: Positions): Count {
  const known = new Map<string, readonly number[]>();
  return (who) => {
    const key = JSON.stringify([
      who.legs,
      who.categories,
      who.lanes,
      who.needs,
      who.sexes,
      who.facilities,
      who.ageMin,
      who.ageMax,
    ]);
    const found = known.get(key);
    if (found !== undefined) return found;
    const counts = Array.from({ length: roster.trancheCount }, () => 0);
    roster.persons.forEach((person, index) => {
      const at = positions[index] ?? roster.trancheCount;
      if (at < counts.length && isSelected(roster, person, who)) counts[at] = (counts[at] ?? 0) + 1;
    });
    known.set(key, counts);
    return counts;
  };
}

const placesOf: Readonly<Record<MedicalNeed, 'seats' | 'stretchers' | 'ambulances'>> = {
  seat: 'seats',
  stretcher: 'stretchers',
  ambulance: 'ambulances',
};

function findTexts(
  roster: Roster,
  positions: Positions,
  rule: Rule,
  count: Count,
  circuits: readonly CircuitRun[],
): string[] {
  const off = roster.trancheCount;
  const name = (tranche: number): string => roster.problem.tranches[tranche]?.id ?? 'off';
  const at = (index: number): number => positions[index] ?? off;
  const texts: string[] = [];
  switch (rule.kind) {
    case 'parity': {
      switch (rule.form) {
        case 'one-way':
          return texts;
        case 'fixed':
          for (const leg of rule.legs) {
            count({ legs: [leg] }).forEach((found, tranche) => {
              const wanted = rule.counts[tranche] ?? 0;
              if (found !== wanted)
                texts.push(`leg ${leg}, tranche ${name(tranche)}: ${found} placed, ${wanted} fixed`);
            });
          }
          return texts;
        case 'balance':
          for (const power of rule.powers) {
            const legs = roster.problem.legs;
            const out = count({ legs: legs.filter(({ from }) => from === power).map(({ id }) => id) });
            const into = count({ legs: legs.filter(({ to }) => to === power).map(({ id }) => id) });
            out.forEach((given, tranche) => {
              if (given !== into[tranche])
                texts.push(
                  `${power}, tranche ${name(tranche)}: gives ${given}, receives ${into[tranche] ?? 0}`,
                );
            });
          }
          return texts;
        case 'equal':
        case 'ratio': {
          const [a, b] = rule.form === 'ratio' ? rule.ratio : ([1, 1] as const);
          const left = count({ legs: rule.left });
          const right = count({ legs: rule.right });
          const compare = (l: number, r: number, where: string): void => {
            if (l * b !== r * a)
              texts.push(
                `${where}: ${l} on ${rule.left.join('+')} against ${r} on ${rule.right.join('+')}, ${a}:${b} agreed`,
              );
          };
          if (rule.over === 'total') compare(total(left), total(right), 'in all');
          else left.forEach((l, tranche) => compare(l, right[tranche] ?? 0, `tranche ${name(tranche)}`));
          return texts;
        }
      }
    }
    // eslint-disable-next-line no-fallthrough -- every form above returns
    case 'quota': {
      const counts = count(rule.who);
      const compare = (found: number, where: string): void => {
        if (rule.exact !== undefined && found !== rule.exact)
          texts.push(`${where}: ${found}, exactly ${rule.exact} required`);
        if (rule.min !== undefined && found < rule.min)
          texts.push(`${where}: ${found}, at least ${rule.min} required`);
        if (rule.max !== undefined && found > rule.max)
          texts.push(`${where}: ${found}, at most ${rule.max} allowed`);
      };
      if (rule.tranche !== undefined) {
        const tranche = getIndex(roster.trancheIndex, rule.tranche);
        compare(counts[tranche] ?? 0, `tranche ${rule.tranche}`);
      } else if (rule.over === 'total') compare(total(counts), 'in all');
      else counts.forEach((found, tranche) => compare(found, `tranche ${name(tranche)}`));
      return texts;
    }
    case 'must-go': {
      const by = rule.by === undefined ? off - 1 : getIndex(roster.trancheIndex, rule.by);
      for (const index of getPersons(roster, rule.persons)) {
        if (at(index) > by)
          texts.push(`${roster.persons[index]?.id ?? ''} must go and is ${name(at(index))}`);
      }
      return texts;
    }
    case 'veto': {
      const only = rule.tranche === undefined ? undefined : getIndex(roster.trancheIndex, rule.tranche);
      for (const index of getPersons(roster, rule.persons)) {
        if (only === undefined ? at(index) < off : at(index) === only)
          texts.push(`${roster.persons[index]?.id ?? ''} is vetoed and placed in ${name(at(index))}`);
      }
      return texts;
    }
    case 'place': {
      const wanted = rule.tranche === null ? off : getIndex(roster.trancheIndex, rule.tranche);
      for (const index of getPersons(roster, rule.persons)) {
        if (at(index) !== wanted)
          texts.push(`${roster.persons[index]?.id ?? ''} is ${name(at(index))}, set to ${name(wanted)}`);
      }
      return texts;
    }
    case 'package': {
      if (rule.form === 'together') {
        const places = new Set(getPersons(roster, rule.persons).map(at));
        if (places.size > 1) texts.push('its persons are not in one tranche');
        return texts;
      }
      const companions = getPersons(roster, rule.with);
      for (const index of getPersons(roster, rule.persons)) {
        const here = at(index);
        if (here === off) continue;
        const isKept = companions.every((other) =>
          rule.timing === 'by-then' ? at(other) <= here : at(other) === here,
        );
        if (!isKept) texts.push(`${roster.persons[index]?.id ?? ''} goes without those it was agreed with`);
      }
      return texts;
    }
    case 'family': {
      if (rule.form === 'wish') return texts;
      const places = new Set(
        getPersons(roster, rule.persons)
          .filter((index) => {
            const person = roster.persons[index];
            return person !== undefined && isPlannable(person);
          })
          .map(at),
      );
      if (places.size > 1) texts.push('the family is not in one tranche');
      return texts;
    }
    case 'apart': {
      const places = getPersons(roster, rule.persons)
        .map(at)
        .filter((place) => place < off);
      if (new Set(places).size < places.length) texts.push('two of them share a tranche');
      return texts;
    }
    case 'capacity': {
      const legs = roster.problem.legs
        .filter(({ crossing }) => crossing === rule.crossing)
        .map(({ id }) => id);
      count({ legs, lanes: everyLane }).forEach((found, tranche) => {
        if ((rule.tranche === undefined || name(tranche) === rule.tranche) && found > rule.max)
          texts.push(`${rule.crossing}, tranche ${name(tranche)}: ${found} cross, ${rule.max} can`);
      });
      return texts;
    }
    case 'vehicles': {
      for (const need of needs) {
        const places = total(rule.vehicles.map((vehicle) => vehicle[placesOf[need]] ?? 0));
        count({ legs: rule.legs, lanes: everyLane, needs: [need] }).forEach((found, tranche) => {
          if ((rule.tranche === undefined || name(tranche) === rule.tranche) && found > places)
            texts.push(`tranche ${name(tranche)}: ${found} need ${placesOf[need]}, there are ${places}`);
        });
      }
      return texts;
    }
    case 'facility': {
      const days = toDays(roster);
      const byDay = new Map<number, number>();
      count({ facilities: [rule.facility], lanes: everyLane }).forEach((found, tranche) => {
        const day = days[tranche] ?? 0;
        byDay.set(day, (byDay.get(day) ?? 0) + found);
      });
      for (const [day, found] of byDay) {
        if (found > rule.max)
          texts.push(`${rule.facility}, day ${day + 1}: ${found} fetched, ${rule.max} can be`);
      }
      return texts;
    }
    case 'gate': {
      const opened = count({ legs: rule.open });
      const crossed = count({ legs: rule.after });
      let before = 0;
      opened.forEach((found, tranche) => {
        const seen = before + (rule.timing === 'same' ? (crossed[tranche] ?? 0) : 0);
        if (found > 0 && seen < rule.count)
          texts.push(`tranche ${name(tranche)} opens with ${seen} of ${rule.count} across`);
        before += crossed[tranche] ?? 0;
      });
      return texts;
    }
    case 'circuit': {
      const allowed = new Map(
        findCircuits(roster, rule).map((circuit) => [
          circuit.legs.map((leg) => roster.problem.legs[leg]?.id ?? '').join('\n'),
          circuit,
        ]),
      );
      const moved = new Map(rule.legs.map((leg) => [leg, Array.from({ length: off }, () => 0)]));
      for (const run of circuits) {
        if (run.rule !== rule.id) continue;
        if (!allowed.has(run.legs.join('\n')) || run.moves.length !== run.legs.length) {
          texts.push(`${run.legs.join(' → ')} is not a cycle or chain that the rule allows`);
          continue;
        }
        run.moves.forEach((moves, link) => {
          const sums = moved.get(run.legs[link] ?? '');
          let here = 0;
          let before = 0;
          for (let tranche = 0; tranche < off; tranche += 1) {
            const now = moves[tranche] ?? 0;
            const earlier = run.moves[link - 1]?.[tranche] ?? 0;
            if (!Number.isInteger(now) || now < 0) texts.push('a circuit moves no whole number of persons');
            if (rule.timing === 'simultaneous' && link > 0 && now !== earlier)
              texts.push(`${run.legs.join(' → ')}: its links do not run at once in ${name(tranche)}`);
            here += now;
            before += earlier;
            if (link > 0 && here > before)
              texts.push(`${run.legs.join(' → ')}: a link runs ahead of the one before it`);
            if (sums !== undefined) sums[tranche] = (sums[tranche] ?? 0) + now;
          }
          if (link > 0 && here !== before)
            texts.push(`${run.legs.join(' → ')}: its links move different numbers`);
        });
      }
      for (const [leg, sums] of moved) {
        count({ legs: [leg] }).forEach((found, tranche) => {
          if (found !== sums[tranche])
            texts.push(
              `leg ${leg}, tranche ${name(tranche)}: ${found} placed, ${sums[tranche] ?? 0} in circuits`,
            );
        });
      }
      return texts;
    }
  }
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
