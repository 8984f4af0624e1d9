/**
 * Reads the terms of a movement and movements from plain data.
 *
 * Law     Terms name only legs and tranches of their problem. Names of a movement are resolved by its checker,
 *         against the problem and the plan.
 * Cost    One pass; sizes are bounded before they are used.
 */
import type {
  CrossingWindow,
  Manifest,
  Movement,
  MovementDocument,
  MovementStep,
  MovementTerms,
} from './movement.ts';
import {
  addFault,
  optional,
  readChoice,
  readDocument,
  readFormat,
  readList,
  readObject,
  readText,
  readWhole,
  toPointer,
  type Parsed,
  type Reading,
} from './parse-json.ts';
import { needs, problemLimits, type PlanningProblem, type Vehicle } from './problem.ts';

const personsMax = problemLimits.persons + problemLimits.countedPersons;
const dayMinutes = 24 * 60;
/** A window may run past midnight; a lead or a step lasts a week at most. */
const [clockMax, spanMax] = [2 * dayMinutes, 7 * dayMinutes];
/** Steps follow one another however many they are; a movement that takes years is none. */
const minuteMax = 10_000_000;
const vehiclesMax = 2_000;

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
  const known =
    (names: readonly { readonly id: string }[], what: string) =>
    (value: unknown, pointer: string): string => {
      if (typeof value === 'string' && names.some(({ id }) => id === value)) return value;
      addFault(reading, pointer, `the id of a ${what} of the problem`);
      return '';
    };
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
    reading,
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
    reading,
    '/windows',
    'leg',
    windows.map((window) => JSON.stringify([window.tranche, window.leg])),
  );
  const vehicles = optional(fields, 'vehicles', '', (list, at) =>
    readList(reading, list, at, problemLimits.legs, (value, pointer) => {
      const one = readObject(reading, value, pointer, ['leg', 'vehicles']);
      if (one === undefined) return undefined;
      const own = readList(
        reading,
        one['vehicles'],
        toPointer(pointer, 'vehicles'),
        vehiclesMax,
        (each, where) => readVehicle(reading, each, where),
      );
      refuseTwice(
        reading,
        toPointer(pointer, 'vehicles'),
        'id',
        own.map(({ id }) => id),
      );
      return { leg: leg(one['leg'], toPointer(pointer, 'leg')), vehicles: own };
    }),
  );
  refuseTwice(
    reading,
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

function refuseTwice(reading: Reading, pointer: string, key: string, names: readonly string[]): void {
  const seen = new Set<string>();
  names.forEach((name, index) => {
    if (seen.has(name))
      addFault(reading, toPointer(toPointer(pointer, index), key), 'nothing that is named above');
    seen.add(name);
  });
}

function readVehicle(reading: Reading, value: unknown, pointer: string): Vehicle | undefined {
  const vehicle = readObject(reading, value, pointer, ['id', 'seats', 'stretchers', 'ambulances']);
  if (vehicle === undefined) return undefined;
  const count = (one: unknown, at: string): number => readWhole(reading, one, at, 0, personsMax);
  return {
    id: readText(reading, vehicle['id'], toPointer(pointer, 'id'), problemLimits.idLength),
    ...optional(vehicle, 'seats', pointer, count),
    ...optional(vehicle, 'stretchers', pointer, count),
    ...optional(vehicle, 'ambulances', pointer, count),
  };
}

/** Parses movements; every fault carries a JSON pointer and what was expected. */
export function parseMovements(data: unknown): Parsed<MovementDocument> {
  return readDocument(data, readMovements);
}

function readMovements(reading: Reading, data: unknown): MovementDocument | undefined {
  const fields = readFormat(reading, data, 'homeward-movements', ['problem', 'movements']);
  if (fields === undefined) return undefined;
  const movements = readList(
    reading,
    fields['movements'],
    '/movements',
    problemLimits.tranches,
    (value, pointer) => readMovement(reading, value, pointer),
  );
  refuseTwice(
    reading,
    '/movements',
    'tranche',
    movements.map(({ tranche }) => tranche),
  );
  return {
    format: 'homeward-movements',
    version: 1,
    problem: readText(reading, fields['problem'], '/problem', problemLimits.idLength),
    movements,
  };
}

function readMovement(reading: Reading, value: unknown, pointer: string): Movement | undefined {
  const fields = readObject(reading, value, pointer, ['format', 'version', 'tranche', 'manifests', 'steps']);
  if (fields === undefined) return undefined;
  const id = (one: unknown, at: string): string => readText(reading, one, at, problemLimits.idLength);
  const minute = (one: unknown, at: string): number => readWhole(reading, one, at, -minuteMax, minuteMax);
  readChoice(reading, fields['format'], toPointer(pointer, 'format'), ['homeward-movement']);
  if (fields['version'] !== 1) addFault(reading, toPointer(pointer, 'version'), 'the number 1');
  return {
    format: 'homeward-movement',
    version: 1,
    tranche: id(fields['tranche'], toPointer(pointer, 'tranche')),
    manifests: readList(
      reading,
      fields['manifests'],
      toPointer(pointer, 'manifests'),
      vehiclesMax * problemLimits.legs,
      (one, at): Manifest | undefined => {
        const manifest = readObject(reading, one, at, [
          'leg',
          'crossing',
          'vehicle',
          'departsAt',
          'boarding',
        ]);
        if (manifest === undefined) return undefined;
        return {
          leg: id(manifest['leg'], toPointer(at, 'leg')),
          crossing:
            manifest['crossing'] === null ? null : id(manifest['crossing'], toPointer(at, 'crossing')),
          vehicle: id(manifest['vehicle'], toPointer(at, 'vehicle')),
          departsAt: minute(manifest['departsAt'], toPointer(at, 'departsAt')),
          boarding: readList(
            reading,
            manifest['boarding'],
            toPointer(at, 'boarding'),
            problemLimits.persons,
            (each, where) => {
              const place = readObject(reading, each, where, ['person', 'place', 'number']);
              if (place === undefined) return undefined;
              return {
                person: id(place['person'], toPointer(where, 'person')),
                place: readChoice(reading, place['place'], toPointer(where, 'place'), needs),
                number: readWhole(reading, place['number'], toPointer(where, 'number'), 1, personsMax),
              };
            },
          ),
        };
      },
    ),
    steps: readList(
      reading,
      fields['steps'],
      toPointer(pointer, 'steps'),
      personsMax,
      (one, at): MovementStep | undefined => {
        const step = readObject(reading, one, at, ['number', 'opensAt', 'kind', 'crossings']);
        if (step === undefined) return undefined;
        return {
          number: readWhole(reading, step['number'], toPointer(at, 'number'), 1, personsMax),
          opensAt: minute(step['opensAt'], toPointer(at, 'opensAt')),
          kind: readChoice(reading, step['kind'], toPointer(at, 'kind'), ['unpaired', 'paired']),
          crossings: readList(
            reading,
            step['crossings'],
            toPointer(at, 'crossings'),
            problemLimits.legs,
            (each, where) => {
              const crossing = readObject(reading, each, where, ['leg', 'persons', 'count']);
              if (crossing === undefined) return undefined;
              return {
                leg: id(crossing['leg'], toPointer(where, 'leg')),
                persons: readList(
                  reading,
                  crossing['persons'],
                  toPointer(where, 'persons'),
                  problemLimits.persons,
                  id,
                ),
                count: readWhole(reading, crossing['count'], toPointer(where, 'count'), 0, personsMax),
              };
            },
          ),
        };
      },
    ),
  };
}
