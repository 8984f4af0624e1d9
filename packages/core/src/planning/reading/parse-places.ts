/** Reads who stands in which tranche: of a plan, and of the plan that a problem has on the table. */
import { readList, readObject, toPointer, type ReadName, type Reading } from '../problem/parse-json.ts';
import { problemLimits, type Place } from '../problem/problem.ts';

export function readPlaces(
  reading: Reading,
  value: unknown,
  pointer: string,
  person: ReadName,
  tranche: ReadName,
): readonly Place[] {
  return readList(reading, value, pointer, problemLimits.persons, (one, at): Place | undefined => {
    const place = readObject(reading, one, at, ['person', 'tranche']);
    if (place === undefined) return undefined;
    return {
      person: person(place['person'], toPointer(at, 'person')),
      tranche: tranche(place['tranche'], toPointer(at, 'tranche')),
    };
  });
}
