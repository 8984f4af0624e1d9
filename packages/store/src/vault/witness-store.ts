import { readCheckpoint, type WitnessStore } from '@homeward/tlog';
import type { Signed, Vault } from './vault.ts';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The memory of a witness in a vault, one register per log: `witness:<origin>`. */
export function toWitnessStore(vault: Vault): WitnessStore {
  const register = (origin: string): string => `witness:${origin}`;
  return {
    async find(origin) {
      const signed = await vault.read(register(origin));
      return signed === undefined ? undefined : new TextEncoder().encode(signed.note);
    },
    async replace(origin, expected, next) {
      const current = await vault.read(register(origin));
      const currentNote = current?.note;
      if (currentNote !== (expected === undefined ? undefined : strict.decode(expected))) return false;
      const swap = await vault.compareAndSwap(register(origin), current, toSigned(next));
      return swap.kind === 'swapped';
    },
  };
}

function toSigned(note: Uint8Array): Signed {
  const read = readCheckpoint(note);
  if (!read.ok) throw new Error('a witness keeps only checkpoints it has verified');
  const { size, root } = read.value.checkpoint;
  return { size, root, note: strict.decode(note) };
}
