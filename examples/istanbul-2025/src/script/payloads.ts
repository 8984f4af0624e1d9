import type { PayloadHash } from '@homeward/core/exchange';
import { createHash } from 'node:crypto';

/** Where the sealed papers beside the acts come from: a label in, the hash of the sealed payload out. */
export interface Payloads {
  readonly hashOf: (label: string) => PayloadHash;
}

/** For a play without nodes: hashes of papers that nobody sealed. */
export function unsealedPayloads(exchange: string): Payloads {
  return {
    hashOf: (label) =>
      createHash('sha256').update(`${exchange}\0paper\0${label}`).digest('hex') as PayloadHash,
  };
}
