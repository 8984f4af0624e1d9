/**
 * Records under a reveal key: who holds the locked bytes reads nothing until the key is given out.
 *
 * Form    `homeward/locked/v1\n`, 12 bytes of nonce, AES-256-GCM ciphertext and tag; the first line is authenticated.
 * Law     Without the key the bytes say nothing but their length. With any bit changed they do not unlock. Foreign bytes get a
 *         verdict; nothing here throws for them.
 * Source  NIST SP 800-38D. One key locks one list, so a random nonce cannot meet itself.
 */
import { err, ok, type Result } from '@homeward/core/result';

/** Bytes of a reveal key. */
export const revealKeyLength = 32;

const head = new TextEncoder().encode('homeward/locked/v1\n');
const nonceLength = 12;
const tagLength = 16;

async function importKey(key: Uint8Array, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', new Uint8Array(key), 'AES-GCM', false, [use]);
}

/** A new reveal key, from the system's randomness. */
export function drawRevealKey(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(revealKeyLength));
}

/** The bytes locked under a reveal key of 32 bytes. */
export async function lock(key: Uint8Array, plain: Uint8Array): Promise<Uint8Array> {
  const nonce = crypto.getRandomValues(new Uint8Array(nonceLength));
  const box = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: head },
    await importKey(key, 'encrypt'),
    new Uint8Array(plain),
  );
  const locked = new Uint8Array(head.length + nonceLength + box.byteLength);
  locked.set(head);
  locked.set(nonce, head.length);
  locked.set(new Uint8Array(box), head.length + nonceLength);
  return locked;
}

/** Why locked bytes give nothing. */
export type LockFault = 'not-locked-bytes' | 'not-a-reveal-key' | 'does-not-unlock';

/** What was locked, or why the bytes give nothing. */
export async function unlock(key: Uint8Array, locked: Uint8Array): Promise<Result<Uint8Array, LockFault>> {
  if (key.length !== revealKeyLength) {
    return err('not-a-reveal-key');
  }
  const isLocked =
    locked.length >= head.length + nonceLength + tagLength && head.every((byte, at) => locked[at] === byte);
  if (!isLocked) {
    return err('not-locked-bytes');
  }
  try {
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: locked.slice(head.length, head.length + nonceLength), additionalData: head },
      await importKey(key, 'decrypt'),
      locked.slice(head.length + nonceLength),
    );
    return ok(new Uint8Array(plain));
  } catch {
    return err('does-not-unlock');
  }
}
