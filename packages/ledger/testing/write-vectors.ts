/** Writes spec/vectors/ledger anew: `node --conditions=homeward-source packages/ledger/testing/write-vectors.ts`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeVectors } from './vectors.ts';

const folder = join(import.meta.dirname, '../../../spec/vectors/ledger');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [name, vector] of await makeVectors()) {
  writeFileSync(join(folder, name), `${JSON.stringify(vector, undefined, 2)}\n`);
}
