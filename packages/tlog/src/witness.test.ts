import { describe, expect, test } from 'vitest';
import {
  logSigner,
  origin,
  signHead,
  toEntry,
  toSource,
  trust,
  witnessSigners,
  writeLog,
} from '../testing/memory-log.ts';
import { nodeEd25519, nodeSha256, toTestSigner } from '../testing/node-crypto.ts';
import { ReferenceTree } from '../testing/reference.ts';
import {
  addCheckpoint,
  decideWitness,
  emptyRoot,
  formatCheckpoint,
  formatNote,
  formatWitnessRequest,
  keepSignatures,
  leafHash,
  parseSignatures,
  parseWitnessRequest,
  Prover,
  readCheckpoint,
  signCheckpoint,
  signNote,
  type TreeHead,
  verifyCheckpoint,
  type Witness,
  type WitnessStore,
} from './index.ts';

const reference = new ReferenceTree(Array.from({ length: 40 }, (_, at) => toEntry(at)));
const head = (size: number): TreeHead => ({ size, root: new Uint8Array(reference.root(0, size)) });
const [signer] = witnessSigners;
const time = 1_760_000_000;

/** A store in memory whose `replace` is atomic; `pause` lets a test interleave requests before it. */
class MemoryStore implements WitnessStore {
  readonly kept = new Map<string, Uint8Array>();
  pause: () => Promise<void> = () => Promise.resolve();

  find(log: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.kept.get(log));
  }

  async replace(log: string, expected: Uint8Array | undefined, next: Uint8Array): Promise<boolean> {
    await this.pause();
    if (this.kept.get(log) !== expected) return false;
    this.kept.set(log, next);
    return true;
  }
}

function toWitness(store = new MemoryStore()): Witness & { readonly store: MemoryStore } {
  return { signer: signer!, logs: [logSigner.key], store, ed25519: nodeEd25519, sha256: nodeSha256 };
}

function ask(
  oldSize: number,
  next: TreeHead,
  proof = oldSize === 0 ? [] : reference.proof(oldSize, next.size),
) {
  return signCheckpoint({ origin, ...next }, logSigner).then((checkpoint) =>
    formatWitnessRequest({ oldSize, proof, checkpoint }),
  );
}

describe('requests', () => {
  test('[LG-34] reading undoes writing', async () => {
    const checkpoint = await signHead(head(9));
    for (const [oldSize, proof] of [
      [0, []],
      [5, reference.proof(5, 9)],
      [9, []],
    ] as const) {
      const body = formatWitnessRequest({ oldSize, proof, checkpoint });
      const parsed = parseWitnessRequest(body);
      if (!parsed.ok) expect.fail(parsed.problem.text);
      expect(Buffer.from(formatWitnessRequest(parsed.value)).equals(body)).toBe(true);
      expect(parsed.value.claimed).toMatchObject({ origin, size: 9 });
    }
  });

  test('[LG-34] anything else is answered by 400', async () => {
    const good = Buffer.from(await ask(0, head(3))).toString();
    const hash = `${Buffer.from(emptyRoot()).toString('base64')}\n`;
    const bodies = [
      ...[
        '',
        'old 0',
        'old 0\n\n',
        good.slice(4),
        good.replace('old 0', 'old'),
        good.replace('old 0', 'Old 0'),
      ],
      ...[good.replace('old 0', 'old 00'), good.replace('old 0', 'old -1'), good.replace('old 0', 'old  0')],
      ...[good.replace('old 0', 'old 0 '), good.replace('old 0', 'old 18446744073709551615')],
      ...[
        good.replace('\n\n', '\nAAAA\n\n'),
        good.replace('\n\n', `\n${hash.trim()} \n\n`),
        good.replace('\n\n', '\n'),
      ],
      ...[good.replace('\n\n', `\n${hash.repeat(64)}\n`), good.replace('\n\n', '\n\n\n'), `${good}\n`],
      good.replace(/\n3\n/, '\n03\n'),
    ];
    for (const body of bodies) {
      const answer = await addCheckpoint(toWitness(), Buffer.from(body), time);
      expect(answer, JSON.stringify(body)).toMatchObject({ status: 400, kind: 'Malformed' });
    }
    const invalid = Uint8Array.of(...Buffer.from(good), 0xff);
    expect(await addCheckpoint(toWitness(), invalid, time)).toMatchObject({ status: 400 });
    const sixtyThree = Buffer.from(good.replace('\n\n', `\n${hash.repeat(63)}\n`));
    expect(await addCheckpoint(toWitness(), sixtyThree, time)).toMatchObject({ status: 422 });
  });
});

describe('answers', () => {
  test('[LG-35] a log that is not watched: 404', async () => {
    const other = toTestSigner('other.test/log', 'note');
    const checkpoint = await signCheckpoint({ origin: 'other.test/log', ...head(3) }, other);
    const body = formatWitnessRequest({ oldSize: 0, proof: [], checkpoint });
    expect(await addCheckpoint(toWitness(), body, time)).toMatchObject({ status: 404, kind: 'LogUnknown' });
  });

  test('[LG-36] no trusted signature, or one that fails: 403', async () => {
    const text = formatCheckpoint({ origin, ...head(3) });
    const stranger = toTestSigner(origin, 'note', 'stranger');
    const good = await signNote(text, logSigner);
    const bad = { ...good, payload: good.payload.map((byte) => byte ^ 1) };
    for (const signatures of [[await signNote(text, stranger)], [bad], [good, bad]]) {
      const body = formatWitnessRequest({
        oldSize: 0,
        proof: [],
        checkpoint: formatNote({ text, signatures }),
      });
      const witness = toWitness();
      expect(await addCheckpoint(witness, body, time)).toMatchObject({ status: 403, kind: 'Untrusted' });
      expect(witness.store.kept.size).toBe(0);
    }
  });

  test('[LG-37] an old size above the checkpoint: 400, before anything is said about the last size', async () => {
    const answer = await addCheckpoint(toWitness(), await ask(4, head(3), []), time);
    expect(answer).toMatchObject({ status: 400, kind: 'OldSizeAhead' });
  });

  test('[LG-38] an old size that is not the last one: 409 and the size', async () => {
    const witness = toWitness();
    expect(await addCheckpoint(witness, await ask(2, head(3)), time)).toMatchObject({
      status: 409,
      body: '0\n',
    });
    expect(await addCheckpoint(witness, await ask(0, head(5)), time)).toMatchObject({ status: 200 });
    for (const [oldSize, size] of [
      [0, 5],
      [0, 9],
      [4, 9],
      [6, 9],
      [3, 4],
    ] as const) {
      const answer = await addCheckpoint(witness, await ask(oldSize, head(size)), time);
      expect(answer).toMatchObject({ status: 409, size: 5, body: '5\n' });
    }
  });

  test('[LG-39] wrong proof, proof from 0, forked root, empty tree with another root: 422', async () => {
    const witness = toWitness();
    const other = { size: 5, root: leafHash(Uint8Array.of(9)) };
    const some = [leafHash(Uint8Array.of(1))];
    const isInconsistent = async (body: Uint8Array) => {
      expect(await addCheckpoint(witness, body, time)).toMatchObject({ status: 422, kind: 'Inconsistent' });
    };
    await isInconsistent(await ask(0, head(5), some));
    await isInconsistent(await ask(0, { ...other, size: 0 }));
    expect(await addCheckpoint(witness, await ask(0, head(5)), time)).toMatchObject({ status: 200 });
    await isInconsistent(await ask(5, head(9), []));
    await isInconsistent(await ask(5, head(9), some));
    await isInconsistent(await ask(5, head(9), [...reference.proof(5, 9), ...some]));
    await isInconsistent(await ask(5, { ...other, size: 9 }, reference.proof(5, 9)));
    await isInconsistent(await ask(5, other, []));
    await isInconsistent(await ask(5, head(5), some));
    expect(readCheckpoint(witness.store.kept.get(origin)!)).toMatchObject({ value: { checkpoint: head(5) } });
  });

  test('[LG-40] what passes: 200, one line that verifies, and the whole checkpoint kept', async () => {
    const witness = toWitness();
    let old = 0;
    for (const size of [0, 0, 1, 1, 7, 8, 8, 40]) {
      const at = time + size;
      const checkpoint = await signHead(head(size), [toTestSigner('stranger.test', 'cosignature')]);
      const body = formatWitnessRequest({
        oldSize: old,
        proof: old === 0 ? [] : reference.proof(old, size),
        checkpoint,
      });
      const answer = await addCheckpoint(witness, body, at);
      if (answer.kind !== 'Cosigned') expect.fail(`${size}: ${answer.kind}`);
      const lines = parseSignatures(answer.body);
      expect(lines).toMatchObject({ ok: true, value: [{ name: signer!.key.name, id: signer!.key.id }] });
      const kept = witness.store.kept.get(origin)!;
      expect(kept).toBe(answer.checkpoint);
      const verified = await verifyCheckpoint(kept, trust, nodeEd25519);
      expect(verified).toMatchObject({
        ok: true,
        value: {
          ...head(size),
          log: logSigner.key,
          cosignatures: [{ key: signer!.key, time: at }],
          unknown: [],
        },
      });
      // The client may append the answer to its checkpoint, as the protocol suggests.
      const joined = Buffer.concat([keepSignatures(checkpoint, [logSigner.key]), Buffer.from(answer.body)]);
      expect((await verifyCheckpoint(joined, trust, nodeEd25519)).ok).toBe(true);
      old = size;
    }
  });
});

describe('memory', () => {
  test('[LG-41] of requests at the same time one is cosigned from each state, and memory never goes back', async () => {
    const store = new MemoryStore();
    const witness = toWitness(store);
    await addCheckpoint(witness, await ask(0, head(5)), time);
    let waiting: (() => void)[] = [];
    store.pause = () => new Promise<void>((go) => waiting.push(go));
    const sizes = [9, 12, 7, 30, 6];
    const answers = await Promise.all(sizes.map((size) => ask(5, head(size)))).then(async (bodies) => {
      const all = bodies.map((body) => addCheckpoint(witness, body, time));
      let open = bodies.length;
      for (const one of all) void one.finally(() => (open -= 1));
      // All have decided upon size 5 before the first may store; then they are let go, the last first.
      while (waiting.length < bodies.length) await new Promise((next) => setImmediate(next));
      while (open > 0) {
        const held = waiting;
        waiting = [];
        for (const go of held.reverse()) go();
        await new Promise((next) => setImmediate(next));
      }
      return Promise.all(all);
    });
    const cosigned = answers.flatMap((answer, at) => (answer.status === 200 ? [sizes[at]] : []));
    expect(cosigned).toEqual([6]);
    expect(answers.filter(({ status }) => status === 409).length).toBe(4);
    expect(readCheckpoint(store.kept.get(origin)!)).toMatchObject({ value: { checkpoint: { size: 6 } } });
  });

  test('[LG-41] the answer waits for the store', async () => {
    const store = new MemoryStore();
    const order: string[] = [];
    store.pause = async () => {
      await new Promise((next) => setImmediate(next));
      order.push('stored');
    };
    await addCheckpoint(toWitness(store), await ask(0, head(3)), time).then(() => order.push('answered'));
    expect(order).toEqual(['stored', 'answered']);
  });

  test('[LG-41] a damaged memory signs nothing', async () => {
    const store = new MemoryStore();
    store.kept.set(origin, Buffer.from('damaged'));
    await expect(addCheckpoint(toWitness(store), await ask(0, head(3)), time)).rejects.toThrow(/damaged/);
  });

  test('[LG-39] every true pair of sizes is cosigned, every false one is not', () => {
    for (let next = 0; next <= 40; next += 1) {
      for (let last = 0; last <= next; last += 1) {
        const proof = last === 0 ? [] : reference.proof(last, next);
        const question = {
          oldSize: last,
          proof,
          next: head(next),
          last: last === 0 ? undefined : head(last),
        };
        expect(decideWitness(question)).toEqual({ kind: 'Cosign' });
        const forked = { size: next, root: leafHash(Uint8Array.of(7)) };
        if (last > 0 || next === 0)
          expect(decideWitness({ ...question, next: forked }).kind).toBe('Inconsistent');
      }
    }
  });

  test('[LG-40] proofs from the tiles satisfy the witness', async () => {
    const sizes = [300, 1000, 2000];
    const { files } = await writeLog(sizes);
    const prover = new Prover(toSource(files), nodeSha256);
    const tree = new ReferenceTree(Array.from({ length: 2000 }, (_, at) => toEntry(at)));
    const witness = toWitness();
    let last = 0;
    for (const size of sizes) {
      const next = { size, root: tree.root(0, size) };
      const made = await prover.consistency({ oldSize: last, tree: next });
      if (!made.ok) expect.fail(made.problem.text);
      expect(await addCheckpoint(witness, await ask(last, next, made.value.proof), time)).toMatchObject({
        status: 200,
      });
      last = size;
    }
  });
});
