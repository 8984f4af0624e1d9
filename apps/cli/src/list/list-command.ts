/** `homeward list`: the lists of an exchange, one word for each thing that people do with them. */
import { refuseUsage } from '../usage.ts';
import { makeCommand } from './make-command.ts';

const help = `Usage: homeward list <make> [arguments]

  make   make a list that can be sealed, from a file of persons: CSV, XLSX or ODS

Each explains itself: homeward list make --help
`;

const words: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  make: makeCommand,
};

/** Runs one word of `list`. The exit code: 0 done, 1 the answer is no, 2 bad usage or input. */
export async function run(args: readonly string[]): Promise<number> {
  const [word, ...rest] = args;
  if (word === undefined || word === '--help' || word === '-h') {
    (word === undefined ? process.stderr : process.stdout).write(help);
    return word === undefined ? 2 : 0;
  }
  const known = Object.hasOwn(words, word) ? words[word] : undefined;
  return known === undefined ? refuseUsage(`there is no "homeward list ${word}".`, help) : known(rest);
}
