/**
 * Chance that can be played again: every draw follows from the seed, and two streams with different labels do not
 * disturb each other, so that one more draw in one place changes nothing in another.
 *
 * For generated people and scripted events only. Real nodes draw ids, salts and keys from the operating system.
 */
import { createHash } from 'node:crypto';

export interface Chance {
  /** A whole number in `[0, below)`. */
  readonly below: (below: number) => number;
  /** True with the probability given, in `[0, 1]`. */
  readonly happens: (probability: number) => boolean;
  readonly pick: <T>(from: readonly T[]) => T;
  /** The same members in another order; the argument is left alone. */
  readonly shuffled: <T>(from: readonly T[]) => readonly T[];
  /** 22 characters of base64url, 132 bits: the form of entry, list and tranche ids. */
  readonly id: () => string;
  /** 32 bytes. */
  readonly bytes: () => Uint8Array;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * The stream named by `seed` and `label`.
 *
 * Source  SHA-256 in counter mode: slow for a simulation, quick enough for some thousand people.
 */
export function chanceOf(seed: number, label: string): Chance {
  const key = `${seed}\0${label}`;
  let block = new Uint8Array(0);
  let counter = 0;
  let offset = 0;

  function byte(): number {
    if (offset === block.length) {
      block = new Uint8Array(createHash('sha256').update(`${key}\0${counter++}`).digest());
      offset = 0;
    }
    return block[offset++]!;
  }
  function uint32(): number {
    return ((byte() << 24) | (byte() << 16) | (byte() << 8) | byte()) >>> 0;
  }
  const below = (limit: number): number => Math.floor((uint32() / 2 ** 32) * limit);

  return {
    below,
    happens: (probability) => uint32() / 2 ** 32 < probability,
    pick: (from) => {
      const chosen = from[below(from.length)];
      if (chosen === undefined) throw new Error('nothing to pick from');
      return chosen;
    },
    shuffled: (from) => {
      const copy = [...from];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = below(i + 1);
        [copy[i], copy[j]] = [copy[j]!, copy[i]!];
      }
      return copy;
    },
    id: () => Array.from({ length: 22 }, () => alphabet[byte() & 63]!).join(''),
    bytes: () => Uint8Array.from({ length: 32 }, byte),
  };
}
