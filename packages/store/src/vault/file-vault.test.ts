import { spawn } from 'node:child_process';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emptyRoot, formatCheckpoint } from '@homeward/tlog';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { FileVault, VaultDamaged } from './file-vault.ts';
import type { Signed } from './vault.ts';
import { toWitnessStore } from './witness-store.ts';

const signed = (size: number, byte = size % 256, note = `note ${size}`): Signed => ({
  size,
  root: new Uint8Array(32).fill(byte),
  note,
});

let folder: string;
let vault: FileVault;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeward-vault-'));
  vault = new FileVault(folder);
  return () => rm(folder, { recursive: true });
});

describe('the vault', () => {
  test('[ST-40] replaces only what the caller read', async () => {
    expect(await vault.read('log:o')).toBeUndefined();
    expect(await vault.compareAndSwap('log:o', undefined, signed(1))).toEqual({ kind: 'swapped' });
    expect(await vault.compareAndSwap('log:o', undefined, signed(2))).toEqual({
      kind: 'moved',
      current: signed(1),
    });
    expect(await vault.compareAndSwap('log:o', signed(1), signed(2))).toEqual({ kind: 'swapped' });
    expect(await vault.compareAndSwap('log:o', signed(1), signed(3))).toEqual({
      kind: 'moved',
      current: signed(2),
    });
    expect(await vault.read('log:o')).toEqual(signed(2));
    expect(await vault.read('witness:o')).toBeUndefined();
  });

  test('[ST-41] never shrinks and never forks', async () => {
    await vault.compareAndSwap('o', undefined, signed(5));
    expect(await vault.compareAndSwap('o', signed(5), signed(4))).toEqual({
      kind: 'smaller',
      current: signed(5),
    });
    expect(await vault.compareAndSwap('o', signed(5), signed(5, 9, 'fork'))).toEqual({
      kind: 'fork',
      current: signed(5),
    });
    const more = signed(5, 5, 'note 5 with a cosignature');
    expect(await vault.compareAndSwap('o', signed(5), more)).toEqual({ kind: 'swapped' });
    expect(await vault.read('o')).toEqual(more);
  });

  test('[ST-40] [ST-41] behaves as one register under any sequence', async () => {
    const step = fc.record({ read: fc.boolean(), size: fc.nat({ max: 6 }), byte: fc.nat({ max: 1 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.uuid(), async (steps, name) => {
        let held: Signed | undefined;
        let seen: Signed | undefined;
        for (const { read, size, byte } of steps) {
          if (read) {
            seen = await vault.read(name);
            expect(seen).toEqual(held);
            continue;
          }
          const next = signed(size, byte, `note ${size} ${byte}`);
          const isStale = seen?.note !== held?.note;
          const isBack =
            held !== undefined && (size < held.size || (size === held.size && byte !== held.root[0]));
          const { kind } = await vault.compareAndSwap(name, seen, next);
          expect(kind === 'swapped').toBe(!isStale && !isBack);
          if (kind === 'swapped') held = next;
        }
      }),
      { numRuns: 30 },
    );
  });

  test('[ST-40] of several processes one wins each turn', async () => {
    const turns = 40;
    const racer = `
      import { FileVault } from ${JSON.stringify(fileURLToPath(new URL('file-vault.ts', import.meta.url)))};
      const vault = new FileVault(${JSON.stringify(folder)});
      let won = 0;
      for (;;) {
        const held = await vault.read('o');
        const size = (held?.size ?? 0) + 1;
        if (size > ${turns}) break;
        const next = { size, root: new Uint8Array(32).fill(size), note: process.argv[1] + ' ' + size };
        const swap = await vault.compareAndSwap('o', held, next);
        if (swap.kind === 'swapped') won += 1;
        else if (swap.kind !== 'moved') throw new Error(swap.kind);
      }
      process.stdout.write(String(won));`;
    const won = await Promise.all(['a', 'b', 'c'].map((name) => runScript(racer, name)));
    expect(won.reduce((sum, text) => sum + Number(text), 0)).toBe(turns);
    expect((await vault.read('o'))?.size).toBe(turns);
    const [place] = await readdir(folder);
    expect((await readdir(join(folder, place!))).length).toBeLessThanOrEqual(5);
  });

  test('[ST-42] refuses to be read when it is not what was written', async () => {
    await vault.compareAndSwap('o', undefined, signed(7));
    const [place] = await readdir(folder);
    const [file] = await readdir(join(folder, place!));
    const path = join(folder, place!, file!);
    const text = await readFile(path, 'utf8');
    for (const damaged of [
      text.slice(0, -5),
      '',
      text.replace('note 7', 'note 8'),
      text.replace('"size":7', '"size":6'),
    ]) {
      await writeFile(path, damaged);
      await expect(vault.read('o')).rejects.toThrow(VaultDamaged);
      await expect(vault.compareAndSwap('o', signed(7), signed(8))).rejects.toThrow(VaultDamaged);
    }
    await writeFile(path, text);
    await appendFile(join(folder, place!, 'draft-1-interrupted'), 'half a no');
    expect(await vault.read('o')).toEqual(signed(7));
  });

  test('[ST-41] a witness that keeps its memory here never goes back', async () => {
    const store = toWitnessStore(vault);
    const checkpoint = (size: number): Uint8Array =>
      new TextEncoder().encode(
        `${formatCheckpoint({ origin: 'o', size, root: size === 0 ? emptyRoot() : new Uint8Array(32).fill(size) })}\n\u2014 o AAAAAAA=\n`,
      );
    expect(await store.find('o')).toBeUndefined();
    expect(await store.replace('o', undefined, checkpoint(3))).toBe(true);
    expect(await store.replace('o', undefined, checkpoint(4))).toBe(false);
    expect(await store.replace('o', checkpoint(3), checkpoint(2))).toBe(false);
    expect(await store.replace('o', checkpoint(3), checkpoint(5))).toBe(true);
    expect(await store.find('o')).toEqual(checkpoint(5));
    expect((await vault.read('witness:o'))?.size).toBe(5);
  });
});

function runScript(script: string, argument: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--conditions=homeward-source', '--input-type=module', '--eval', script, argument],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve(text) : reject(new Error(`exit ${code}`))));
  });
}
