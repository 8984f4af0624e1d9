import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emptyTip, formatVerifierKey, planAppend, signCheckpoint, toVerifierKey } from '@homeward/tlog';
import { ActMaker, getEnvelope } from './acts.ts';
import { generateSigningKey, nativeSha256, verifyEd25519 } from '@homeward/keys';

export interface VerifyFigures {
  readonly acts: number;
  /** The bare signature verifications, one after another in one thread. */
  readonly bareSeconds: number;
  /** `homeward verify` on the published files, as it says itself; without the start of the program. */
  readonly verifySeconds: number;
  /** The median of the rounds; the two times are those of that round. */
  readonly ratio: number;
  /** The ratio of every round, in order. */
  readonly ratios: readonly number[];
}

const rounds = 3;

const cli = fileURLToPath(new URL('../../../apps/cli/bin/from-source.mjs', import.meta.url));

/** Publishes a log of `acts` signed acts as files, and lets the command verify all of it. */
export async function measureVerify(folder: string, acts: number): Promise<VerifyFigures> {
  const maker = new ActMaker('verify');
  const signed = [maker.opening, ...Array.from({ length: acts - 1 }, () => maker.next())];
  const origin = 'bench.invalid/log';
  const logKey = generateSigningKey();
  const key = toVerifierKey({ name: origin, type: 'note', publicKey: logKey.publicKey });
  const plan = planAppend(
    emptyTip,
    signed.map(({ bytes }) => bytes),
    nativeSha256,
  );
  const checkpoint = await signCheckpoint(
    { origin, size: signed.length, root: plan.root },
    { key, sign: logKey.sign },
  );
  for (const { path, bytes } of plan.files) await put(folder, path, bytes);
  await put(folder, 'checkpoint', checkpoint);
  await put(folder, 'vkey', Buffer.from(`${formatVerifierKey(key)}\n`));
  const envelopes = signed.map(({ bytes }) => getEnvelope(bytes));
  const rawKey = Buffer.from(
    (getEnvelope(maker.opening.bytes).act.body as { readonly publicKey: string }).publicKey,
    'base64',
  );
  const bare = (): number => {
    const started = performance.now();
    for (const { signedBytes, signature } of envelopes) {
      if (!verifyEd25519(rawKey, signedBytes, signature)) throw new Error('a signature does not verify');
    }
    return (performance.now() - started) / 1_000;
  };
  const json = join(folder, '..', 'verify.json');
  const verify = async (): Promise<number> => {
    const run = spawnSync(
      process.execPath,
      ['--conditions=homeward-source', cli, 'verify', folder, '--json', json],
      { encoding: 'utf8' },
    );
    if (run.status !== 0) throw new Error(`homeward verify says no: ${run.stdout}${run.stderr}`);
    return (JSON.parse(await readFile(json, 'utf8')) as { readonly seconds: number }).seconds;
  };
  // Each verification between two bare ones, so that a machine that speeds up or slows down meanwhile favours neither;
  // the median of several, so that what else runs on it for a moment does not count.
  const measured: { readonly bareSeconds: number; readonly verifySeconds: number; readonly ratio: number }[] =
    [];
  let before = bare();
  for (let round = 0; round < rounds; round += 1) {
    const verifySeconds = await verify();
    const after = bare();
    const bareSeconds = (before + after) / 2;
    measured.push({ bareSeconds, verifySeconds, ratio: verifySeconds / bareSeconds });
    before = after;
  }
  const median = measured.toSorted((a, b) => a.ratio - b.ratio)[Math.floor(rounds / 2)]!;
  return { acts, ...median, ratios: measured.map(({ ratio }) => ratio) };
}

async function put(folder: string, path: string, bytes: Uint8Array): Promise<void> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
}
