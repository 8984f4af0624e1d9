import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addressOf,
  generateSealingKeys,
  openPayload,
  parseSealedPayload,
  sealPayload,
  toSealedBytes,
} from './index.ts';

const address = { exchange: 'x1', from: 'A', record: 'r1' };
const content = new TextEncoder().encode('one person’s record');

describe('sealed payloads', () => {
  test('[WR-20] every recipient opens what was sealed, and nobody else does', async () => {
    const [b, n, other] = await Promise.all([
      generateSealingKeys(),
      generateSealingKeys(),
      generateSealingKeys(),
    ]);
    const sealed = await sealPayload(
      address,
      [
        { party: 'B', publicKey: b.publicKey },
        { party: 'N1', publicKey: n.publicKey },
      ],
      content,
    );
    for (const own of [b, n]) expect(await openPayload(sealed, own)).toEqual({ ok: true, content });
    expect(await openPayload(sealed, other)).toEqual({ ok: false, why: 'not-addressed' });
    expect(Buffer.from(toSealedBytes(sealed)).includes(Buffer.from(content))).toBe(false);
  });

  test('[WR-21] a payload survives its bytes, and its address is the hash of the box alone', async () => {
    const b = await generateSealingKeys();
    const sealed = await sealPayload(address, [{ party: 'B', publicKey: b.publicKey }], content);
    expect(parseSealedPayload(toSealedBytes(sealed))).toEqual(sealed);
    const erased = { header: { ...sealed.header, keys: [] }, box: sealed.box };
    expect(await addressOf(erased)).toBe(await addressOf(sealed));
    expect(await openPayload(erased, b)).toEqual({ ok: false, why: 'erased' });
  });

  test('[WR-22] nothing moved or changed opens', async () => {
    const b = await generateSealingKeys();
    const recipients = [{ party: 'B', publicKey: b.publicKey }];
    const sealed = await sealPayload(address, recipients, content);
    const other = await sealPayload({ ...address, record: 'r2' }, recipients, content);
    const refused = { ok: false, why: 'does-not-open' };
    expect(await openPayload({ header: other.header, box: sealed.box }, b)).toEqual(refused);
    for (const change of [{ exchange: 'x2' }, { from: 'C' }, { record: 'r9' }]) {
      expect(await openPayload({ header: { ...sealed.header, ...change }, box: sealed.box }, b)).toEqual(
        refused,
      );
    }
    const readdressed = sealed.header.keys.map((key) => ({ ...key, to: 'C' }));
    expect(
      await openPayload({ header: { ...sealed.header, keys: readdressed }, box: sealed.box }, b),
    ).toEqual(refused);
    for (let i = 0; i < sealed.box.length; i += 1) {
      const box = sealed.box.slice();
      box[i] = (box[i] ?? 0) ^ 1;
      expect(await openPayload({ header: sealed.header, box }, b)).toEqual(refused);
    }
  });

  test('[WR-23] bytes of anyone parse to a payload or to nothing, and never throw', async () => {
    const b = await generateSealingKeys();
    const bytes = toSealedBytes(
      await sealPayload(address, [{ party: 'B', publicKey: b.publicKey }], content),
    );
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const changed = bytes.slice();
        changed[at] = (changed[at] ?? 0) ^ mask;
        const parsed = parseSealedPayload(changed);
        // What parses has one spelling: the very bytes it was read from.
        if (parsed !== undefined) expect(toSealedBytes(parsed)).toEqual(changed);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => parseSealedPayload(noise) === undefined),
    );
  });
});
