import { createPrivateKey, generateKeyPairSync, sign, verify, createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toSentence, type Refusal } from '@homeward/core/exchange';
import { toVerifierKey, type Ed25519, type NoteSigner } from '@homeward/tlog';
import {
  createNodeClient,
  nodeProblems,
  parseAuthorization,
  parseReceiptText,
  Problem,
  readStream,
  signReceipt,
  toAuthorization,
  toExchangeProblem,
  toNodeProblem,
  toReceiptText,
  verifyReceipt,
  type NodeProblemKind,
  type StreamEvent,
} from './index.ts';
import { toOpenApi } from './openapi.ts';
import * as routes from './routes.ts';

const spkiHead = Buffer.from('302a300506032b6570032100', 'hex');
const ed25519: Ed25519 = {
  verify: (publicKey, message, signature) =>
    verify(
      null,
      message,
      createPublicKey({ key: Buffer.concat([spkiHead, publicKey]), format: 'der', type: 'spki' }),
      signature,
    ),
};

function makeSigner(name: string): NoteSigner {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(spkiHead.length);
  const key = createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' }));
  return {
    key: toVerifierKey({ name, type: 'note', publicKey: new Uint8Array(raw) }),
    sign: (message) => new Uint8Array(sign(null, message, key)),
  };
}

const hex = fc.stringMatching(/^[0-9a-f]{64}$/u);
const receipts = fc.record({
  origin: fc.constant('homeward.example/log'),
  act: hex,
  index: fc.nat(),
  leaf: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  accepted: fc.nat(),
  due: fc.nat(),
});

describe('receipts', () => {
  test('[WR-10] have one spelling', () => {
    fc.assert(
      fc.property(receipts, (receipt) => {
        expect(parseReceiptText(toReceiptText(receipt))).toEqual(receipt);
      }),
    );
    fc.assert(
      fc.property(receipts, fc.nat(200), fc.integer({ min: 33, max: 126 }), (receipt, at, code) => {
        const text = toReceiptText(receipt);
        const changed = text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
        const parsed = parseReceiptText(changed);
        if (parsed !== undefined) expect(toReceiptText(parsed)).toBe(changed);
      }),
    );
  });

  test('[WR-11] verify for the very entry, log and key, and for nothing else', async () => {
    const signer = makeSigner('homeward.example/log/receipts');
    const [drawn, other] = fc.sample(receipts, 2);
    if (drawn === undefined || other === undefined) throw new Error('no receipts');
    const receipt = { ...drawn, due: drawn.accepted + 10_000 };
    const note = await signReceipt(receipt, signer);
    const expected = { ...receipt, now: receipt.accepted, delayMaxMs: receipt.due - receipt.accepted };
    expect(await verifyReceipt(note, expected, signer.key, ed25519)).toEqual({ ok: true, receipt });
    for (const wrong of [{ origin: 'homeward.example/other' }, { act: other.act }, { leaf: other.leaf }]) {
      expect(await verifyReceipt(note, { ...expected, ...wrong }, signer.key, ed25519)).toMatchObject({
        ok: false,
      });
    }
    const tooLate = { ...expected, delayMaxMs: receipt.due - receipt.accepted - 1 };
    expect(await verifyReceipt(note, tooLate, signer.key, ed25519)).toMatchObject({ ok: false });
    const stranger = makeSigner('homeward.example/log/receipts');
    expect(await verifyReceipt(note, expected, stranger.key, ed25519)).toMatchObject({ ok: false });
    for (let at = 0; at < note.length; at += 1) {
      const changed = note.slice(0, at) + (note[at] === 'a' ? 'b' : 'a') + note.slice(at + 1);
      expect([at, (await verifyReceipt(changed, expected, signer.key, ed25519)).ok]).toEqual([at, false]);
    }
  });
});

describe('problems', () => {
  test('[WR-12] every kind of refusal has its status and title, and says nothing else by itself', () => {
    for (const kind of Object.keys(nodeProblems) as NodeProblemKind[]) {
      const problem = toNodeProblem(kind, 'what was found');
      expect(Problem.safeParse(problem).success).toBe(true);
      expect(problem.status).toBeGreaterThanOrEqual(400);
      expect(problem.type).toBe(`urn:homeward:problem:${kind}`);
    }
    const refusal: Refusal = { kind: 'KeyRevoked' };
    expect(toExchangeProblem(refusal)).toEqual({
      type: 'urn:homeward:problem:KeyRevoked',
      title: 'Key revoked.',
      status: 403,
      detail: toSentence(refusal),
      kind: 'KeyRevoked',
      refusal,
    });
  });
});

describe('signed requests', () => {
  test('[WR-13] the header has one spelling', () => {
    const request = {
      key: 'ab'.repeat(32),
      at: 1_760_000_000_000,
      nonce: 'A'.repeat(22),
      signature: new Uint8Array(64).fill(7),
    };
    const header = toAuthorization(request);
    expect(parseAuthorization(header)).toEqual(request);
    fc.assert(
      fc.property(fc.nat(header.length - 1), fc.integer({ min: 32, max: 126 }), (at, code) => {
        const changed = header.slice(0, at) + String.fromCharCode(code) + header.slice(at + 1);
        const parsed = parseAuthorization(changed);
        if (parsed !== undefined) expect(toAuthorization(parsed)).toBe(changed);
      }),
    );
  });
});

describe('the stream', () => {
  const text =
    'event: hello\ndata: {"origin":"o","role":"host","from":0,"size":2}\n\n' +
    'event: act\nid: 0\ndata: {"index":0,"envelope":"e30="}\n\n: still here\n\n' +
    'event: something-new\ndata: 1\n\n' +
    'event: checkpoint\ndata: o\ndata: 2\ndata: root\ndata: \ndata: — o sig\ndata: \n\n';
  const events: readonly StreamEvent[] = [
    { event: 'hello', origin: 'o', role: 'host', from: 0, size: 2 },
    { event: 'act', index: 0, envelope: 'e30=' },
    { event: 'checkpoint', note: 'o\n2\nroot\n\n— o sig\n' },
  ];
  async function read(chunks: readonly Uint8Array[]): Promise<readonly StreamEvent[]> {
    const found: StreamEvent[] = [];
    async function* each(): AsyncGenerator<Uint8Array> {
      for (const chunk of chunks) yield await Promise.resolve(chunk);
    }
    for await (const event of readStream(each())) found.push(event);
    return found;
  }

  test('[WR-14] reads alike however its bytes arrive, and passes over what it does not know', async () => {
    const bytes = new TextEncoder().encode(text);
    expect(await read([bytes])).toEqual(events);
    expect(await read(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(events);
  });

  test('[WR-14] ends at what is not its contract', async () => {
    const broken = text.replace('"index":0', '"index":-1');
    expect(await read([new TextEncoder().encode(broken)])).toEqual(events.slice(0, 1));
    expect(await read([new TextEncoder().encode(`event: act\ndata: ${'x'.repeat(300_000)}`)])).toEqual([]);
  });
});

describe('the client', () => {
  test('[WR-15] answers with a problem for a node that is away or breaks its contract', async () => {
    const away = createNodeClient('http://node.example', async () =>
      Promise.reject(new TypeError('fetch failed')),
    );
    expect(await away.getStatus()).toMatchObject({ ok: false, problem: { kind: 'unreachable' } });
    for (const body of ['', '[]', '{"role":"king"}', '<html>']) {
      const odd = createNodeClient('http://node.example', async () => Promise.resolve(new Response(body)));
      expect(await odd.getStatus()).toMatchObject({ ok: false, problem: { kind: 'contract-broken' } });
    }
    const keeping = createNodeClient('http://node.example', async () =>
      Promise.resolve(Response.json({ id: 'a'.repeat(64) }, { status: 202 })),
    );
    expect(await keeping.submitAct(new Uint8Array())).toEqual({
      ok: true,
      status: 202,
      body: { id: 'a'.repeat(64) },
    });
    const refusing = createNodeClient('http://node.example', async () =>
      Promise.resolve(Response.json(toNodeProblem('halted', 'a fork'), { status: 503 })),
    );
    expect(await refusing.submitAct(new Uint8Array())).toMatchObject({
      ok: false,
      status: 503,
      problem: { kind: 'halted', detail: 'a fork' },
    });
  });
});

describe('OpenAPI', () => {
  test('[WR-16] names every route', () => {
    const document = toOpenApi() as { readonly paths: Readonly<Record<string, object>> };
    const named = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    const defined = Object.values(routes).flatMap((route) =>
      typeof route === 'object' ? [`${route.method} ${route.path}`] : [],
    );
    expect(named.toSorted()).toEqual(defined.toSorted());
    expect(defined.length).toBeGreaterThan(10);
  });
});
