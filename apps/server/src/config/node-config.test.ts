import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseNodeConfig, readNodeConfig } from './node-config.ts';

const config = {
  role: 'host',
  party: 'H',
  name: 'h.example',
  origin: 'homeward.example/config',
  keys: 'keys',
  vault: 'vault',
};
const databaseOf = (more: object, environment: Readonly<Record<string, string>>) => {
  const parsed = parseNodeConfig({ ...config, ...more }, '/srv/node', environment);
  return parsed.ok ? parsed.config.database : parsed.says;
};

describe('the database of a node', () => {
  const url = 'postgres://serving@db.example/homeward';
  const ownerUrl = 'postgres://owner@db.example/homeward';

  test('[ND-8] is the one that is named, whatever the environment says', () => {
    expect(databaseOf({ database: { url } }, { DATABASE_URL: 'postgres://other@db.example/x' })).toEqual({
      url,
    });
    expect(databaseOf({ database: { embedded: 'pg' } }, { DATABASE_URL: url })).toEqual({
      embedded: '/srv/node/pg',
    });
  });

  test('[ND-8] is that of the environment where none is named, and else one of its own', () => {
    expect(databaseOf({}, { DATABASE_URL: url })).toEqual({ url });
    expect(databaseOf({}, { DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl })).toEqual({ url, ownerUrl });
    expect(databaseOf({}, {})).toEqual({ embedded: '/srv/node/database' });
    expect(databaseOf({}, { DATABASE_URL: '' })).toEqual({ embedded: '/srv/node/database' });
  });
});

describe('a configuration file', () => {
  test('[ND-60] may begin with a byte order mark; one that cannot be read is named with the reason', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'homeward-config-'));
    try {
      const path = join(folder, 'node.json');
      await writeFile(path, `\uFEFF${JSON.stringify(config)}`);
      expect(await readNodeConfig(path)).toMatchObject({ ok: true });
      expect(await readNodeConfig(folder)).toMatchObject({
        ok: false,
        says: expect.stringContaining('EISDIR') as string,
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('[ND-60] as the manual shows it is one that a node takes', async () => {
    const manual = new URL('../../../../docs/operate/nodes.md', import.meta.url);
    const examples = [...(await readFile(manual, 'utf8')).matchAll(/^```json\n(.*?)^```$/gmsu)].filter(
      ([, json = '']) => json.includes('"vault"'),
    );
    expect(examples.length).toBe(2);
    for (const [, json = ''] of examples) {
      expect(parseNodeConfig(JSON.parse(json), '/srv/node', {})).toMatchObject({ ok: true });
    }
  });
});
