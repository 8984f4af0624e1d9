import { readScenario, rehearse, toText } from '@homeward/core/rehearsing';
import { renameSync, writeFileSync } from 'node:fs';
import { findOutputFault } from '../output-files.ts';
import { toPlainLines, toPlainText } from '../plain-text.ts';
import { readJsonFile } from '../plan/read-json-file.ts';
import { findPlace } from './json-place.ts';
import { readArguments, refuseInput, refuseUsage } from '../usage.ts';

const help = `Usage: homeward rehearse SCENARIO.json [--json FILE]

Tries an exchange on this machine against the rules alone: no node, no keys, no persons. The scenario says who takes
part, the terms, how many persons of which category are on which list, and what happens, in order; everything in
between (signers, sealing, opening, answers, approvals, counts, receipts) is filled in. Prints what the rules accept and
what they refuse and why, the figures of each leg, and the outcome of every person by number.

  --json FILE  the whole result as JSON, beside the text on stdout

How to write a scenario: docs/guides/rehearse.md. Thirty-seven that took place: examples/exchanges.

Exit: 0 everything as the scenario says, 1 something was refused or ended otherwise than it says, 2 bad usage or input.
`;

/** Plays one scenario and tells what came of it. */
export function run(args: readonly string[]): Promise<number> {
  return Promise.resolve(rehearseFile(args));
}

function rehearseFile(args: readonly string[]): number {
  const parsed = readArguments(args, { json: { type: 'string' } }, help);
  if (!parsed.ok) return parsed.exitCode;
  const [file, ...more] = parsed.positionals;
  if (file === undefined || more.length > 0) return refuseUsage('rehearse needs one scenario.', help);
  const out = parsed.values.json;
  const fault = findOutputFault({ '--json': out }, [file]);
  if (fault !== undefined) return refuseInput(fault);
  const data = readJsonFile(file);
  if (!data.isRead) return refuseInput(data.says);
  const scenario = readScenario(data.data);
  if (!scenario.ok) {
    const lines = scenario.error.map(({ pointer, expected }) => {
      const { line, column } = findPlace(data.text, pointer);
      return `${file}:${line}:${column}: ${pointer === '' ? 'the whole' : pointer}: expected ${expected}.`;
    });
    return refuseInput(lines.map(toPlainText).join('\n'));
  }
  const result = rehearse(scenario.value);
  process.stdout.write(toPlainLines(toText(result).trimEnd().split('\n')));
  if (out !== undefined) {
    writeFileSync(`${out}.new`, `${JSON.stringify(result, null, 2)}\n`);
    renameSync(`${out}.new`, out);
  }
  return result.asExpected ? 0 : 1;
}
