/**
 * Two entries of one list that seem to be one person: a doubt for people to settle, never a merge.
 *
 * Law     A name alone raises no doubt (namesakes are many). A service number does, and so does a whole name with a full date
 *         of birth.
 * Cost    Linear in the records.
 */
import type { EntryId } from '../exchange/index.ts';
import { isFullDay } from './day.ts';
import type { PersonRecord, Spelling } from './record.ts';

export interface SamePerson {
  readonly entries: readonly [EntryId, EntryId];
  readonly by: 'service-number' | 'name-and-birth';
}

const folded = (text: string): string => text.normalize('NFC').trim().toUpperCase().replace(/\s+/gu, ' ');

/** The whole name as one text, when there is enough of it to speak of one person. */
function nameOf({ family, given, patronymic, whole }: Spelling): string | undefined {
  if (family !== undefined && given !== undefined) {
    return folded([family, given, patronymic ?? ''].join(' '));
  }
  return whole === undefined || folded(whole).split(' ').length < 2 ? undefined : folded(whole);
}

/** What identifies the person of a record: each key with the doubt that it raises when two entries share it. */
function identifyingKeys(record: PersonRecord): readonly (readonly [SamePerson['by'], string])[] {
  const number = record.service?.number ?? undefined;
  const born = record.born ?? undefined;
  const names = born !== undefined && isFullDay(born) ? record.names.map(nameOf) : [];
  return [
    ...(number === undefined ? [] : [['service-number', `# ${folded(number)}`] as const]),
    ...[...new Set(names)].flatMap((name) =>
      name === undefined || born === undefined ? [] : [['name-and-birth', `${born.on} ${name}`] as const],
    ),
  ];
}

/** The pairs of entries that seem to be one person; each pair once, in the order of the records. */
export function findSamePersons(records: Iterable<PersonRecord>): readonly SamePerson[] {
  const firstOf = new Map<string, EntryId>();
  const found = new Map<string, SamePerson>();
  for (const record of records) {
    for (const [by, key] of identifyingKeys(record)) {
      const first = firstOf.get(key);
      if (first === undefined) {
        firstOf.set(key, record.entry);
      } else if (first !== record.entry && !found.has(`${first} ${record.entry}`)) {
        found.set(`${first} ${record.entry}`, { entries: [first, record.entry], by });
      }
    }
  }
  return [...found.values()];
}
