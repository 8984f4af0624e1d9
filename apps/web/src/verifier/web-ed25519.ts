/**
 * Ed25519 by the browser's own WebCrypto under the one rule for hostile signatures (spec/log.md, LG-51). Keys are
 * imported once. A browser without it cannot verify, and says so instead of falling back to another rule.
 */
import { type Ed25519, toStrictEd25519 } from '@homeward/tlog';

const imported = new Map<string, Promise<CryptoKey | undefined>>();
const name = (key: Uint8Array): string =>
  key.toHex?.() ?? Array.from(key, (byte) => byte.toString(16)).join(' ');

declare global {
  interface Uint8Array {
    /** Newer browsers have it. */
    toHex?(): string;
  }
}

function importKey(key: Uint8Array): Promise<CryptoKey | undefined> {
  const known = name(key);
  let found = imported.get(known);
  if (found === undefined) {
    found = crypto.subtle
      .importKey('raw', new Uint8Array(key), 'Ed25519', false, ['verify'])
      .catch(() => undefined);
    imported.set(known, found);
  }
  return found;
}

/** Whether this browser has Ed25519 at all (it needs a secure context). */
export async function hasEd25519(): Promise<boolean> {
  // The base point: a valid encoding of a valid point.
  const base = new Uint8Array(32).fill(0x66);
  base[0] = 0x58;
  return 'subtle' in crypto && (await importKey(base)) !== undefined;
}

export const webEd25519: Ed25519 = toStrictEd25519({
  async verify(publicKey, message, signature) {
    const key = await importKey(publicKey);
    if (key === undefined) return false;
    return crypto.subtle
      .verify('Ed25519', key, new Uint8Array(signature), new Uint8Array(message))
      .catch(() => false);
  },
});
