/** Reads vehicles: of a rule, and of the terms of a movement. */
import {
  optional,
  readList,
  readObject,
  readText,
  readWhole,
  toPointer,
  type Reading,
} from '../problem/parse-json.ts';
import { personsMax, problemLimits, type Vehicle } from '../problem/problem.ts';

export function readVehicles(reading: Reading, value: unknown, pointer: string): readonly Vehicle[] {
  const count = (one: unknown, at: string): number => readWhole(reading, one, at, 0, personsMax);
  return readList(reading, value, pointer, problemLimits.vehicles, (one, at): Vehicle | undefined => {
    const vehicle = readObject(reading, one, at, ['id', 'seats', 'stretchers', 'ambulances']);
    if (vehicle === undefined) return undefined;
    return {
      id: readText(reading, vehicle['id'], toPointer(at, 'id'), problemLimits.idLength),
      ...optional(vehicle, 'seats', at, count),
      ...optional(vehicle, 'stretchers', at, count),
      ...optional(vehicle, 'ambulances', at, count),
    };
  });
}
