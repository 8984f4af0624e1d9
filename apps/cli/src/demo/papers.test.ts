import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateSealingKeys, openPayload, parseSealedPayload } from '@homeward/contract/sealing';
import type { Payloads } from '@homeward/example-istanbul-2025';
import { createWorld, unlockRecords, writeScript } from '@homeward/example-istanbul-2025';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Papers } from './papers.ts';
import { sealPapers } from './papers.ts';

const world = createWorld({ seed: 9, people: 12 });
const write = (payloads: Payloads) => writeScript(world, { payloads });

describe('the papers of an exchange', () => {
  let folder = '';
  let own: Readonly<Record<string, Awaited<ReturnType<typeof generateSealingKeys>>>>;
  let papers: Papers;
  const seal = async (): Promise<Papers> =>
    sealPapers({
      ...{ world, write, folder },
      keys: Object.fromEntries(
        Object.entries(own).map(([party, { publicKey }]) => [
          party,
          Buffer.from(publicKey).toString('base64'),
        ]),
      ),
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'homeward-papers-'));
    own = { A: await generateSealingKeys(), B: await generateSealingKeys(), N1: await generateSealingKeys() };
    papers = await seal();
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  test('every paper opens for those it is addressed to and for nobody else', async () => {
    const all = [...papers.named.values()].flat();
    expect(all.length).toBeGreaterThan(20);
    for (const { bytes } of all) {
      const sealed = parseSealedPayload(bytes);
      if (sealed === undefined) throw new Error('not a sealed payload');
      const addressed = sealed.header.keys.map(({ to }) => to);
      for (const [party, keys] of Object.entries(own)) {
        expect((await openPayload(sealed, keys)).ok).toBe(addressed.includes(party));
      }
    }
  });

  test('the records of a list cannot be read before their reveal key is given out', async () => {
    const [records] = papers.named.get('seal A sought') ?? [];
    const opened = await openPayload(parseSealedPayload(records!.bytes)!, own['B']!);
    if (!opened.ok) throw new Error(opened.why);
    const text = Buffer.from(opened.content).toString('utf8');
    for (const { family_name, id } of world.lists.of.A.sought) {
      expect(text).not.toContain(family_name);
      expect(text).not.toContain(id);
    }
  });

  test('[EX-25] [EX-26] the key that an opening gives out reads the records, and so does the one in escrow', async () => {
    const read = async (label: string, at: number, party: string): Promise<Uint8Array> => {
      const opened = await openPayload(parseSealedPayload(papers.named.get(label)![at]!.bytes)!, own[party]!);
      if (!opened.ok) throw new Error(opened.why);
      return opened.content;
    };
    for (const kind of ['sought', 'held', 'withheld'] as const) {
      const records = await read(`seal A ${kind}`, 0, 'B');
      const given = await read(`open A ${kind} 1`, 0, 'B');
      const escrowed = await read(`seal A ${kind}`, 1, 'N1');
      for (const key of [given, escrowed]) {
        expect(unlockRecords(key, records)).toEqual(JSON.parse(JSON.stringify(world.lists.of.A[kind])));
      }
    }
  });

  test('no act of the script carries a name', () => {
    const acts = write(papers.payloads)
      .map(({ body }) => JSON.stringify(body({ idOf: () => '0'.repeat(64) as never })))
      .join('');
    for (const power of ['A', 'B'] as const) {
      for (const { family_name, given_name } of [
        ...world.lists.of[power].sought,
        ...world.lists.of[power].held,
      ]) {
        if (family_name.length > 3) expect(acts).not.toContain(family_name);
        if (given_name.length > 3) expect(acts).not.toContain(given_name);
      }
    }
  });

  test('whoever starts again uses what was sealed before', async () => {
    const again = await seal();
    const hashes = ({ named }: Papers): readonly string[] =>
      [...named.values()].flat().map(({ hash }) => hash);
    expect(hashes(again)).toEqual(hashes(papers));
  });
});
