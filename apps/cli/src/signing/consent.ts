import { createInterface } from 'node:readline/promises';
import { canonicalText, type Act } from '@homeward/core/exchange';
import { toPlainText } from '../plain-text.ts';

/** An act's content for people, from its canonical bytes, without anything that a terminal would obey. */
export function toShownAct(act: Act): string {
  const lines = JSON.stringify(JSON.parse(canonicalText(act)), null, 2).split('\n');
  return lines.map(toPlainText).join('\n');
}

/** Asks at the terminal, unless `--yes` has said it already; says so when nothing was signed. */
export async function isAgreed(yes: boolean | undefined): Promise<boolean> {
  if (yes === true || (await ask())) return true;
  process.stderr.write('Nothing was signed.\n');
  return false;
}

async function ask(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    process.stderr.write('There is no terminal to ask at; use --yes after comparing the six words.\n');
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question('Sign? Type yes: ')).trim() === 'yes';
  } finally {
    terminal.close();
  }
}
