/** Writes spec/vectors/log anew: `node --conditions=homeward-source packages/tlog/testing/write-vectors.ts`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeVectors } from './vectors.ts';

const folder = join(import.meta.dirname, '../../../spec/vectors/log');
rmSync(folder, { recursive: true, force: true });
for (const [path, vector] of await makeVectors()) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), `${JSON.stringify(vector, undefined, 2)}\n`);
}
