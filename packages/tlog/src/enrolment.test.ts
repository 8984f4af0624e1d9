import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeEd25519, toTestSigner } from '../testing/node-crypto.ts';
import { assessPublicKey, toStrictEd25519 } from './index.ts';

const p = 2n ** 255n - 19n;

function toKey(y: bigint, sign = 0n): Uint8Array {
  const all = y | (sign << 255n);
  return Uint8Array.from({ length: 32 }, (_, at) => Number((all >> BigInt(8 * at)) & 255n));
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let b = base % p, e = exponent; e > 0n; e >>= 1n, b = (b * b) % p)
    if (e & 1n) result = (result * b) % p;
  return result;
}

/** y of the points of order 8: 2P has y = 0, so d y^4 + 2 y^2 - 1 = 0; solved here, not only checked. */
function orderEightYs(): readonly bigint[] {
  const d = (((-121_665n * power(121_666n, p - 2n)) % p) + p) % p;
  const rootOf = (square: bigint) => {
    const first = power(square, (p + 3n) / 8n);
    const candidates = [first, (first * power(2n, (p - 1n) / 4n)) % p];
    return candidates.find((root) => (root * root) % p === square);
  };
  const half = rootOf((1n + d) % p)!;
  return [half, p - half].flatMap((root) => {
    const y = rootOf((((root - 1n + p) % p) * power(d, p - 2n)) % p);
    return y === undefined ? [] : [y, p - y];
  });
}

describe('enrolment', () => {
  const eight = orderEightYs();
  const small = [0n, 1n, p - 1n, p, p + 1n, ...eight];

  test('[LG-49] all 14 encodings of small order are refused', () => {
    expect(eight.length).toBe(2);
    const encodings = small.flatMap((y) => [toKey(y), toKey(y, 1n)]);
    expect(new Set(encodings.map((key) => Buffer.from(key).toString('hex'))).size).toBe(14);
    for (const key of encodings) {
      expect(assessPublicKey(key)).toMatchObject({ problem: { kind: 'KeySmallOrder', rule: 'LG-49' } });
    }
  });

  test('[LG-49] no neighbour of them is', () => {
    for (const y of [2n, p - 2n, ...eight.flatMap((at) => [at - 1n, at + 1n])]) {
      expect(assessPublicKey(toKey(y))).toEqual({ ok: true });
    }
  });

  test('[LG-50] every y from 2^255 - 19 to 2^255 - 1 is refused', () => {
    for (let y = p; y < 2n ** 255n; y += 1n) {
      for (const sign of [0n, 1n]) {
        const kind = y <= p + 1n ? 'KeySmallOrder' : 'KeyNotCanonical';
        expect(assessPublicKey(toKey(y, sign))).toMatchObject({ problem: { kind } });
      }
    }
  });

  test('[LG-49] [LG-50] honest keys are taken, other lengths are not', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => assessPublicKey(toTestSigner('a', 'note', seed).key.publicKey).ok),
    );
    for (const length of [0, 31, 33]) {
      expect(assessPublicKey(new Uint8Array(length).fill(9))).toMatchObject({
        problem: { kind: 'KeyMalformed' },
      });
    }
  });

  test('[LG-51] a signature holds for its message, its key and no other', () => {
    const [a, b] = [toTestSigner('a', 'note'), toTestSigner('b', 'note')];
    const message = Buffer.from('message');
    const signature = a.sign(message) as Uint8Array;
    expect(nodeEd25519.verify(a.key.publicKey, message, signature)).toBe(true);
    expect(nodeEd25519.verify(b.key.publicKey, message, signature)).toBe(false);
    expect(nodeEd25519.verify(a.key.publicKey, Buffer.from('Message'), signature)).toBe(false);
    // s + L is the same scalar written a second time: RFC 8032 refuses it.
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const s = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`) + order;
    const doubled = Uint8Array.from([...signature.subarray(0, 32), ...toKey(s)]);
    expect(nodeEd25519.verify(a.key.publicKey, message, doubled)).toBe(false);
  });

  test('[LG-51] a runtime that says yes to everything is overruled on points of small order or with two spellings', () => {
    const strict = toStrictEd25519({ verify: () => true });
    const [message, good] = [new Uint8Array(1), toTestSigner('a', 'note').key.publicKey];
    const toSignature = (point: Uint8Array) => Uint8Array.of(...point, ...new Uint8Array(32));
    expect(strict.verify(good, message, toSignature(good))).toBe(true);
    for (const y of [...small, p + 5n, 2n ** 255n - 1n]) {
      for (const sign of [0n, 1n]) {
        expect(strict.verify(toKey(y, sign), message, toSignature(good))).toBe(false);
        expect(strict.verify(good, message, toSignature(toKey(y, sign)))).toBe(false);
      }
    }
    expect(strict.verify(good.subarray(1), message, toSignature(good))).toBe(false);
    expect(strict.verify(good, message, good)).toBe(false);
  });

  test('[LG-51] a signature with R the neutral element, valid by the bare equation, is refused', () => {
    // s = h a satisfies s B = R + h A for R = 0: only the holder of the key can make it, and runtimes differ on it.
    const seed = Buffer.alloc(32, 7);
    const digest = createHash('sha512').update(seed).digest();
    const scalar = digest.subarray(0, 32);
    scalar[0]! &= 248;
    scalar[31] = (scalar[31]! & 127) | 64;
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const toNumber = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
    const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
    const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
    const neutral = toKey(1n);
    const message = Buffer.from('two verdicts');
    const challenge = createHash('sha512').update(neutral).update(publicKey).update(message).digest();
    const s = (toNumber(challenge) * toNumber(scalar)) % order;
    const signature = Uint8Array.of(...neutral, ...toKey(s));
    expect(toStrictEd25519(nodeEd25519).verify(publicKey, message, signature)).toBe(false);
  });
});
