import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Alarm } from '@homeward/contract';
import { openStore, type SettingRepository } from '@homeward/store';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../postgres/index.ts';
import { loadAlarms, type AlarmKind } from './alarms.ts';

let folder: string;
let postgres: EmbeddedPostgres;
let store: Awaited<ReturnType<typeof openStore>>;
const silent = (): void => undefined;
const kinds = (alarms: readonly Alarm[]): readonly AlarmKind[] => [
  ...new Set(alarms.map(({ kind }) => kind)),
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeward-alarms-'));
  postgres = await startEmbeddedPostgres({ folder });
  store = await openStore(await postgres.provideDatabase('alarms'));
});
beforeEach(async () => {
  await store.settings.put('alarms', []);
});
afterAll(async () => {
  await store.close();
  await postgres.remove();
  await rm(folder, { recursive: true, force: true });
});

describe('alarms', () => {
  test('[ND-23] however many of one kind were raised, one that halts is kept and halts, also after a restart', async () => {
    const alarms = await loadAlarms(store.settings, silent);
    for (let i = 0; i < 300; i += 1) await alarms.raise('dropped-act', `Act ${String(i)} is missing.`);
    expect(alarms.halted()).toBeUndefined();
    await alarms.raise('frozen', 'Nothing is new.');
    await alarms.raise('fork', 'There are two histories.');
    expect(alarms.halted()).toBe('There are two histories.');
    const again = await loadAlarms(store.settings, silent);
    expect(again.all()).toEqual(alarms.all());
    expect(again.halted()).toBe('There are two histories.');
    expect(kinds(again.all())).toEqual(['dropped-act', 'frozen', 'fork']);
  });

  test('[ND-23] a flood of one kind takes bounded room, is said not to be listed whole, and makes room again', async () => {
    const lines: string[] = [];
    const alarms = await loadAlarms(store.settings, (line) => lines.push(line));
    for (let i = 0; i < 300; i += 1) await alarms.raise('dropped-act', `Act ${String(i)} is missing.`);
    expect(alarms.all()).toHaveLength(17);
    expect(lines).toHaveLength(17);
    expect(alarms.all().at(-1)?.detail).toMatch(/^More of this kind/u);
    await alarms.clear('dropped-act', 'Act 0 is missing.');
    expect(alarms.all()).toHaveLength(15);
    await alarms.raise('dropped-act', 'Act 299 is missing.');
    expect(alarms.all().at(-1)?.detail).toBe('Act 299 is missing.');
    for (let i = 0; i < 300; i += 1) await alarms.raise('refused-act', `Entry ${String(i)}`);
    expect(alarms.all()).toHaveLength(33);
    expect(alarms.halted()).toBe('Entry 0');
  });

  test('[ND-22] what was raised last is what a restart reads, however the writes are overtaken', async () => {
    let begun = 0;
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    /** The database, whose first write takes longer than any after it. */
    const slow: SettingRepository = {
      find: async (name) => store.settings.find(name),
      under: async (prefix) => store.settings.under(prefix),
      delete: async (name) => store.settings.delete(name),
      put: async (name, json) => {
        begun += 1;
        if (begun === 1) await held;
        await store.settings.put(name, json);
      },
    };
    const alarms = await loadAlarms(slow, silent);
    const first = alarms.raise('dropped-act', 'An act is missing.');
    const second = alarms.raise('fork', 'There are two histories.');
    await new Promise(setImmediate);
    if (begun > 1) await second;
    release();
    await Promise.all([first, second]);
    expect((await loadAlarms(store.settings, silent)).halted()).toBe('There are two histories.');
  });

  test('[ND-22] a node that cannot read its alarms does not start, until its operator lifts them', async () => {
    await store.settings.put('alarms', [{ kind: 'a kind of a later version' }]);
    await expect(loadAlarms(store.settings, silent)).rejects.toThrow(/cannot be read/u);
    expect((await loadAlarms(store.settings, silent, { isLifting: true })).all()).toEqual([]);
    expect((await loadAlarms(store.settings, silent)).all()).toEqual([]);
  });
});
