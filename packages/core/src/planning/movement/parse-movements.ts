/**
 * Reads movements from plain data. Their names are resolved by the checker, against the problem and the plan.
 *
 * Cost    One pass; sizes are bounded before they are used.
 */
import {
  minuteMax,
  type Manifest,
  type Movement,
  type MovementDocument,
  type MovementStep,
} from './movement.ts';
import {
  readChoice,
  readDistinct,
  readDocument,
  readFormat,
  readList,
  readObject,
  readText,
  readWhole,
  toPointer,
  type Parsed,
  type Reading,
} from '../problem/parse-json.ts';
import { needs, personsMax, problemLimits } from '../problem/problem.ts';

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
  readDistinct(
    reading,
    '/movements',
    'tranche',
    movements.map(({ tranche }) => tranche),
    'nothing that is named above',
  );
  return {
    format: 'homeward-movements',
    version: 1,
    problem: readText(reading, fields['problem'], '/problem', problemLimits.idLength),
    movements,
  };
}

function readMovement(reading: Reading, value: unknown, pointer: string): Movement | undefined {
  const fields = readFormat(reading, value, 'homeward-movement', ['tranche', 'manifests', 'steps'], pointer);
  if (fields === undefined) return undefined;
  const id = (one: unknown, at: string): string => readText(reading, one, at, problemLimits.idLength);
  const minute = (one: unknown, at: string): number => readWhole(reading, one, at, -minuteMax, minuteMax);
  return {
    format: 'homeward-movement',
    version: 1,
    tranche: id(fields['tranche'], toPointer(pointer, 'tranche')),
    manifests: readList(
      reading,
      fields['manifests'],
      toPointer(pointer, 'manifests'),
      problemLimits.vehicles * problemLimits.legs,
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
