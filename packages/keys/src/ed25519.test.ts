import { describe, expect, test } from 'vitest';
import { ed25519, generateSigningKey, verifyEd25519, verifyEd25519Aside } from './ed25519.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

/** The point of order 1, under which the all-zero scalar and R = identity satisfy the equation for every message. */
const identity = bytes(`01${'00'.repeat(31)}`);
const forAnyMessage = bytes(`01${'00'.repeat(63)}`);

describe('[LG-51] one rule for signatures on every runtime', () => {
  test('[LG-51] a signature of a key made here verifies, and for no other message', async () => {
    const key = generateSigningKey();
    const message = bytes('686f6d65');
    const signature = key.sign(message);
    expect(verifyEd25519(key.publicKey, message, signature)).toBe(true);
    expect(await verifyEd25519Aside(key.publicKey, message, signature)).toBe(true);
    expect(verifyEd25519(key.publicKey, bytes('00'), signature)).toBe(false);
    expect(await verifyEd25519Aside(key.publicKey, bytes('00'), signature)).toBe(false);
  });

  test('[LG-51] a key of small order signs nothing, at every door', async () => {
    expect(verifyEd25519(identity, bytes('00'), forAnyMessage)).toBe(false);
    expect(await verifyEd25519Aside(identity, bytes('00'), forAnyMessage)).toBe(false);
    expect(await ed25519.verify(identity, bytes('00'), forAnyMessage)).toBe(false);
  });

  test('[LG-51] a small-order R under an honest key is refused before the runtime is asked', async () => {
    const key = generateSigningKey();
    const signature = key.sign(bytes('00'));
    signature.set(identity, 0);
    expect(verifyEd25519(key.publicKey, bytes('00'), signature)).toBe(false);
    expect(await verifyEd25519Aside(key.publicKey, bytes('00'), signature)).toBe(false);
  });
});
