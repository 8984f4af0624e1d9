/**
 * The folder of a list that its owner made: what is sealed, what is opened, and what stays with the owner. It holds names: the
 * folder is readable by its owner alone.
 */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalText, type PartyId } from '@homeward/core/exchange';
import { toListPaper, type PersonRecord } from '@homeward/core/record';
import { toCell } from '@homeward/lists';
import type { MadeList } from '@homeward/papers';

export const listFiles = {
  /** Where the list stands, its root, and its openings: what the log will hold. */
  list: 'list.json',
  /** The records and salts: what is sealed to the other side. */
  paper: 'records.paper',
  /** The same for people: every cell that the other side will see. */
  preview: 'preview.csv',
  /** Which entry is which person of the party's own. Never leaves the party. */
  ownIds: 'own-ids.csv',
} as const;

/** Unknown and not shared are two things for whoever decides what is shared. */
function shown<T>(value: T | null | undefined, toText: (value: T) => string): string {
  if (value === null) {
    return '(unknown)';
  }
  return value === undefined ? '(not shared)' : toText(value);
}

const asIs = (text: string): string => text;

type Part<T> = T | null | undefined;
/** A member of a member: unknown or not shared as the whole is, where the whole is. */
function within<T extends object, P>(whole: Part<T>, part: (whole: T) => Part<P>): Part<P> {
  if (whole === null) {
    return null;
  }
  return whole === undefined ? undefined : part(whole);
}

const previewColumns: readonly (readonly [string, (record: PersonRecord) => string])[] = [
  ['entry', ({ entry }) => entry],
  [
    'names',
    ({ names }) =>
      names
        .map(
          ({ family, given, patronymic, whole }) =>
            whole ?? [family, given, patronymic].filter((part) => part !== undefined).join(' '),
        )
        .join(' / '),
  ],
  ['sex', ({ sex }) => shown(sex, asIs)],
  ['born', ({ born }) => shown(born, ({ on }) => on)],
  ['birthplace', ({ birthplace }) => shown(birthplace, asIs)],
  ['citizenships', ({ citizenships }) => shown(citizenships, (all) => all.join(', '))],
  [
    'unit',
    ({ service }) =>
      shown(
        within(service, ({ unit }) => unit),
        asIs,
      ),
  ],
  [
    'rank',
    ({ service }) =>
      shown(
        within(service, ({ rank }) => rank),
        asIs,
      ),
  ],
  [
    'number',
    ({ service }) =>
      shown(
        within(service, ({ number }) => number),
        asIs,
      ),
  ],
  [
    'captured_on',
    ({ captured }) =>
      shown(
        within(captured, ({ on }) => on),
        ({ on }) => on,
      ),
  ],
  [
    'captured_at',
    ({ captured }) =>
      shown(
        within(captured, ({ place }) => place),
        asIs,
      ),
  ],
  ['region', ({ region }) => shown(region, asIs)],
  [
    'claims',
    ({ claims }) => shown(claims, (all) => all.map(({ category, by }) => `${category} (${by})`).join(', ')),
  ],
  ['remarks', ({ remarks }) => shown(remarks, asIs)],
];

const toLines = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(toCell).join(',')}\n`).join('');

/** Writes the folder whole or not at all. It must not exist. */
export async function writeListFolder(folder: string, made: MadeList, to: readonly PartyId[]): Promise<void> {
  const draft = `${folder}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  const { place, root, openings, salted, ownId } = made;
  const write = (name: string, content: string | Uint8Array): Promise<void> =>
    writeFile(join(draft, name), content, { mode: 0o600 });
  await write(listFiles.list, `${canonicalText({ ...place, to, root, count: openings.length, openings })}\n`);
  await write(listFiles.paper, toListPaper(place, salted));
  await write(
    listFiles.preview,
    `\ufeff${toLines([
      previewColumns.map(([name]) => name),
      ...salted.map(({ record }) => previewColumns.map(([, cell]) => cell(record))),
    ])}`,
  );
  await write(listFiles.ownIds, toLines([['entry', 'id'], ...ownId]));
  await rename(draft, folder);
}
