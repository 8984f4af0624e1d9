/** Arguments of a command, read strictly: what is not known is refused with a remedy, and changes nothing. */
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

export type Parsed<T extends ParseArgsOptionsConfig> =
  | {
      readonly ok: true;
      readonly values: ReturnType<typeof parse<T>>['values'];
      readonly positionals: readonly string[];
    }
  /** The caller is done: help was asked for (0) or the arguments are wrong (2). */
  | { readonly ok: false; readonly exitCode: 0 | 2 };

function parse<T extends ParseArgsOptionsConfig>(args: readonly string[], options: T) {
  return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
}

export function readArguments<T extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: T,
  help: string,
): Parsed<T> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(help);
    return { ok: false, exitCode: 0 };
  }
  try {
    const { values, positionals } = parse(args, options);
    return { ok: true, values, positionals };
  } catch (error) {
    return {
      ok: false,
      exitCode: refuseUsage(error instanceof Error ? error.message : 'wrong arguments', help),
    };
  }
}

/** Says on stderr what is wrong with the arguments and how they go. The exit code of bad usage. */
export function refuseUsage(says: string, help: string): 2 {
  process.stderr.write(`homeward: ${says}\n\n${help}`);
  return 2;
}

/** Bad input, where the arguments themselves are fine. The exit code of bad input. */
export function refuseInput(says: string): 2 {
  process.stderr.write(`homeward: ${says}\n`);
  return 2;
}
