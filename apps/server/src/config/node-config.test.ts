import { describe, expect, test } from 'vitest';
import { parseNodeConfig } from './node-config.ts';

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
