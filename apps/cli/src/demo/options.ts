import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface DemoOptions {
  /** Persons agreed each way. */
  readonly people: number;
  readonly seed: number;
  /** End when the exchange is complete instead of serving on. */
  readonly exit: boolean;
  /** Where the figures go as JSON. */
  readonly json?: string;
  /** Where everything is kept; undefined for a fresh folder. */
  readonly data?: string;
}

export const demoUsage = `homeward demo [--people N] [--seed S] [--exit] [--json FILE] [--data DIR]

Plays an exchange of N persons for N (1000) on four real nodes on this machine, then keeps them serving.

  --people N   persons each way, 12 to 1000 (1000)
  --seed S     whole number that the generated people follow from (1)
  --exit       end when the exchange is complete
  --json FILE  write the figures there
  --data DIR   keep everything in DIR; the same DIR again goes on where it was left
`;

export type DemoArguments =
  | { readonly kind: 'options'; readonly options: DemoOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly says: string };

export function parseDemoArguments(args: readonly string[]): DemoArguments {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        people: { type: 'string', default: '1000' },
        seed: { type: 'string', default: '1' },
        exit: { type: 'boolean', default: false },
        json: { type: 'string' },
        data: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }));
  } catch (error) {
    return { kind: 'wrong', says: error instanceof Error ? error.message : 'unknown argument' };
  }
  if (values.help) return { kind: 'help' };
  const people = wholeNumber(values.people);
  if (people === undefined || people < 12 || people > 1000) {
    return { kind: 'wrong', says: `--people takes a whole number from 12 to 1000, not "${values.people}"` };
  }
  const seed = wholeNumber(values.seed);
  if (seed === undefined) return { kind: 'wrong', says: `--seed takes a whole number, not "${values.seed}"` };
  return {
    kind: 'options',
    options: {
      people,
      seed,
      exit: values.exit,
      ...(values.json === undefined ? {} : { json: resolve(values.json) }),
      ...(values.data === undefined ? {} : { data: resolve(values.data) }),
    },
  };
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
