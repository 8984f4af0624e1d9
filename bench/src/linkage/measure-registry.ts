/** Newcomers against a list that is prepared once: what preparing costs, and what each hundred costs then. */
import {
  findModel,
  matchNewcomers,
  prepareComparison,
  PreparedList,
  toPersonTable,
} from '@homeward/core/linkage';
import { readFileSync } from 'node:fs';

export interface RegistrySpeed {
  readonly persons: number;
  readonly prepareSeconds: number;
  /** A hundred newcomers: the first time (indexes are made), again, and after a hundred were taken in. */
  readonly firstSeconds: number;
  readonly nextSeconds: number;
  readonly addSeconds: number;
  readonly afterAddSeconds: number;
  readonly matched: number;
  readonly megabytes: number;
}

function readRows(path: string): { readonly [header: string]: string }[] {
  const [header, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const names = header!.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
  });
}

const time = <T>(work: () => T): readonly [T, number] => {
  const start = performance.now();
  const done = work();
  return [done, (performance.now() - start) / 1000];
};

/** @param leftPath,rightPath files of `generateLists`; the right one is the prepared list */
export function measureRegistry(leftPath: string, rightPath: string): RegistrySpeed {
  const newcomers = readRows(leftPath);
  const persons = readRows(rightPath);
  const part = <T>(rows: readonly T[], from: number, count: number): T[] => rows.slice(from, from + count);
  const model = findModel(
    prepareComparison(toPersonTable(part(newcomers, 0, 5000)), toPersonTable(part(persons, 0, 5000))),
    {},
  );
  const table = toPersonTable(part(persons, 100, persons.length));
  const [prepared, prepareSeconds] = time(() => new PreparedList(table));
  const hundred = part(newcomers, 50_000, 100);
  const [, firstSeconds] = time(() => matchNewcomers(hundred, prepared, model));
  const [next, nextSeconds] = time(() => matchNewcomers(part(newcomers, 60_000, 100), prepared, model));
  const late = toPersonTable(part(persons, 0, 100));
  const [, addSeconds] = time(() => {
    prepared.add(late);
  });
  const [, afterAddSeconds] = time(() => matchNewcomers(hundred, prepared, model));
  return {
    persons: prepared.ids.length,
    prepareSeconds,
    firstSeconds,
    nextSeconds,
    addSeconds,
    afterAddSeconds,
    matched: next.coverage.matched,
    megabytes: Math.round(process.memoryUsage().rss / (1 << 20)),
  };
}
