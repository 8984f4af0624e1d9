import { describe, expect, test } from 'vitest';
import { logSigner, origin, signHead, trust, witnessSigners } from '../testing/memory-log.ts';
import { nodeEd25519, toTestSigner } from '../testing/node-crypto.ts';
import {
  addSignatures,
  type Checkpoint,
  cosign,
  cosignedMessage,
  emptyRoot,
  formatCheckpoint,
  formatCosignature,
  formatNote,
  keepSignatures,
  leafHash,
  parseCheckpoint,
  parseCosignature,
  parseDecimal,
  signCheckpoint,
  signNote,
  verifyCheckpoint,
} from './index.ts';

const root = leafHash(new Uint8Array(3));
const checkpoint: Checkpoint = { origin, size: 70_000, root };
const [witness] = witnessSigners;

describe('checkpoints', () => {
  test('[LG-28] are three lines', () => {
    const text = `${origin}\n70000\n${Buffer.from(root).toString('base64')}\n`;
    expect(formatCheckpoint(checkpoint)).toBe(text);
    expect(parseCheckpoint(text)).toEqual({ ok: true, value: checkpoint });
    const lines = text.split('\n');
    for (const wrong of [
      '',
      '\n',
      lines.slice(0, 2).join('\n'),
      text.slice(0, -1),
      `\n${text.slice(text.indexOf('\n') + 1)}`,
    ]) {
      expect(parseCheckpoint(wrong), wrong).toMatchObject({ ok: false });
    }
    const short = Buffer.from(root.subarray(1)).toString('base64');
    expect(parseCheckpoint(`a\n1\n${short}\n`)).toMatchObject({ problem: { kind: 'CheckpointMalformed' } });
    for (const bad of [
      { origin: '' },
      { origin: 'a\nb' },
      { size: -1 },
      { size: 1.5 },
      { root: new Uint8Array(31) },
    ]) {
      expect(() => formatCheckpoint({ ...checkpoint, ...bad })).toThrow(RangeError);
    }
  });

  test('[LG-29] numbers have one spelling', () => {
    for (const text of ['0', '1', '10', '9007199254740991']) {
      expect(parseDecimal(text)).toEqual({ ok: true, value: Number(text) });
    }
    for (const text of ['', '00', '01', '+1', '-1', '1.0', '1e3', ' 1', '1 ', '0x1', '١', '1_000', 'NaN']) {
      expect(parseDecimal(text)).toMatchObject({ problem: { kind: 'NumberMalformed', rule: 'LG-29' } });
    }
  });

  test('[LG-11] a size above 2^53 - 1 is refused, not rounded', () => {
    const rest = formatCheckpoint(checkpoint).split('\n').slice(2).join('\n');
    for (const size of ['9007199254740992', '18446744073709551615']) {
      expect(parseCheckpoint(`${origin}\n${size}\n${rest}`)).toMatchObject({
        problem: { kind: 'NumberTooLarge' },
      });
    }
  });

  test('[LG-30] extension lines are refused', () => {
    expect(parseCheckpoint(`${formatCheckpoint(checkpoint)}more\n`)).toMatchObject({
      problem: { kind: 'CheckpointExtended', rule: 'LG-30' },
    });
  });

  test('[LG-31] only a known key named like the origin makes a checkpoint count', async () => {
    const good = await signHead(checkpoint);
    expect(await verifyCheckpoint(good, trust, nodeEd25519)).toMatchObject({
      ok: true,
      value: { ...checkpoint, log: logSigner.key },
    });
    const missing = { problem: { kind: 'LogSignatureMissing', rule: 'LG-31' } };
    // Witnesses alone are no log.
    const onlyWitnesses = keepSignatures(good, trust.witnesses);
    expect(await verifyCheckpoint(onlyWitnesses, trust, nodeEd25519)).toMatchObject(missing);
    expect(await verifyCheckpoint(good, { ...trust, logs: [] }, nodeEd25519)).toMatchObject(missing);
    expect(await verifyCheckpoint(good, { logs: [], witnesses: [] }, nodeEd25519)).toMatchObject(missing);
    // Another accepted log signs for an origin that is not its own.
    const other = toTestSigner('other.test/log', 'note');
    const text = formatCheckpoint(checkpoint);
    const borrowed = formatNote({ text, signatures: [await signNote(text, other)] });
    expect(
      await verifyCheckpoint(borrowed, { ...trust, logs: [other.key, logSigner.key] }, nodeEd25519),
    ).toMatchObject(missing);
    await expect(signCheckpoint(checkpoint, other)).rejects.toThrow(RangeError);
  });
});

describe('cosignatures', () => {
  test('[LG-32] sign two lines and the whole text', async () => {
    const text = formatCheckpoint({ ...checkpoint, size: 0, root: emptyRoot() });
    expect(Buffer.from(cosignedMessage(text, 1_679_315_147)).toString()).toBe(
      `cosignature/v1\ntime 1679315147\n${origin}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n`,
    );
    const line = await cosign(text, witness!, 1_679_315_147);
    const signed = formatNote({ text, signatures: [await signNote(text, logSigner), line] });
    expect(await verifyCheckpoint(signed, trust, nodeEd25519)).toMatchObject({
      ok: true,
      value: { cosignatures: [{ key: witness!.key, time: 1_679_315_147 }] },
    });
  });

  test('[LG-33] carry the time in eight bytes, and the time is signed', async () => {
    const text = formatCheckpoint(checkpoint);
    const line = await cosign(text, witness!, 0x0102030405);
    expect([...line.payload.subarray(0, 8)]).toEqual([0, 0, 0, 1, 2, 3, 4, 5]);
    expect(line.payload.length).toBe(72);
    const log = await signNote(text, logSigner);
    for (let at = 0; at < 72; at += 1) {
      const payload = line.payload.map((byte, i) => (i === at ? byte ^ 1 : byte));
      const bytes = formatNote({ text, signatures: [log, { ...line, payload }] });
      expect((await verifyCheckpoint(bytes, trust, nodeEd25519)).ok, `byte ${at}`).toBe(false);
    }
  });

  test('[LG-33] a time of 0 or beyond 2^53 - 1, or another length, is refused', async () => {
    const payload = formatCosignature({ time: 1, signature: new Uint8Array(64) });
    const withTime = (...bytes: number[]) =>
      parseCosignature(Uint8Array.of(...bytes, ...payload.subarray(8)));
    expect(parseCosignature(payload)).toMatchObject({ ok: true, value: { time: 1 } });
    expect(withTime(0, 0x1f, 255, 255, 255, 255, 255, 255)).toMatchObject({ value: { time: 2 ** 53 - 1 } });
    for (const bytes of [
      [0, 0, 0, 0, 0, 0, 0, 0],
      [0, 0x20, 0, 0, 0, 0, 0, 0],
      [0x80, 0, 0, 0, 0, 0, 0, 1],
      Array<number>(8).fill(255),
    ]) {
      expect(withTime(...bytes)).toMatchObject({ problem: { kind: 'TimeOutOfRange', rule: 'LG-33' } });
    }
    expect(parseCosignature(payload.subarray(1)).ok).toBe(false);
    expect(parseCosignature(Uint8Array.of(...payload, 0)).ok).toBe(false);
    for (const time of [0, -1, 1.5, 2 ** 53]) {
      await expect(cosign('a\n', witness!, time)).rejects.toThrow(RangeError);
    }
    await expect(cosign('a\n', logSigner, 1)).rejects.toThrow(RangeError);
  });

  test('[LG-40] a newer line by the same key takes the place of the older', async () => {
    const bytes = await signHead(checkpoint);
    const line = await cosign(formatCheckpoint(checkpoint), witness!, 1_800_000_000);
    const verified = await verifyCheckpoint(addSignatures(bytes, [line]), trust, nodeEd25519);
    if (!verified.ok) expect.fail(verified.problem.text);
    const times = verified.value.cosignatures
      .filter(({ key }) => key.id === witness!.key.id)
      .map(({ time }) => time);
    expect(times).toEqual([1_800_000_000]);
    expect(verified.value.cosignatures.length).toBe(3);
  });
});
