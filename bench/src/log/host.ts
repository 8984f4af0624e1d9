import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DatabaseParts } from '@homeward/server';
import { ActMaker, type SignedAct } from './acts.ts';
import { atShare } from './append.ts';
import { generateNodeKeys } from '@homeward/keys';

export interface HostFigures {
  /** Acts in the log before the measurement; all of them are read again at a start. */
  readonly size: number;
  readonly acts: number;
  readonly submitters: number;
  readonly actsPerSecond: number;
  /** From the request's first byte to the receipt in the submitter's hands. */
  readonly receiptMsP50: number;
  readonly receiptMsP99: number;
  readonly receiptMsMax: number;
  /** Acts in the log at the restart, and the time from the start of the process until it serves. */
  readonly restartSize: number;
  readonly restartSeconds: number;
}

const cli = fileURLToPath(new URL('../../../apps/cli/bin/from-source.mjs', import.meta.url));
const origin = 'bench.invalid/host';

/**
 * A host as an operator runs it, a process of its own on a database that holds `size` acts: `submitters` hand acts in over
 * HTTP and wait for one signed receipt each before they hand in their next. Then the host is stopped and started again.
 * The acts are signed beforehand; the submitters share this machine with the host and its PostgreSQL.
 */
export async function measureHost(work: {
  readonly folder: string;
  readonly database: DatabaseParts;
  readonly size: number;
  readonly acts: number;
  readonly submitters: number;
}): Promise<HostFigures> {
  const { folder, database, size, acts, submitters } = work;
  const maker = new ActMaker(`over-http-${Date.now()}`);
  const signed = Array.from({ length: acts }, () => maker.next());
  const keys = join(folder, 'host-keys');
  await generateNodeKeys(keys, { role: 'host', name: 'host.bench.invalid', origin });
  const config = join(folder, 'host.json');
  await writeFile(
    config,
    JSON.stringify({
      role: 'host',
      party: 'HOST',
      name: 'host.bench.invalid',
      origin,
      openers: [maker.by],
      database: { url: toUrl(database) },
      keys,
      vault: join(folder, 'host-vault'),
      // One party sends everything here: its allowance is not what is measured.
      actAllowance: { burstBytes: 1_000_000_000, bytesPerSecond: 1_000_000_000 },
    }),
    { mode: 0o600 },
  );
  const first = await serve(config);
  const waits: number[] = [];
  let seconds: number;
  try {
    const submit = async ({ bytes }: SignedAct): Promise<void> => {
      const reply = await fetch(`${first.url}/v1/acts`, {
        method: 'POST',
        headers: { 'content-type': 'application/vnd.dsse+json' },
        body: new Uint8Array(bytes),
      });
      const { receipt } = (await reply.json()) as { readonly receipt?: string };
      if (reply.status !== 201 || receipt === undefined) {
        throw new Error(`an act was answered ${String(reply.status)}`);
      }
    };
    await submit(maker.opening);
    let next = 0;
    const started = performance.now();
    await Promise.all(
      Array.from({ length: submitters }, async () => {
        for (let act = signed[next++]; act !== undefined; act = signed[next++]) {
          const submitted = performance.now();
          await submit(act);
          waits.push(performance.now() - submitted);
        }
      }),
    );
    seconds = (performance.now() - started) / 1_000;
  } finally {
    await first.stop();
  }
  const restarted = performance.now();
  const second = await serve(config);
  const restartSeconds = (performance.now() - restarted) / 1_000;
  await second.stop();
  waits.sort((a, b) => a - b);
  return {
    size,
    acts,
    submitters,
    actsPerSecond: acts / seconds,
    receiptMsP50: atShare(waits, 0.5),
    receiptMsP99: atShare(waits, 0.99),
    receiptMsMax: atShare(waits, 1),
    restartSize: size + acts + 1,
    restartSeconds,
  };
}

interface Served {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts `homeward serve` and waits for the line that says it serves. */
async function serve(config: string): Promise<Served> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--conditions=homeward-source', cli, 'serve', '--config', config],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2_000)));
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  const lines = createInterface({ input: child.stdout! });
  const ready = await Promise.race([
    new Promise<string>((resolve) => {
      lines.once('line', resolve);
    }),
    exited.then(() => {
      throw new Error(`the host did not start: ${said}`);
    }),
  ]);
  return {
    url: (JSON.parse(ready) as { readonly url: string }).url,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

function toUrl({ host, port, database, user, password }: DatabaseParts): string {
  const isSocket = host.startsWith('/');
  const query = isSocket ? `?host=${encodeURIComponent(host)}&port=${String(port)}` : '';
  const at = isSocket ? '' : `${host}:${String(port)}`;
  return `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${at}/${database}${query}`;
}
