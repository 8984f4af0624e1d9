/**
 * Writes `spec/vectors/record/record-v1.json`: records of invented persons, their salts, canonical texts and commitments.
 * The canonical text and the commitment are made here by the language's own sorting and by node:crypto, not by the code
 * under test. Run: node --conditions=homeward-source packages/core/testing/write-record-vectors.ts
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const place = {
  schema: 'homeward/record/v1',
  exchange: 'X000000000000000000001',
  list: 'L000000000000000000001',
};
const records: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  [
    'the least: one spelling',
    {
      ...place,
      entry: 'E000000000000000000001',
      names: [{ whole: 'Вигаданий Петро', script: 'Cyrl', source: 'holder' }],
    },
  ],
  [
    'unknown is a value',
    {
      ...place,
      ...{
        entry: 'E000000000000000000002',
        sex: null,
        born: null,
        birthplace: null,
        service: null,
        captured: null,
      },
      names: [{ family: 'Zmyślona', given: 'Łucja', script: 'Latn', source: 'document' }],
    },
  ],
  [
    'every member',
    {
      ...place,
      entry: 'E000000000000000000003',
      names: [
        {
          family: 'Вигаданий',
          given: 'Остап',
          patronymic: 'Невідомович',
          script: 'Cyrl',
          source: 'document',
        },
        { family: 'Выдуманный', given: 'Остап', script: 'Cyrl', source: 'holder' },
        { whole: 'اسم مختلق', script: 'Arab', source: 'person', of: 'former' },
      ],
      sex: 'male',
      born: { on: '1990-05', about: true },
      birthplace: 'вигадане місто',
      citizenships: ['UA'],
      service: { force: 'army', unit: 'A-0000', rank: null, number: 'ВГ-000001' },
      captured: { on: { on: '2023-02-28' }, place: null, saidBy: 'relatives' },
      region: null,
      claims: [{ category: 'military', by: 'A', on: { on: '2024' } }],
      remarks: 'a line\nand a "quoted" one \u2028 with € and 😀',
      photo: '00'.repeat(32),
    },
  ],
  [
    'members in code unit order, not in the order written',
    {
      names: [{ source: 'relatives', script: 'Latn', given: 'Invented', family: 'Person' }],
      remarks: '\u0000\u001f\u007f',
      entry: 'E000000000000000000004',
      ...place,
    },
  ],
];

/** RFC 8785 for data without numbers: names sorted by UTF-16 code units, strings as JSON.stringify spells them. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${sorted.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

const vectors = records.map(([name, record], index) => {
  const salt = createHash('sha256').update(`salt ${index}`).digest();
  const text = canonical(record);
  const commitment = createHash('sha256')
    .update('homeward/record/v1\0')
    .update(salt)
    .update(text)
    .digest('base64');
  return { name, salt: salt.toString('base64'), record, canonical: text, commitment };
});

const folder = join(import.meta.dirname, '../../../spec/vectors/record');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'record-v1.json'), `${JSON.stringify({ vectors }, null, 2)}\n`);
