/** A member's replica and follower, given the vectors of spec/vectors/ledger: the verdicts of `homeward verify`, in its words. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openVolatileStore, type Store } from '@homeward/store';
import { parsePolicy, parseVerifierKey } from '@homeward/tlog';
import { loadAlarms } from '../alarm/alarms.ts';
import { createFeed } from '../log/feed.ts';
import { openShownCheckpoint } from '../log/shown-checkpoint.ts';
import { openFollower } from './follower.ts';
import { readLedger } from './read-ledger.ts';
import { openReplica } from './replica.ts';

interface Vector {
  readonly files: Readonly<Record<string, string>>;
  readonly want: { readonly ok: boolean; readonly findings: readonly Wrong[] };
}
interface Wrong {
  readonly path: string;
  readonly entry?: number;
  readonly rule: string;
  readonly says: string;
}

const folder = join(import.meta.dirname, '../../../../spec/vectors/ledger');
const read = (name: string): Vector => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Vector;
/** By size, for one store is to hold them all. */
const sizeOf = (vector: Vector): number =>
  Number(
    Buffer.from(fileOf(vector, 'checkpoint') ?? [])
      .toString('utf8')
      .split('\n')[1] ?? 0,
  );
const fileOf = ({ files }: Vector, path: string): Uint8Array | undefined =>
  path in files ? new Uint8Array(Buffer.from(files[path]!, 'base64')) : undefined;

const names = globSync('*.json', { cwd: folder })
  .sort()
  .toSorted((one, other) => sizeOf(read(one)) - sizeOf(read(other)));

/** The key and the policy that a member was configured with: those of the honest log. */
const good = read('good.json');
const logKey = parseVerifierKey(Buffer.from(fileOf(good, 'vkey')!).toString('utf8').trim());
const policy = parsePolicy(fileOf(good, 'policy')!);
if (!logKey.ok || !policy.ok) throw new Error('the good vector has no key or policy');
const origin = logKey.value.name;
const honest = policy.value;

/**
 * Two databases, for each takes seconds: one whose log stays empty, since nothing of a bad log may get in, and one for the
 * logs that a member takes.
 */
const stores: { empty?: Store; full?: Store } = {};
beforeAll(async () => {
  const pglite = new PGlite();
  stores.empty = await openVolatileStore(pglite);
  const image = await pglite.dumpDataDir('none');
  stores.full = await openVolatileStore(new PGlite({ loadDataDir: image }));
});
afterAll(async () => {
  await stores.empty?.close();
  await stores.full?.close();
});

async function follow(vector: Vector, store: Store) {
  const reports: string[] = [];
  const report = (line: string): void => void reports.push(line);
  const alarms = await loadAlarms(store.settings, () => undefined, { isLifting: true });
  const feed = createFeed();
  const source = { read: async (path: string) => Promise.resolve(fileOf(vector, path)) };
  const replica = await openReplica({
    store,
    source,
    alarms,
    feed,
    ledger: await readLedger(store),
    own: { party: 'Q', witness: '' },
    onLogged: async () => Promise.resolve(),
  });
  const follower = await openFollower({
    origin,
    hostName: 'host',
    store,
    source,
    policy: honest,
    replica,
    shown: await openShownCheckpoint(store.settings, honest, async () => Promise.resolve(true)),
    alarms,
    feed,
    freshnessMs: 1e15,
    report,
  });
  await follower.look();
  return { size: replica.size(), stood: follower.stood(), alarms: alarms.all(), reports };
}

/** Vectors whose entries or checkpoint a member cannot take, though no act in them is at fault. */
const untaken: readonly string[] = [
  'checkpoint-altered.json',
  'checkpoint-missing.json',
  'cosignature-wrong.json',
  'entry-altered.json',
  'root-wrong.json',
];

describe('a member’s copy of the log', () => {
  test.each(names)('[ND-10] [ND-11] gives the verdict on %s in the words of every verifier', async (name) => {
    const vector = read(name);
    const [wrong] = vector.want.findings;
    const isTaken = wrong === undefined || !(wrong.path.startsWith('entry bundle') || untaken.includes(name));
    const { size, stood, alarms, reports } = await follow(vector, isTaken ? stores.full! : stores.empty!);
    if (wrong?.path.startsWith('entry bundle') === true) {
      // The entries are the log's own: what is wrong is what an act says.
      const detail = `Entry ${String(wrong.entry)} [${wrong.rule}]: ${wrong.says}`;
      expect(alarms).toMatchObject([{ kind: 'refused-act', detail }]);
      expect([size, stood]).toEqual([0, undefined]);
    } else if (wrong?.path === 'checkpoint' && wrong.rule === 'LG-22') {
      expect(reports).toEqual([`the host published a checkpoint that does not verify: ${wrong.says}`]);
      expect([size, alarms]).toEqual([0, []]);
    } else if (!isTaken) {
      // Nothing is taken of what does not lead to a signed root; it may be damage on the way, so it is asked for again.
      expect(reports).toHaveLength(1);
      expect([size, stood, alarms]).toEqual([0, undefined, []]);
    } else {
      // What is wrong lies in files that a member does not read, or with who has cosigned yet: it waits for those.
      expect([size, alarms, reports]).toEqual([sizeOf(vector), [], []]);
      const isShort = /^(?:power|neutral)-missing(?:-without-policy)?\.json$|^policy-too-weak/u.test(name);
      expect(stood?.isQuorum).toBe(!isShort);
    }
  });
});
