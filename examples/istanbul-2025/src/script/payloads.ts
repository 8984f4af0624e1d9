/** The papers beside the acts: what only some may read, named in an act by the hash of its sealed form. */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import type { PayloadHash } from '@homeward/core/exchange';
import { chanceOf } from '../chance.ts';
import type { World } from '../world.ts';

/** One paper: who leaves it, for whom, and what it says. */
export interface Paper {
  /** Unique in the exchange. */
  readonly label: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly content: () => Uint8Array;
}

export interface Payloads {
  readonly hashOf: (paper: Paper) => PayloadHash;
}

/** For a play without nodes: hashes of papers that nobody sealed. */
export function unsealedPayloads(exchange: string): Payloads {
  return {
    hashOf: ({ label }) =>
      createHash('sha256').update(`${exchange}\0paper\0${label}`).digest('hex') as PayloadHash,
  };
}

/** A paper that says a sentence or carries plain data. */
export function paper(head: Omit<Paper, 'content'>, content: () => unknown): Paper {
  return { ...head, content: () => new Uint8Array(Buffer.from(JSON.stringify(content()))) };
}

/** The key that opens a list's records once it is opened: kept by the neutral until then. */
export function revealKeyOf(world: World, list: string): Uint8Array {
  return chanceOf(world.seed, `reveal ${list}`).bytes();
}

/**
 * Records under their reveal key (AES-256-GCM, one message per key, so a fixed nonce): whoever they are addressed to
 * cannot read them before the key is given out.
 */
export function lockedRecords(world: World, list: string, records: unknown): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', revealKeyOf(world, list), Buffer.alloc(12));
  const locked = Buffer.concat([cipher.update(JSON.stringify(records), 'utf8'), cipher.final()]);
  return new Uint8Array(Buffer.concat([locked, cipher.getAuthTag()]));
}

/** The records of a list, read with the reveal key that its opening gave out. Throws for another key. */
export function unlockRecords(key: Uint8Array, locked: Uint8Array): unknown {
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.alloc(12));
  decipher.setAuthTag(locked.subarray(-16));
  const records = Buffer.concat([decipher.update(locked.subarray(0, -16)), decipher.final()]);
  return JSON.parse(records.toString('utf8'));
}
