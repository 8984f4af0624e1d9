import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateActKey, generateNodeKeys, loadNodeKeys } from './node-keys.ts';
import { readKeyFile } from './key-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeward-keys-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('key files', () => {
  test('[ND-32] are for their owner alone, and a key that others can read is refused', async () => {
    const keys = join(folder, 'party');
    await generateNodeKeys(keys, { role: 'party', name: 'a.example' });
    for (const purpose of ['witness', 'sealing', 'node']) {
      expect((await stat(join(keys, `${purpose}.key`))).mode & 0o777).toBe(0o600);
    }
    expect(await loadNodeKeys(keys, 'party')).toMatchObject({ ok: true });
    await chmod(join(keys, 'witness.key'), 0o640);
    expect(await loadNodeKeys(keys, 'party')).toMatchObject({
      ok: false,
      says: expect.stringContaining('chmod 600') as string,
    });
  });

  test('[ND-32] are never overwritten', async () => {
    const path = join(folder, 'person.key');
    await generateActKey(path, 'a person');
    const before = await readFile(path, 'utf8');
    await expect(generateActKey(path, 'another')).rejects.toThrow(/EEXIST/u);
    expect(await readFile(path, 'utf8')).toBe(before);
  });

  test('[ND-32] are made all or none: a name no key can carry or a key already there leaves nothing behind', async () => {
    const keys = join(folder, 'none');
    for (const name of ['', 'a b', 'a+b']) {
      await expect(generateNodeKeys(keys, { role: 'party', name })).rejects.toThrow(RangeError);
    }
    expect(await stat(keys).catch(() => undefined)).toBeUndefined();
    await generateActKey(join(keys, 'node.key'), 'a person');
    await expect(generateNodeKeys(keys, { role: 'party', name: 'a' })).rejects.toThrow(/exists/u);
    expect(await readdir(keys)).toEqual(['node.key']);
  });

  test('[ND-32] serve one purpose: a key file of another purpose, or with strange halves, is refused', async () => {
    const keys = join(folder, 'host');
    await generateNodeKeys(keys, { role: 'host', name: 'h', origin: 'homeward.example/keys' });
    expect(await loadNodeKeys(keys, 'host')).toMatchObject({ ok: true });
    const log = await readFile(join(keys, 'log.key'), 'utf8');
    const receipt = await readFile(join(keys, 'receipt.key'), 'utf8');
    await writeFile(join(keys, 'log.key'), receipt);
    expect(await loadNodeKeys(keys, 'host')).toMatchObject({ ok: false });
    const half = /"publicKey": "([^"]+)"/u.exec(receipt)?.[1] ?? '';
    await writeFile(join(keys, 'log.key'), log.replace(/"publicKey": "[^"]+"/u, `"publicKey": "${half}"`));
    expect(await loadNodeKeys(keys, 'host')).toMatchObject({
      ok: false,
      says: expect.stringContaining('do not belong together') as string,
    });
    await writeFile(join(keys, 'log.key'), 'no key');
    expect(await readKeyFile(join(keys, 'log.key'))).toMatchObject({ ok: false, why: 'malformed' });
  });
});
