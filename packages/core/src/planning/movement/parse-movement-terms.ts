/**
 * Reads the terms of a movement from plain data.
 *
 * Law     Terms name only legs and tranches of their problem.
 * Cost    One pass; sizes are bounded before they are used.
 */
import { readVehicles } from '../rules/read-vehicles.ts';
import type { CrossingWindow, MovementTerms } from './movement.ts';
import {
  addFault,
  optional,
  readDistinct,
  readDocument,
  readFormat,
  readList,
  readObject,
  readWhole,
  toKnownReader,
  toPointer,
  type Parsed,
  type Reading,
  type ReadName,
} from '../problem/parse-json.ts';
import { personsMax, problemLimits, type PlanningProblem } from '../problem/problem.ts';

const dayMinutes = 24 * 60;
/** A window may run past midnight; a lead or a step lasts a week at most. */
const [clockMax, spanMax] = [2 * dayMinutes, 7 * dayMinutes];

/** Parses terms for a problem; every fault carries a JSON pointer and what was expected. */
export function parseMovementTerms(data: unknown, problem: PlanningProblem): Parsed<MovementTerms> {
  return readDocument(data, (reading, document) => readTerms(reading, document, problem));
}

function readTerms(reading: Reading, data: unknown, problem: PlanningProblem): MovementTerms | undefined {
  const fields = readFormat(reading, data, 'homeward-movement-terms', [
    'stepSizes',
    'stepMinutes',
    'leadMinutes',
    'windows',
    'vehicles',
  ]);
  if (fields === undefined) return undefined;
  const known = (names: readonly { readonly id: string }[], what: string): ReadName =>
    toKnownReader(reading, new Set(names.map(({ id }) => id)), `the id of a ${what} of the problem`);
  const refuseTwice = (pointer: string, key: string, names: readonly string[]): void =>
    void readDistinct(reading, pointer, key, names, 'nothing that is named above');
  const leg = known(problem.legs, 'leg');
  const tranche = known(problem.tranches, 'tranche');
  const stepSizes = readList(
    reading,
    fields['stepSizes'],
    '/stepSizes',
    problemLimits.legs,
    (value, pointer) => {
      const size = readObject(reading, value, pointer, ['leg', 'size']);
      if (size === undefined) return undefined;
      return {
        leg: leg(size['leg'], toPointer(pointer, 'leg')),
        size: readWhole(reading, size['size'], toPointer(pointer, 'size'), 1, personsMax),
      };
    },
  );
  refuseTwice(
    '/stepSizes',
    'leg',
    stepSizes.map((one) => one.leg),
  );
  const windows = readList(
    reading,
    fields['windows'],
    '/windows',
    problemLimits.legs * problemLimits.tranches,
    (value, pointer): CrossingWindow | undefined => {
      const window = readObject(reading, value, pointer, ['tranche', 'leg', 'opensAt', 'closesAt']);
      if (window === undefined) return undefined;
      const opensAt = readWhole(reading, window['opensAt'], toPointer(pointer, 'opensAt'), 0, clockMax);
      const closesAt = readWhole(reading, window['closesAt'], toPointer(pointer, 'closesAt'), 0, clockMax);
      if (closesAt <= opensAt)
        addFault(reading, toPointer(pointer, 'closesAt'), `more than ${opensAt}, when the window opens`);
      return {
        tranche: tranche(window['tranche'], toPointer(pointer, 'tranche')),
        leg: leg(window['leg'], toPointer(pointer, 'leg')),
        opensAt,
        closesAt,
      };
    },
  );
  refuseTwice(
    '/windows',
    'leg',
    windows.map((window) => JSON.stringify([window.tranche, window.leg])),
  );
  const vehicles = optional(fields, 'vehicles', '', (list, at) =>
    readList(reading, list, at, problemLimits.legs, (value, pointer) => {
      const one = readObject(reading, value, pointer, ['leg', 'vehicles']);
      if (one === undefined) return undefined;
      const own = readVehicles(reading, one['vehicles'], toPointer(pointer, 'vehicles'));
      refuseTwice(
        toPointer(pointer, 'vehicles'),
        'id',
        own.map(({ id }) => id),
      );
      return { leg: leg(one['leg'], toPointer(pointer, 'leg')), vehicles: own };
    }),
  );
  refuseTwice(
    '/vehicles',
    'leg',
    (vehicles.vehicles ?? []).map((one) => one.leg),
  );
  return {
    stepSizes,
    stepMinutes: readWhole(reading, fields['stepMinutes'], '/stepMinutes', 1, spanMax),
    leadMinutes: readWhole(reading, fields['leadMinutes'], '/leadMinutes', 0, spanMax),
    windows,
    ...vehicles,
  };
}
