/**
 * The papers of an exchange, sealed to who may read them (HPKE) and kept on disk before any act names them. Sealing is
 * never the same twice, so whoever starts again uses what was sealed before.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addressOf, sealPayload, toSealedBytes } from '@homeward/contract/sealing';
import type { ActId, PayloadHash } from '@homeward/core/exchange';
import { unsealedPayloads } from '@homeward/example-istanbul-2025';
import type { Paper, Payloads, Task, World } from '@homeward/example-istanbul-2025';

export interface SealedPaper {
  readonly from: string;
  readonly hash: PayloadHash;
  readonly bytes: Uint8Array;
}

export interface Papers {
  readonly payloads: Payloads;
  /** The papers that a task's act names, by the task's label. */
  readonly named: ReadonlyMap<string, readonly SealedPaper[]>;
}

/** Seals every paper that the script names. `keys` are the X25519 keys of the parties' nodes, base64. */
export async function sealPapers(work: {
  readonly world: World;
  readonly write: (payloads: Payloads) => readonly Task[];
  readonly keys: Readonly<Record<string, string>>;
  readonly folder: string;
}): Promise<Papers> {
  const { world, write, keys, folder } = work;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const sealed = new Map<string, SealedPaper>();
  const named = new Map<string, readonly SealedPaper[]>();
  for (const { label, papers } of findPapers(world, write)) {
    const found: SealedPaper[] = [];
    for (const paper of papers) {
      const kept = sealed.get(paper.label) ?? (await sealOnce(world, paper, keys, folder));
      sealed.set(paper.label, kept);
      found.push(kept);
    }
    named.set(label, found);
  }
  return {
    named,
    payloads: {
      hashOf: ({ label }) => {
        const paper = sealed.get(label);
        if (paper === undefined) throw new Error(`${label} was not sealed`);
        return paper.hash;
      },
    },
  };
}

/** Asks every task for its body once, to hear which papers it names. */
function findPapers(
  world: World,
  write: (payloads: Payloads) => readonly Task[],
): readonly { readonly label: string; readonly papers: readonly Paper[] }[] {
  const { hashOf } = unsealedPayloads(world.exchange);
  let heard: Paper[] = [];
  const listening: Payloads = {
    hashOf: (paper) => {
      heard.push(paper);
      return hashOf(paper);
    },
  };
  return write(listening).map(({ label, body }) => {
    heard = [];
    body({ idOf: () => '0'.repeat(64) as ActId });
    return { label, papers: heard };
  });
}

async function sealOnce(
  world: World,
  paper: Paper,
  keys: Readonly<Record<string, string>>,
  folder: string,
): Promise<SealedPaper> {
  const { label, from, to } = paper;
  const file = join(folder, Buffer.from(label).toString('base64url'));
  if (!existsSync(file)) {
    const recipients = to.map((party) => ({
      party,
      publicKey: new Uint8Array(Buffer.from(keys[party] ?? '', 'base64')),
    }));
    // The record's name is random: a label would tell the host what it is about.
    const record = randomBytes(16).toString('base64url');
    const made = await sealPayload({ exchange: world.exchange, from, record }, recipients, paper.content());
    const hash = await addressOf(made);
    await writeFile(`${file}.new`, Buffer.concat([Buffer.from(hash, 'hex'), toSealedBytes(made)]));
    await rename(`${file}.new`, file);
  }
  const kept = await readFile(file);
  return {
    from,
    hash: kept.subarray(0, 32).toString('hex') as PayloadHash,
    bytes: new Uint8Array(kept.subarray(32)),
  };
}
