/** Vehicles: places for legs and tranches, kept apart by what a person needs. */
import { everyLane, needs, type MedicalNeed, type VehiclesRule } from '../problem/problem.ts';
import { total } from './placed-persons.ts';
import { countingKind, formulateSums, selectorsOf, toGroups, toSum, type RuleKind } from './rule-kind.ts';

const placesOf: Readonly<Record<MedicalNeed, 'seats' | 'stretchers' | 'ambulances'>> = {
  seat: 'seats',
  stretcher: 'stretchers',
  ambulance: 'ambulances',
};

export const vehicles: RuleKind<VehiclesRule> = {
  ...countingKind,
  fields: ['legs', 'vehicles', 'tranche'],
  parse: (reader) => ({
    kind: 'vehicles',
    legs: reader.legs(),
    vehicles: reader.vehicles(),
    ...reader.optionalTranche('tranche'),
  }),
  faults: (rule, placed) =>
    needs.flatMap((need) => {
      const places = countPlaces(rule, need);
      return placed
        .count({ legs: rule.legs, lanes: everyLane, needs: [need] })
        .flatMap((found, at) =>
          (rule.tranche === undefined || placed.nameOf(at) === rule.tranche) && found > places
            ? [`tranche ${placed.nameOf(at)}: ${found} need ${placesOf[need]}, there are ${places}`]
            : [],
        );
    }),
  sums: (rule, roster) =>
    needs.map((need) =>
      toSum(
        [[{ legs: rule.legs, lanes: everyLane, needs: [need] }, 1]],
        toGroups(roster, rule.tranche, undefined),
        -Infinity,
        countPlaces(rule, need),
      ),
    ),
  selectors: (rule, roster) => selectorsOf(vehicles.sums(rule, roster)),
  sayBroken: (_, { terms: [[who]], where, value, bound }) =>
    `has so many ${who.needs?.[0] ?? ''}s in ${where}: ${value} of ${bound}`,
  formulate: (rule, draft) => formulateSums(rule, vehicles.sums(rule, draft.roster), draft),
  describe: (rule, words) =>
    `"${rule.id}": ${countPlaces(rule, 'seat')} seats, ${countPlaces(rule, 'stretcher')} stretchers and ${countPlaces(rule, 'ambulance')} ambulance places on ${words.names(rule.legs)}.`,
  loosen: (rule) => ({
    relaxed: [
      {
        ...rule,
        vehicles: [...rule.vehicles, { id: 'one more place', seats: 1, stretchers: 1, ambulances: 1 }],
      },
    ],
    text: 'one more place of each kind',
  }),
};

function countPlaces(rule: VehiclesRule, need: MedicalNeed): number {
  return total(rule.vehicles.map((vehicle) => vehicle[placesOf[need]] ?? 0));
}
