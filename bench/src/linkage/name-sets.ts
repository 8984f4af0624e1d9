/** Name pairs of the development data: how often the right Russian form is the first answer to a Ukrainian one. */
import {
  getNameSimilarity,
  getNameForm,
  repairName,
  romanise,
  type NameRole,
  type RomanisationId,
} from '@homeward/core/names';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface NameScore {
  readonly set: string;
  readonly right: number;
  readonly of: number;
}

function rank(folder: string, file: string, role: NameRole, alternatives: number): NameScore {
  const rows = readFileSync(join(folder, 'pep_ua2ru', file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','))
    .filter((row) => !row.includes('!') && row[0] !== '');
  const wanted = (row: readonly string[]): string[] =>
    row
      .slice(1, 2 + alternatives)
      .filter((cell) => cell !== '')
      .map((cell) => cell.toLowerCase());
  const answers = [...new Set(rows.flatMap(wanted))].filter((cell) => /[а-я]/u.test(cell));
  const form = (text: string) => getNameForm(repairName(text, 'cyrillic').text, role);
  const forms = answers.map(form);
  let right = 0;
  for (const row of rows) {
    const own = form(row[0]!);
    let best = 0;
    let found: string[] = [];
    for (const [index, other] of forms.entries()) {
      const similarity = getNameSimilarity(own, other);
      if (similarity === 0 || similarity < best) continue;
      if (similarity > best) found = [];
      best = similarity;
      found.push(answers[index]!);
    }
    // Answers that tie are drawn from blindly: a tie counts by the share of its right answers.
    const want = wanted(row);
    right += found.filter((answer) => want.includes(answer)).length / Math.max(1, found.length);
  }
  return { set: `${file.replace('.csv', '')}, Ukrainian to Russian, first answer`, right, of: rows.length };
}

function romanised(folder: string): NameScore[] {
  const rows = readFileSync(join(folder, 'translit_vectors', 'interscript_tests.tsv'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
  const exact = (
    set: string,
    pairs: readonly (readonly [string, string])[],
    table: RomanisationId,
  ): NameScore => ({
    set,
    right: pairs.filter(([from, to]) => romanise(from, table) === to).length,
    of: pairs.length,
  });
  const of = (system: string): [string, string][] =>
    rows.filter(([name]) => name === system).map(([, from, to]) => [from!, to!]);
  const icao = JSON.parse(
    readFileSync(join(folder, 'translit_vectors', 'iuliia', 'icao_doc_9303.json'), 'utf8'),
  ) as {
    samples: [string, string][];
  };
  return [
    exact('resolution 55', of('ua-ukr-Cyrl-Latn-2010'), 'kmu-55'),
    exact('BGN/PCGN 2019', of('bgnpcgn-ukr-Cyrl-Latn-2019'), 'bgn-pcgn-2019'),
    exact('ICAO 9303', icao.samples, 'icao-9303'),
  ];
}

/** All name-pair figures; `folder` is the names folder of the development data. */
export function scoreNames(folder: string): NameScore[] {
  return [
    ...romanised(folder),
    rank(folder, 'names.csv', 'given', 2),
    rank(folder, 'patronymics.csv', 'patronymic', 1),
    rank(folder, 'lastnames_half.csv', 'family', 1),
  ];
}
