/**
 * Ed25519 by node:crypto under the project's one rule (spec/log.md, LG-51): RFC 8032 without cofactor, and no point of
 * small order, which runtimes judge differently.
 *
 * Cost    A verification takes about 0.1 ms; making a KeyObject costs a fifth of that, so those are kept.
 */
import { createPrivateKey, createPublicKey, randomBytes, sign, verify, type KeyObject } from 'node:crypto';
import { type Ed25519, isStrictSignature } from '@homeward/tlog';

/** DER frames of RFC 8410 around 32 raw bytes. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');
const spkiHead = Buffer.from('302a300506032b6570032100', 'hex');

/** Keys met so far. An exchange has dozens; the bound keeps a flood of strangers' keys from filling memory. */
const keysMax = 4096;
const known = new Map<string, KeyObject>();

function getPublicKey(raw: Uint8Array): KeyObject {
  const name = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('latin1');
  let key = known.get(name);
  if (key === undefined) {
    key = createPublicKey({ key: Buffer.concat([spkiHead, raw]), format: 'der', type: 'spki' });
    if (known.size >= keysMax) known.clear();
    known.set(name, key);
  }
  return key;
}

/** Says whether `signature` is the key's over `message`; false for anything that does not decode. */
export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (!isStrictSignature(publicKey, signature)) return false;
  try {
    return verify(null, message, getPublicKey(publicKey), signature);
  } catch {
    return false;
  }
}

/** As `verifyEd25519`, on a thread of the runtime's pool, so that verdicts come while other work goes on. */
export async function verifyEd25519Aside(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (!isStrictSignature(publicKey, signature)) return false;
  return new Promise((resolve) => {
    try {
      verify(null, message, getPublicKey(publicKey), signature, (error, isRight) => {
        resolve(error === null && isRight);
      });
    } catch {
      resolve(false);
    }
  });
}

export const ed25519: Ed25519 = { verify: verifyEd25519 };

/** An Ed25519 key that can sign. `seed` is the RFC 8032 private key. */
export interface SigningKey {
  readonly seed: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

export function toSigningKey(seed: Uint8Array): SigningKey {
  if (seed.length !== 32) throw new RangeError('an Ed25519 private key has 32 bytes');
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return {
    seed,
    publicKey: new Uint8Array(spki.subarray(spkiHead.length)),
    sign: (message) => new Uint8Array(sign(null, message, key)),
  };
}

export function generateSigningKey(): SigningKey {
  return toSigningKey(new Uint8Array(randomBytes(32)));
}
