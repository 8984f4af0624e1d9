import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guard } from '../http/guard.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { mountPages } from './pages.ts';

const folder = mkdtempSync(join(tmpdir(), 'homeward-web-'));
mkdirSync(join(folder, 'assets'));
writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Homeward</title>');
writeFileSync(join(folder, 'assets', 'app-abc.js'), 'export {};');
writeFileSync(join(folder, 'assets', 'app-abc.js.gz'), gzipSync('export {};'));
writeFileSync(join(folder, '.built-from'), 'a marker');

const app = new Hono();
const get = (path: string, headers: Record<string, string> = {}) =>
  app.request(path, { headers: { host: 'node', accept: 'text/html', ...headers } });

beforeAll(async () => {
  app.use('*', guard({ isOwnHost: () => true }));
  await mountPages(app, { folder, status: async () => Promise.reject(new Error('not asked')) });
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the pages of a node', () => {
  it('[WB-1] go out with a policy without inline code, foreign origins or framing', async () => {
    for (const path of ['/', '/assets/app-abc.js', '/record', '/nothing.txt']) {
      expect((await get(path)).headers.get('content-security-policy')).toBe(contentSecurityPolicy);
    }
    expect(contentSecurityPolicy).not.toMatch(/unsafe|https?:|\*|data:|blob:/u);
    expect(contentSecurityPolicy).toContain("frame-ancestors 'none'");
    expect(contentSecurityPolicy).toContain("require-trusted-types-for 'script'");
    expect(contentSecurityPolicy).toMatch(/trusted-types homeward$/u);
  });

  it('[WB-2] are kept for ever where hashed, and asked for by tag where not', async () => {
    expect((await get('/assets/app-abc.js')).headers.get('cache-control')).toContain('immutable');
    const page = await get('/');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const tag = page.headers.get('etag')!;
    expect((await get('/', { 'if-none-match': tag })).status).toBe(304);
    expect((await get('/', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('[WB-2] are sent compressed to whoever takes the copy the build left', async () => {
    const packed = await get('/assets/app-abc.js', { 'accept-encoding': 'br, gzip' });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(gunzipSync(new Uint8Array(await packed.arrayBuffer())).toString()).toBe('export {};');
    for (const takes of ['GZIP', 'gzip;q=0.5, identity', 'br;q=0,gzip ; q=1']) {
      const other = await get('/assets/app-abc.js', { 'accept-encoding': takes });
      expect(other.headers.get('content-encoding'), takes).toBe('gzip');
    }
    for (const takes of ['', 'deflate', 'gzip;q=0', 'gzip; q=0', 'gzip ;q=0.000, br;q=0', 'x-gzip']) {
      const plain = await get('/assets/app-abc.js', { 'accept-encoding': takes });
      expect(plain.headers.get('content-encoding'), takes).toBeNull();
      expect(await plain.text()).toBe('export {};');
    }
  });

  it('[WB-2] have a tag for each encoding, since a strong tag stands for the very bytes', async () => {
    const packed = { 'accept-encoding': 'gzip' };
    const tagOf = async (headers: Record<string, string>) =>
      (await get('/assets/app-abc.js', headers)).headers.get('etag')!;
    const tags = { plain: await tagOf({}), packed: await tagOf(packed) };
    expect(tags.plain).not.toBe(tags.packed);
    const again = async (headers: Record<string, string>) =>
      (await get('/assets/app-abc.js', headers)).status;
    expect(await again({ ...packed, 'if-none-match': tags.packed })).toBe(304);
    expect(await again({ ...packed, 'if-none-match': `"x", W/${tags.packed}` })).toBe(304);
    expect(await again({ ...packed, 'if-none-match': tags.plain })).toBe(200);
    expect(await again({ 'if-none-match': tags.packed })).toBe(200);
  });

  it('[WB-3] answer page addresses with the entry page, and nothing else', async () => {
    for (const path of ['/', '/record', '/exchanges/abc/board']) {
      expect(await (await get(path)).text()).toContain('<title>Homeward');
    }
    for (const path of [
      '/assets/gone-1.js',
      '/assets/app-abc.js.gz',
      '/robots.txt',
      '/..%2f..%2fetc%2fpasswd.txt',
    ]) {
      expect((await get(path)).status, path).toBe(404);
    }
    expect(await (await get('/.built-from')).text()).not.toContain('marker');
    expect((await get('/record', { accept: 'application/json' })).status).toBe(404);
    expect((await app.request('/', { method: 'POST', headers: { host: 'node' } })).status).toBe(404);
  });
});
