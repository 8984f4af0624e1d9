import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeEd25519, nodeSha256, toTestSigner } from '../testing/node-crypto.ts';
import {
  decodeBase64,
  decodeUtf8,
  encodeBase64,
  formatNote,
  formatVerifierKey,
  isKeyName,
  noteLengthMax,
  type NoteSignature,
  parseNote,
  parseVerifierKey,
  signNote,
  toVerifierKey,
  verifyNote,
} from './index.ts';

const alice = toTestSigner('alice.test', 'note');
const bob = toTestSigner('bob.test', 'note');
const text = 'First line\n\nA line after an empty one, with ü and 囚.\n';
const toBytes = (note: string) => new Uint8Array(Buffer.from(note));

async function signed(...signers: (typeof alice)[]): Promise<Uint8Array> {
  return formatNote({ text, signatures: await Promise.all(signers.map((signer) => signNote(text, signer))) });
}

describe('text', () => {
  test('[LG-20] UTF-8 is read strictly, as the platform reads it with fatal and without dropping a mark', () => {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const someBytes = fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc.string({ unit: 'binary' }).map((valid) => toBytes(valid)),
      fc
        .array(
          fc.constantFrom(0x00, 0x41, 0x80, 0xbf, 0xc0, 0xc2, 0xe0, 0xed, 0xa0, 0xef, 0xf0, 0xf4, 0x90, 0xf5),
        )
        .map((bytes) => Uint8Array.from(bytes)),
    );
    fc.assert(
      fc.property(someBytes, (bytes) => {
        let expected: string | undefined;
        try {
          expected = decoder.decode(bytes);
        } catch {
          expected = undefined;
        }
        return decodeUtf8(bytes) === expected;
      }),
      { numRuns: 20_000 },
    );
    expect(decodeUtf8(toBytes('ü'.repeat(20_000)))).toBe('ü'.repeat(20_000));
  });

  test('[LG-26] base64 is read in its one form only', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
        const written = Buffer.from(bytes).toString('base64');
        expect(encodeBase64(bytes)).toBe(written);
        expect(decodeBase64(written)).toEqual(bytes);
      }),
    );
    for (const wrong of [
      'A',
      'AA',
      'AAA',
      'AA=',
      'AB==',
      'AAB=',
      'A===',
      '====',
      'AA==\n',
      ' AAA',
      'A-_A',
      'AA==AAAA',
    ]) {
      expect(decodeBase64(wrong), wrong).toBeUndefined();
    }
    fc.assert(
      fc.property(
        fc.string({ maxLength: 12, unit: fc.constantFrom('A', 'B', 'z', '+', '/', '=', ' ', '-') }),
        (any) => {
          const bytes = decodeBase64(any);
          return bytes === undefined || encodeBase64(bytes) === any;
        },
      ),
      { numRuns: 20_000 },
    );
  });
});

describe('notes', () => {
  test('[LG-20] writing what was read gives the same bytes; the last empty line parts text and signatures', async () => {
    const bytes = await signed(alice, bob);
    const note = parseNote(bytes);
    if (!note.ok) expect.fail(note.problem.text);
    expect(note.value.text).toBe(text);
    expect(note.value.signatures.map(({ name }) => name)).toEqual(['alice.test', 'bob.test']);
    expect(Buffer.from(formatNote(note.value)).equals(bytes)).toBe(true);
  });

  const line = '\u2014 alice.test AAAAAAA=\n';
  test.each([
    ['nothing', ''],
    ['no signature', 'text\n\n'],
    ['no empty line', `text\n${line}`],
    ['no newline at the end', `text\n\n${line.trimEnd()}`],
    ['a carriage return', `text\r\n\n${line}`],
    ['a tab', `te\txt\n\n${line}`],
    ['another dash', 'text\n\n- alice.test AAAAAAA=\n'],
    ['two blanks', 'text\n\n\u2014  alice.test AAAAAAA=\n'],
    ['a blank at the end', 'text\n\n\u2014 alice.test AAAAAAA= \n'],
    ['no name', 'text\n\n\u2014 AAAAAAA=\n'],
    ['a plus in a name', 'text\n\n\u2014 a+b AAAAAAA=\n'],
    ['a wide blank in a name', 'text\n\n\u2014 a\u3000b AAAAAAA=\n'],
    ['a key id alone', 'text\n\n\u2014 alice.test AAAAAA==\n'],
    ['loose base64', 'text\n\n\u2014 alice.test AAAAAAB=\n'],
    ['a line between signatures', `text\n\n${line}oops\n${line}`],
    ['an empty line at the end', `text\n\n${line}\n`],
  ])('[LG-20] a note with %s is refused', (_, note) => {
    expect(parseNote(toBytes(note)).ok).toBe(false);
  });

  test('[LG-20] what is not UTF-8 is refused', async () => {
    const bytes = await signed(alice);
    expect(parseNote(Uint8Array.of(0xff, ...bytes))).toMatchObject({ problem: { kind: 'NotText' } });
  });

  test('[LG-21] lines by strangers are ignored, even under a known name or a known id', async () => {
    const [real] = [await signNote(text, alice)];
    const strangers: NoteSignature[] = [
      { ...real, name: 'mallory.test' },
      { ...real, id: '00000000' },
      { ...(await signNote(text, bob)), payload: new Uint8Array(3) },
    ];
    const bytes = formatNote({ text, signatures: [...strangers, real] });
    const verdict = await verifyNote(bytes, [alice.key], nodeEd25519);
    expect(verdict).toMatchObject({
      ok: true,
      value: { verified: [{ key: alice.key }], unknown: strangers },
    });
  });

  test('[LG-22] one known line that fails condemns the note', async () => {
    const [a, b] = [await signNote(text, alice), await signNote(text, bob)];
    const payloads = [
      b.payload.map((byte, at) => (at === 0 ? byte ^ 1 : byte)),
      b.payload.subarray(1),
      new Uint8Array(64),
    ];
    for (const payload of payloads) {
      const bytes = formatNote({ text, signatures: [a, { ...b, payload }] });
      expect(await verifyNote(bytes, [alice.key], nodeEd25519)).toMatchObject({ ok: true });
      expect(await verifyNote(bytes, [alice.key, bob.key], nodeEd25519)).toMatchObject({
        problem: { kind: 'SignatureWrong', rule: 'LG-22' },
      });
    }
  });

  test('[LG-22] a changed text is refused', async () => {
    const bytes = await signed(alice);
    const changed = bytes.map((byte, at) => (at === 3 ? byte ^ 1 : byte));
    expect((await verifyNote(changed, [alice.key], nodeEd25519)).ok).toBe(false);
  });

  test('[LG-23] a note no known key has signed is refused', async () => {
    for (const keys of [[], [bob.key]]) {
      expect(await verifyNote(await signed(alice), keys, nodeEd25519)).toMatchObject({
        problem: { kind: 'SignatureMissing', rule: 'LG-23' },
      });
    }
  });

  test('[LG-25] two known keys of one name and id cannot be told apart, and are refused', async () => {
    const twin = { ...alice.key, publicKey: bob.key.publicKey };
    expect(await verifyNote(await signed(alice), [alice.key, twin], nodeEd25519)).toMatchObject({
      problem: { kind: 'KeyAmbiguous' },
    });
  });

  test('[LG-27] sixteen signatures are read, a million bytes and one are not', async () => {
    const many = await signed(
      ...Array.from({ length: 16 }, (_, at) => toTestSigner(`signer${at}.test`, 'note')),
    );
    expect(parseNote(many).ok).toBe(true);
    const [a] = [await signNote(text, alice)];
    const crowd = formatNote({ text, signatures: Array.from({ length: 129 }, () => a) });
    expect(parseNote(crowd)).toMatchObject({ problem: { kind: 'NoteTooLarge', rule: 'LG-27' } });
    const long = formatNote({ text: `${'x'.repeat(noteLengthMax)}\n`, signatures: [a] });
    expect(parseNote(long)).toMatchObject({ problem: { kind: 'NoteTooLarge' } });
  });

  test('[LG-20] a text that cannot be signed is a bug', async () => {
    for (const wrong of ['', 'no newline', 'a\tb\n', 'a\r\n', 'half \ud800\n']) {
      await expect(signNote(wrong, alice)).rejects.toThrow(RangeError);
    }
    await expect(signNote(text, toTestSigner('w.test', 'cosignature'))).rejects.toThrow(RangeError);
  });
});

describe('keys', () => {
  test('[LG-24] names', () => {
    for (const name of ['a', 'example.com/log+'.slice(0, -1), 'ключ', '鍵/1', '\u0085'.repeat(0) + 'x']) {
      expect(isKeyName(name), name).toBe(true);
    }
    for (const name of [
      '',
      'a b',
      'a+b',
      'a\u00a0b',
      'a\u2028b',
      'a\u3000',
      'a\nb',
      '\ta',
      'a\u0085',
      'a\u0001b',
    ]) {
      expect(isKeyName(name), JSON.stringify(name)).toBe(false);
      expect(() => toVerifierKey({ ...alice.key, name })).toThrow(RangeError);
    }
  });

  test('[LG-25] a key id is four bytes of a hash that binds name, type and key', () => {
    const { name, publicKey } = alice.key;
    const digest = nodeSha256(Buffer.concat([Buffer.from(`${name}\n`), Uint8Array.of(1), publicKey]));
    expect(alice.key.id).toBe(Buffer.from(digest.subarray(0, 4)).toString('hex'));
    const ids = [alice.key, toVerifierKey({ name, publicKey, type: 'cosignature' }), bob.key].map(
      ({ id }) => id,
    );
    expect(new Set(ids).size).toBe(3);
  });

  test('[LG-25] reading undoes writing, for keys whose base64 has a plus in it too', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.constantFrom('note' as const, 'cosignature' as const),
        (publicKey, type) => {
          const key = toVerifierKey({ name: 'homeward.test/log', type, publicKey });
          expect(parseVerifierKey(formatVerifierKey(key))).toEqual({ ok: true, value: key });
        },
      ),
    );
  });

  test('[LG-25] any changed character of a key is refused', () => {
    const written = formatVerifierKey(alice.key);
    for (let at = 0; at < written.length; at += 1) {
      const changed = written.slice(0, at) + (written[at] === 'A' ? 'B' : 'A') + written.slice(at + 1);
      expect(parseVerifierKey(changed).ok, changed).toBe(false);
    }
    const ofType = (type: number, length: number) => {
      const body = Uint8Array.of(type, ...new Uint8Array(length));
      const digest = nodeSha256(Buffer.concat([Buffer.from('a\n'), body]));
      return `a+${Buffer.from(digest.subarray(0, 4)).toString('hex')}+${encodeBase64(body)}`;
    };
    expect(parseVerifierKey(ofType(1, 32)).ok).toBe(true);
    expect(parseVerifierKey(ofType(2, 32))).toMatchObject({ problem: { kind: 'KeyTypeUnknown' } });
    expect(parseVerifierKey(ofType(1, 31))).toMatchObject({ problem: { kind: 'KeyMalformed' } });
    expect(parseVerifierKey(ofType(4, 33))).toMatchObject({ problem: { kind: 'KeyMalformed' } });
    expect(parseVerifierKey(written.toUpperCase()).ok).toBe(false);
    expect(parseVerifierKey(`${written}\n`).ok).toBe(false);
  });
});
