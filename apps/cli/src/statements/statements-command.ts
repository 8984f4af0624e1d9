/** `homeward statements`: what was said, beside what is so. */
import {
  becauseToSentence,
  cellFaultToSentence,
  judgeClaims,
  labels,
  readClaims,
  readFigures,
  type Finding,
  type Judgement,
} from '@homeward/core/statements';
import { readTable, toCsv } from '@homeward/publication/table';
import { writeFileSync } from 'node:fs';
import { findOutputFault } from '../output-files.ts';
import { toPlainLines, toPlainText } from '../plain-text.ts';
import { readArguments, refuseInput, refuseUsage } from '../usage.ts';

const help = `Usage: homeward statements EXCHANGES.csv STATEMENTS.csv [--out FILE] [--json FILE]

Compares public statements with the record, and gives each a neutral label with its reason: agrees, ahead_of_record,
differs_by_n, different_unit, contradicts, not_comparable, unverifiable. A label never depends on who spoke.
spec/statements.md describes both tables and every rule. Columns that are not in it are ignored.
Both may be CSV or a workbook (XLSX, ODS).

  --out FILE   the labels as CSV (statement_id,label,reason,delta); without it they go to stdout
  --json FILE  labels with reason codes, the figures they rest on, and what the record says later

Exit: 0 done, 2 bad usage or input; nothing is written then.
`;

/** Faults that are listed before the rest is only counted. */
const faultsMax = 20;

/** Runs the command. */
export async function run(args: readonly string[]): Promise<number> {
  const parsed = readArguments(args, { out: { type: 'string' }, json: { type: 'string' } }, help);
  if (!parsed.ok) return parsed.exitCode;
  const [exchangesFile, statementsFile, ...more] = parsed.positionals;
  if (exchangesFile === undefined || statementsFile === undefined || more.length > 0) {
    return refuseUsage('statements needs a table of exchanges and a table of statements.', help);
  }
  const { out, json } = parsed.values;
  const outputFault = findOutputFault({ '--out': out, '--json': json }, [exchangesFile, statementsFile]);
  if (outputFault !== undefined) return refuseInput(outputFault);
  const record = readRows(exchangesFile, readFigures);
  if (typeof record === 'string') return refuseInput(record);
  const claims = readRows(statementsFile, readClaims);
  if (typeof claims === 'string') return refuseInput(claims);
  const judgements = judgeClaims(record, claims);
  const csv = toCsv(
    ['statement_id', 'label', 'reason', 'delta'],
    judgements.map(({ claim, label }) => [
      claim,
      label.label,
      becauseToSentence(label.because),
      label.delta ?? '',
    ]),
  );
  if (out === undefined) process.stdout.write(csv);
  else writeFileSync(out, csv);
  if (json !== undefined) writeFileSync(json, toJson(judgements));
  process.stderr.write(`${summarise(judgements)}\n`);
  return Promise.resolve(0);
}

/** Reads a table into what it holds, or returns a text that names the file, line, column and what was expected. */
function readRows<T>(
  file: string,
  read: (table: Parameters<typeof readFigures>[0]) => RowsOutcome<T>,
): T | string {
  const table = readTable(file);
  if (!table.ok) return toPlainText(table.error);
  const rows = read(table.value);
  if (rows.ok) return rows.value;
  const listed = rows.error.slice(0, faultsMax).map((fault) => `${file}, ${cellFaultToSentence(fault)}`);
  const rest = rows.error.length - listed.length;
  const lines = rest > 0 ? [...listed, `and ${rest} further faults`] : listed;
  return toPlainLines(lines).trimEnd();
}

type RowsOutcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: readonly Parameters<typeof cellFaultToSentence>[0][] };

function toJson(judgements: readonly Judgement[]): string {
  const statements = judgements.map(({ claim, label, then, later }) => ({
    statement_id: claim,
    ...toPlain(label),
    then: toPlain(then),
    later: toPlain(later),
  }));
  return `${JSON.stringify({ format: 'homeward-statements', version: 1, statements }, null, 2)}\n`;
}

function toPlain({ label, because, delta, figures }: Finding): object {
  return {
    label,
    reason: becauseToSentence(because),
    code: because.code,
    values: because.values,
    delta: delta ?? null,
    rows: figures,
  };
}

function summarise(judgements: readonly Judgement[]): string {
  const counts = labels
    .map((label) => [label, judgements.filter((one) => one.label.label === label).length] as const)
    .filter(([, count]) => count > 0);
  return `${judgements.length} statements: ${counts.map(([label, count]) => `${count} ${label}`).join(', ')}`;
}
