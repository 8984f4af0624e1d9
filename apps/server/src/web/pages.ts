/**
 * The pages of a node: the built web application where there is one, else a plain status page.
 *
 * Files are listed once at start and served by exact path, so no request can name a file outside the folder. Names
 * with a content hash (`assets/`) are immutable; the rest is revalidated by ETag. The build leaves a `.br` and a
 * `.gz` copy beside each text file, and whoever takes one gets it: a node never compresses while it serves.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { NodeStatus } from '@homeward/contract';
import type { Hono } from 'hono';
import { statusCss, toStatusPage } from './status-page.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
};
/** Codings in the order they are preferred, by the suffix of their copies. */
const codings = [
  { coding: 'br', suffix: '.br' },
  { coding: 'gzip', suffix: '.gz' },
] as const;

interface Asset {
  readonly type: string;
  readonly isImmutable: boolean;
  readonly plain: Copy;
  readonly copies: readonly (Copy & { readonly coding: string })[];
}

/** One encoding of a file. Each has a tag of its own: a strong tag stands for the very bytes that are sent. */
interface Copy {
  readonly etag: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface PagesOptions {
  /** Folder of built pages; absent or empty means the status page. */
  readonly folder: string | undefined;
  readonly status: () => Promise<NodeStatus>;
}

export async function mountPages(app: Hono, { folder, status }: PagesOptions): Promise<void> {
  const files = folder === undefined ? new Map<string, string>() : await listFiles(folder);
  const assets = new Map<string, Promise<Asset>>();
  const find = (path: string): Promise<Asset> | undefined => {
    const file = files.get(path);
    if (file === undefined) return undefined;
    let asset = assets.get(path);
    if (asset === undefined) {
      asset = readAsset(file, path);
      assets.set(path, asset);
    }
    return asset;
  };

  if (!files.has('/index.html')) {
    app.get('/', async (c) => c.html(toStatusPage(await status()), 200, { 'cache-control': 'no-store' }));
    app.get('/status.css', (c) => c.body(statusCss, 200, { 'content-type': 'text/css; charset=utf-8' }));
    return;
  }
  app.get('*', async (c, next) => {
    const path = c.req.path === '/' ? '/index.html' : c.req.path;
    const isPage = extname(path) === '' && (c.req.header('accept') ?? '').includes('text/html');
    const found = find(path) ?? (isPage ? find('/index.html') : undefined);
    if (found === undefined) return next();
    const asset = await found;
    const takes = c.req.header('accept-encoding') ?? '';
    const packed = asset.copies.find(({ coding }) => isTaken(coding, takes));
    const { etag, bytes } = packed ?? asset.plain;
    const headers: Record<string, string> = {
      'content-type': asset.type,
      etag,
      vary: 'accept-encoding',
      'cache-control': asset.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    };
    const had = (c.req.header('if-none-match') ?? '')
      .split(',')
      .map((tag) => tag.trim().replace(/^W\//u, ''));
    if (had.includes(etag) || had.includes('*')) return c.body(null, 304, headers);
    if (packed !== undefined) return c.body(bytes, 200, { ...headers, 'content-encoding': packed.coding });
    return c.body(bytes, 200, headers);
  });
}

/** Whether an `accept-encoding` takes a coding: named, and not with a weight of zero (RFC 9110, section 12.5.3). */
function isTaken(coding: string, accepted: string): boolean {
  for (const part of accepted.toLowerCase().split(',')) {
    const [name, ...parameters] = part.split(';').map((word) => word.trim());
    if (name !== coding) continue;
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    return weight === undefined || Number(weight.slice(2)) > 0;
  }
  return false;
}

async function listFiles(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !/\.(?:br|gz)$/u.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(files.map((file) => [`/${relative(folder, file).split(sep).join('/')}`, file]));
}

function toCopy(bytes: Uint8Array<ArrayBuffer>): Copy {
  return { etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`, bytes };
}

async function readAsset(file: string, path: string): Promise<Asset> {
  const bytes = new Uint8Array(await readFile(file));
  const copies = await Promise.all(
    codings.map(async ({ coding, suffix }) => {
      const copied = await readFile(file + suffix).catch(() => undefined);
      return copied === undefined ? [] : [{ coding, ...toCopy(new Uint8Array(copied)) }];
    }),
  );
  return {
    type: types[extname(path)] ?? 'application/octet-stream',
    isImmutable: path.startsWith('/assets/'),
    plain: toCopy(bytes),
    copies: copies.flat(),
  };
}
