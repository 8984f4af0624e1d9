import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { ExchangeId, ListId, PartyId } from '@homeward/core/exchange';
import type { ColumnMapping } from '@homeward/core/linkage';
import { findSamePersons, nameSources, sharedByChoice, type SharedByChoice } from '@homeward/core/record';
import { err, ok, type Result } from '@homeward/core/result';
import { makeList, type ListMaking, type MadeList, type RowFault } from '@homeward/papers';
import { toPlainLines } from '../plain-text.ts';
import { readArguments, refuseInput, refuseUsage } from '../usage.ts';
import { listFiles, writeListFolder } from './list-folder.ts';
import { readRows, type ReadRows } from './read-rows.ts';

const help = `Usage: homeward list make FILE --kind KIND --exchange ID --from PARTY --to PARTY --out DIR [options]

Makes a list that can be sealed from a file of persons (CSV, XLSX or ODS): a record, a random entry id, a salt and a
commitment for each person. All or nothing: one row that cannot be read refuses the file, and every fault is named.

  --kind KIND       sought, held or withheld
  --exchange ID     the exchange that the list is for
  --from PARTY      your own party's code, as A
  --to PARTY        whom the list is for; may come several times
  --out DIR         a folder that does not exist yet. It holds names: keep it as you keep the file
  --category CODE   the category of a person where the file names none (military)
  --mapping FILE    JSON that names columns: {"Прізвище": "family_name", "№": "id"}
  --source WORD     whose word the names are: ${nameSources.join(', ')} (document)
  --share WORDS     what is shared besides, with commas between: region, remarks
  --leave-out WORDS what is not shared, with commas between: ${sharedByChoice.slice(0, 6).join(', ')}, …
  --dry-run         read and report only; writes nothing

Look at DIR/${listFiles.preview} before the list is sealed: it shows exactly what the other side will see.
Exit: 0 made, 1 the file was read and refused, 2 bad usage or input.
`;

/** Shared only where the party asks for it: they say where a person is, or more than recognising the person needs. */
const notSharedUnlessAsked: readonly SharedByChoice[] = ['region', 'remarks'];
/** Faults that are printed; the rest is counted. */
const faultsShownMax = 50;

const options = {
  kind: { type: 'string' },
  exchange: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string', multiple: true },
  out: { type: 'string' },
  category: { type: 'string' },
  mapping: { type: 'string' },
  source: { type: 'string' },
  share: { type: 'string' },
  'leave-out': { type: 'string' },
  'dry-run': { type: 'boolean' },
} as const;

interface Wish {
  readonly making: Omit<ListMaking, 'draw'>;
  readonly to: readonly PartyId[];
  readonly out: string;
  readonly mapping: ColumnMapping;
  readonly isDry: boolean;
}

type Values = Readonly<{
  [K in keyof typeof options]?: (typeof options)[K] extends { multiple: true }
    ? string[]
    : (typeof options)[K]['type'] extends 'boolean'
      ? boolean
      : string;
}>;

/** Makes a list from a file. */
export async function makeCommand(args: readonly string[]): Promise<number> {
  const parsed = readArguments(args, options, help);
  if (!parsed.ok) {
    return parsed.exitCode;
  }
  const [file, ...more] = parsed.positionals;
  if (file === undefined || more.length > 0) {
    return refuseUsage('list make needs one file of persons.', help);
  }
  const wish = readWish(parsed.values);
  if (!wish.ok) {
    return refuseUsage(wish.error, help);
  }
  const { making, to, out, mapping, isDry } = wish.value;
  if (existsSync(out)) {
    return refuseInput(`--out ${out} exists; name a folder that does not, so that no list is replaced.`);
  }
  const read = await readRows(file, mapping);
  if (!read.ok) {
    process.stderr.write(toPlainLines(read.error));
    return 2;
  }
  const made = makeList(read.value.rows, { ...making, draw: (bytes) => new Uint8Array(randomBytes(bytes)) });
  if (!made.ok) {
    process.stderr.write(toPlainLines(describeFaults(file, made.error)));
    return 1;
  }
  process.stderr.write(toPlainLines(describe(made.value, read.value, making)));
  if (isDry) {
    process.stderr.write('Nothing was written: this was a dry run.\n');
    return 0;
  }
  await writeListFolder(out, made.value, to);
  process.stdout.write(`${out}\n`);
  process.stderr.write(`Look at ${out}/${listFiles.preview}: it shows what ${to.join(' and ')} will see.\n`);
  return 0;
}

function readWish(values: Values): Result<Wish, string> {
  const { kind, exchange, from, to = [], out, category = 'military', source = 'document' } = values;
  if (kind !== 'sought' && kind !== 'held' && kind !== 'withheld') {
    return err('--kind: sought, held or withheld was expected.');
  }
  if (exchange === undefined || !/^[\w-]{22,43}$/u.test(exchange)) {
    return err('--exchange: the id of an exchange was expected, 22 letters or more.');
  }
  const isParty = (code: string | undefined): boolean =>
    code !== undefined && /^[A-Za-z0-9-]{1,16}$/u.test(code);
  if (from === undefined || !isParty(from)) {
    return err("--from: your own party's code was expected, as A.");
  }
  if (to.length === 0 || !to.every(isParty) || to.includes(from)) {
    return err('--to: the code of another party was expected, as B.');
  }
  if (out === undefined) {
    return err('--out: a folder for the list was expected.');
  }
  const by = nameSources.find((each) => each === source);
  if (by === undefined) {
    return err(`--source: one of ${nameSources.join(', ')} was expected.`);
  }
  const left = toLeft(values.share, values['leave-out']);
  if (!left.ok) {
    return left;
  }
  const mapping = readMapping(values.mapping);
  if (!mapping.ok) {
    return mapping;
  }
  const list = randomBytes(16).toString('base64url') as ListId;
  const code = category;
  return ok({
    making: {
      place: { exchange: exchange as ExchangeId, list, kind, from: from as PartyId },
      lane: 'exchange',
      source: by,
      left: left.value,
      categories: { byWord: toCategories(), otherwise: code },
    },
    to: to as PartyId[],
    out,
    mapping: mapping.value,
    isDry: values['dry-run'] === true,
  });
}

/** The words of clerks for the categories that every set of terms begins with. */
function toCategories(): ListMaking['categories']['byWord'] {
  const words = {
    military:
      'military|військовий|військова|військовослужбовець|военный|военная|военнослужащий|ваенны|asker|عسكري',
    civilian:
      'civilian|цивільний|цивільна|цивільна особа|гражданский|гражданская|гражданское лицо|цывільны|sivil|مدني',
  } as const;
  return new Map(
    Object.entries(words).flatMap(([code, list]) =>
      list.split('|').map((word) => [word, code as keyof typeof words] as const),
    ),
  );
}

function toLeft(
  share: string | undefined,
  leaveOut: string | undefined,
): Result<ReadonlySet<SharedByChoice>, string> {
  const left = new Set<SharedByChoice>(notSharedUnlessAsked);
  for (const [option, text, change] of [
    ['--share', share, (word: SharedByChoice) => left.delete(word)],
    ['--leave-out', leaveOut, (word: SharedByChoice) => left.add(word)],
  ] as const) {
    for (const word of text?.split(',') ?? []) {
      const known = sharedByChoice.find((each) => each === word.trim());
      if (known === undefined) {
        return err(
          `${option}: "${word.trim()}" is no part of a record; one of ${sharedByChoice.join(', ')} was expected.`,
        );
      }
      change(known);
    }
  }
  return ok(left);
}

function readMapping(file: string | undefined): Result<ColumnMapping, string> {
  if (file === undefined) {
    return ok({});
  }
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return err(`--mapping ${file}: a JSON object of columns was expected.`);
  }
  const isMapping =
    typeof content === 'object' &&
    content !== null &&
    !Array.isArray(content) &&
    Object.values(content).every((to) => typeof to === 'string');
  return isMapping
    ? ok(content as ColumnMapping)
    : err(`--mapping ${file}: a JSON object of columns was expected, as {"Прізвище": "family_name"}.`);
}

function describeFaults(file: string, faults: readonly RowFault[]): readonly string[] {
  const shown = faults.slice(0, faultsShownMax);
  return [
    `${file}: no list was made. ${faults.length} cells cannot be read:`,
    ...shown.map(({ at, column, expected }) => `  person ${at} of the file, ${column}: expected ${expected}`),
    ...(faults.length > shown.length ? [`  and ${faults.length - shown.length} more`] : []),
    'Mend these in the file, then run the command again.',
  ];
}

function describe(
  made: MadeList,
  { used, ignored, notes }: ReadRows,
  making: Wish['making'],
): readonly string[] {
  const doubts = findSamePersons(made.salted.map(({ record }) => record));
  const { kind, from } = made.place;
  return [
    `${made.openings.length} persons, the list "${kind}" of ${from}.`,
    ...notes,
    `Read:        ${used.join(', ')}`,
    ...(ignored.length > 0 ? [`Not read:    ${ignored.join(', ')}`] : []),
    `Not shared:  ${[...making.left].join(', ') || 'nothing that a record can hold'}`,
    ...doubts.map(({ entries, by }) => {
      const ids = entries.map((entry) => made.ownId.get(entry) ?? entry).join(' and ');
      const why = by === 'service-number' ? 'one service number' : 'one name and date of birth';
      return `One person twice? ${ids}: ${why}.`;
    }),
    `Root:        ${made.root}`,
  ];
}
