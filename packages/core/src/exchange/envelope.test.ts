import { encodeBase64 } from '@homeward/tlog';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Act, ActKind, Bodies } from './acts.ts';
import { personsPerActMax, personsPerTrancheMax } from './act/vocabulary.ts';
import { canonicalText } from './act/canonical.ts';
import { findSigningKey } from './decide.ts';
import {
  actIdOf,
  encodeAct,
  envelopeBytesMax,
  faultToSentence,
  parseEnvelope,
  payloadType,
  preAuthEncoding,
  sealEnvelope,
} from './envelope.ts';
import type { ParsedEnvelope } from './envelope.ts';
import type { EntryId, TrancheId } from './act/ids.ts';
import { byLeg, madeUpHash, player, Rehearsal } from '../../testing/rehearsal.ts';

const rehearsal = new Rehearsal('envelopes');
rehearsal.open(['A', 'B'], ['N']);
const officer = player('A', 'officer');
const signature = new Uint8Array(64).fill(7);
const draft = <K extends ActKind>(kind: K, body: Bodies[K]): Act => rehearsal.draft(officer, kind, body).act;
const act = draft('ExchangeSuspended', { reason: 'Čas і час 🕊' });
const sealed = sealEnvelope(encodeAct(act), officer.key, signature);

/** The envelope of any JSON text as payload. */
const wrap = (payload: string | Uint8Array): Uint8Array =>
  sealEnvelope(typeof payload === 'string' ? utf8ToBytes(payload) : payload, officer.key, signature);
const faultOf = (parsed: ParsedEnvelope): string =>
  parsed.kind === 'malformed' ? parsed.fault.kind : 'parsed';
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('an envelope', () => {
  it('[EX-6] [EX-7] comes back as it was sealed', () => {
    const parsed = parseEnvelope(sealed);
    if (parsed.kind !== 'parsed') throw new Error('a sealed envelope does not parse');
    const { envelope } = parsed;
    expect(envelope.act).toEqual(act);
    expect(envelope.keyid).toBe(officer.key);
    expect(envelope.signature).toEqual(signature);
    expect(envelope.id).toBe(bytesToHex(sha256(envelope.actBytes)));
    expect(textOf(envelope.actBytes)).toBe(canonicalText(act));
    expect(textOf(envelope.signedBytes)).toBe(
      `DSSEv1 ${payloadType.length} ${payloadType} ${envelope.actBytes.length} ${canonicalText(act)}`,
    );
  });

  it('[EX-7] signed anew holds the same act', () => {
    const again = parseEnvelope(sealEnvelope(encodeAct(act), officer.key, new Uint8Array(64).fill(9)));
    expect(again.kind === 'parsed' && again.envelope.id).toBe(actIdOf(encodeAct(act)));
    expect(preAuthEncoding(encodeAct(act))).toEqual(preAuthEncoding(encodeAct(act)));
  });

  it('[EX-6] refuses every other spelling of the envelope', () => {
    const text = textOf(sealed);
    const { payload, signatures } = JSON.parse(text) as { payload: string; signatures: object[] };
    const others = [
      ` ${text}`,
      `${text}\n`,
      text.replace('"payload":', '"payload": '),
      text.replace('{"payload"', '{"payload":"","payload"'),
      JSON.stringify({ payloadType, payload, signatures }),
      text.replace('payloadType', 'payload\\u0054ype'),
    ];
    for (const other of others) expect(faultOf(parseEnvelope(utf8ToBytes(other)))).toBe('not-canonical');
    const wrong: readonly unknown[] = [
      { payload, payloadType, signatures: [...signatures, ...signatures] },
      { payload, payloadType, signatures: [] },
      { payload, payloadType: 'text/plain', signatures },
      { extra: 1, payload, payloadType, signatures },
      { payload: 1, payloadType, signatures },
      { payload: `${payload.slice(0, -4)}AB==`, payloadType, signatures },
      { payload, payloadType, signatures: [{ keyid: officer.key, sig: 'AAAA' }] },
      [],
      null,
      'text',
    ];
    for (const other of wrong) {
      expect(faultOf(parseEnvelope(utf8ToBytes(canonicalText(other))))).toBe('not-an-envelope');
    }
  });

  it('[EX-6] refuses every other spelling of the act', () => {
    const text = canonicalText(act);
    const others = [
      ` ${text}`,
      text.replace('{"after"', '{ "after"'),
      text.replace('"size":', '"size":0'),
      text.replace('"size":', '"size":1e0,"size":'),
      text.replace('🕊', '\\ud83d\\udd4a'),
      text.replace(/\{"after":(\{[^}]*\}),/u, '{').replace(/\}$/u, ',"after":{}}'),
    ];
    for (const other of others) {
      expect(other).not.toBe(text);
      expect(['not-canonical', 'not-json']).toContain(faultOf(parseEnvelope(wrap(other))));
    }
    expect(faultOf(parseEnvelope(wrap(text.replace('🕊', '\\ud83d'))))).toBe('not-json');
    // Names that look like numbers are sorted as text, not as the language keeps them.
    const terms = draft('ExchangeCompleted', { returned: byLeg({ '10': 1, '9': 2, '1': 3 }) });
    expect(canonicalText(terms)).toContain('"1":3,"10":1,"9":2');
    expect(faultOf(parseEnvelope(wrap(encodeAct(terms))))).toBe('parsed');
    expect(faultOf(parseEnvelope(wrap(JSON.stringify(JSON.parse(canonicalText(terms))))))).toBe(
      'not-canonical',
    );
  });

  it('[EX-8] is read up to 65,535 bytes', () => {
    const most = Math.floor((envelopeBytesMax - wrap('').length) / 4) * 3;
    expect(wrap('x'.repeat(most)).length).toBeLessThanOrEqual(envelopeBytesMax);
    expect(faultOf(parseEnvelope(wrap('x'.repeat(most))))).toBe('not-json');
    expect(faultOf(parseEnvelope(wrap('x'.repeat(most + 1))))).toBe('oversize');
    expect(faultOf(parseEnvelope(new Uint8Array(65_535)))).toBe('not-json');
    expect(faultOf(parseEnvelope(new Uint8Array(65_536)))).toBe('oversize');
  });

  it('[EX-9] of hostile bytes gets a verdict in words', () => {
    const cases: readonly (readonly [Uint8Array, string])[] = [
      [new Uint8Array(), 'not-json'],
      [Uint8Array.of(0xff, 0xfe), 'not-utf8'],
      [wrap(Uint8Array.of(0xc0, 0x80)), 'not-utf8'],
      [wrap(Uint8Array.of(0xed, 0xa0, 0x80)), 'not-utf8'],
      [utf8ToBytes('{'), 'not-json'],
      [utf8ToBytes('['.repeat(20_000)), 'too-deep'],
      [utf8ToBytes('['.repeat(20_000) + ']'.repeat(20_000)), 'too-deep'],
      [wrap('['.repeat(20_000) + ']'.repeat(20_000)), 'too-deep'],
      [wrap('{"a":'.repeat(5000) + '1' + '}'.repeat(5000)), 'too-deep'],
      [wrap('null'), 'wrong-shape'],
      [wrap('[]'), 'wrong-shape'],
      [wrap(canonicalText({ ...act, kind: 'ExchangeWon' })), 'unknown-kind'],
      [wrap(canonicalText({ ...act, kind: 'constructor' })), 'unknown-kind'],
      [wrap(canonicalText({ ...act, kind: '__proto__' })), 'unknown-kind'],
      [wrap(canonicalText({ ...act, by: player('B', 'officer').key })), 'key-differs'],
      [wrap(canonicalText({ ...act, at: '2025-05-23 06:30' })), 'wrong-shape'],
      [wrap(canonicalText({ ...act, nonce: 'short' })), 'wrong-shape'],
      [wrap(canonicalText({ ...act, after: { size: -1, root: act.after.root } })), 'wrong-shape'],
      [wrap(canonicalText({ ...act, after: { size: 0.5, root: act.after.root } })), 'wrong-shape'],
      [wrap(canonicalText({ ...act, role: 'king' })), 'wrong-shape'],
    ];
    for (const [bytes, kind] of cases) {
      const parsed = parseEnvelope(bytes);
      expect(faultOf(parsed)).toBe(kind);
      if (parsed.kind === 'malformed') expect(faultToSentence(parsed.fault)).toMatch(/^The |^No |^An /u);
    }
  });

  it('[EX-9] tells a wrong shape by pointer and by what was expected', () => {
    const ref = { tranche: 'tranche-0123456789012345', leg: 'A-B', step: 1 };
    const wrong = { ...draft('StepReleased', ref as never), body: { ...ref, step: 'one' } };
    const parsed = parseEnvelope(wrap(canonicalText(wrong)));
    expect(parsed).toEqual({
      kind: 'malformed',
      fault: { kind: 'wrong-shape', pointer: '/body/step', expected: 'a whole number from 1 to 1000000' },
    });
    const deep = draft('ClearanceRecorded', {
      stage: 'at-line',
      persons: [{ entry: 'x' as EntryId, cleared: true }],
    });
    expect(parseEnvelope(wrap(canonicalText(deep)))).toMatchObject({
      fault: { pointer: '/body/persons/0/entry' },
    });
  });

  it('[EX-9] never throws, whatever the bytes', () => {
    const shapes = [
      fc.uint8Array({ maxLength: 300 }),
      fc.json({ maxDepth: 8 }).map((text) => wrap(text)),
      fc.json().map((text) => utf8ToBytes(text)),
      // One byte of a good envelope changed.
      fc.tuple(fc.nat(sealed.length - 1), fc.nat(255)).map(([at, byte]) => sealed.with(at, byte)),
      fc.nat(sealed.length).map((end) => sealed.subarray(0, end)),
      // A good act with one member replaced by anything.
      fc
        .tuple(fc.constantFrom(...Object.keys(act), '__proto__', 'constructor'), fc.jsonValue())
        .map(([key, value]) =>
          wrap(canonicalText(Object.fromEntries([...Object.entries(act), [key, value]]))),
        ),
      fc
        .tuple(fc.constantFrom(...rehearsal.acts), fc.jsonValue())
        .map(([good, body]) => wrap(canonicalText({ ...good.act, body }))),
    ];
    fc.assert(
      fc.property(fc.oneof(...shapes), (bytes) => {
        const parsed = parseEnvelope(bytes);
        if (parsed.kind === 'parsed') {
          const { actBytes, keyid, signature: sig } = parsed.envelope;
          // What parses is spelt as the seal would spell it.
          expect(sealEnvelope(actBytes, keyid, sig)).toEqual(bytes);
          expect(encodeAct(parsed.envelope.act)).toEqual(actBytes);
        } else expect(faultToSentence(parsed.fault).length).toBeGreaterThan(10);
      }),
      { numRuns: 4000, seed: 11 },
    );
  });

  it('[EX-10] refuses members that no kind has', () => {
    for (const name of ['note', '__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const extra = canonicalText(act).replace('{"after"', `{${JSON.stringify(name)}:{},"after"`);
      const sorted = canonicalText(JSON.parse(extra));
      expect(faultOf(parseEnvelope(wrap(sorted)))).toBe('wrong-shape');
      const body = canonicalText({ ...act, body: JSON.parse(`{${JSON.stringify(name)}:1}`) as object });
      expect(faultOf(parseEnvelope(wrap(body)))).toBe('wrong-shape');
    }
  });

  it('[EX-11] holds a sitting of 200 with the longest ids, and a whole tranche', () => {
    const id = (n: number, length: number): string => String(n).padStart(length, '0');
    const judgements = Array.from({ length: personsPerActMax }, (_, n) => ({
      entry: id(n, 43) as EntryId,
      verdict: 'transferred-to-third-power' as const,
      counterpart: id(n + 1000, 43) as EntryId,
      reason: madeUpHash(String(n)),
    }));
    const openings = Array.from({ length: personsPerActMax }, (_, n) => ({
      entry: id(n, 43) as EntryId,
      commitment: officer.publicKey,
      category: 'retained-personnel' as const,
      lane: 'direct-repatriation' as const,
    }));
    const list = id(1, 43) as never;
    const persons = Array.from({ length: personsPerTrancheMax }, (_, n) => id(n, 22) as EntryId);
    const tranche = id(7, 22) as TrancheId;
    for (const largest of [
      draft('EntryJudged', { judgements }),
      draft('ListOpened', { list, part: 1, parts: 5000, entries: openings, reveal: madeUpHash('key') }),
      draft('TrancheProposed', {
        tranche,
        number: 1,
        persons: byLeg({ ['L'.repeat(64)]: persons }),
        plan: madeUpHash('plan'),
      }),
    ]) {
      expect(faultOf(parseEnvelope(wrap(encodeAct(largest))))).toBe('parsed');
    }
    const tooMany = draft('EntryJudged', { judgements: [...judgements, judgements[0]!] });
    expect(faultOf(parseEnvelope(wrap(encodeAct(tooMany))))).toMatch(/wrong-shape|oversize/u);
    const crowd = draft('TrancheProposed', {
      tranche,
      number: 1,
      persons: byLeg({ a: [...persons, persons[0]!] }),
    });
    expect(parseEnvelope(wrap(encodeAct(crowd)))).toMatchObject({ fault: { pointer: '/body/persons/a' } });
  });

  it('[EX-12] says from the record or from itself which key must have signed', () => {
    const opening = rehearsal.acts[0]!.act;
    const unopened = new Rehearsal('nothing yet').state;
    expect(findSigningKey(unopened, opening)).toBe(rehearsal.host.publicKey);
    const enrolment = rehearsal.acts.find((one) => one.act.kind === 'KeyEnrolled')!.act;
    expect(findSigningKey(unopened, enrolment)).toBe(
      enrolment.kind === 'KeyEnrolled' ? enrolment.body.publicKey : undefined,
    );
    expect(findSigningKey(rehearsal.state, act)).toBe(officer.publicKey);
    const stranger = rehearsal.draft(player('X', 'officer'), 'ExchangeSuspended', {}).act;
    expect(findSigningKey(rehearsal.state, stranger)).toBeUndefined();
    expect(encodeBase64(signature)).toHaveLength(88);
  });
});
