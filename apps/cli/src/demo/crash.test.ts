/**
 * Nodes killed at random moments of a real exchange on real PostgreSQL: it goes on, nothing acknowledged is lost and
 * nothing is doubled (N7). The moments follow from a seed, counted in acts, so that a slow machine is killed as often as
 * a fast one; every other kill comes some time after its act, so that what lies between the append, the receipt, the
 * vault's swap and the next checkpoint is met as well.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNodeClient } from '@homeward/contract';
import { parseEnvelope } from '@homeward/core/exchange';
import { createWorld, nonceOf, openerOf, writeScript } from '@homeward/example-istanbul-2025';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cluster } from './cluster.ts';
import { startCluster } from './cluster.ts';
import { openJournal } from './journal.ts';
import { playOnNodes } from './player.ts';

const killsWanted = 50;
const seed = 20_250_523;
/** Two rounds of the host's cadence. */
const delayMaxMs = 200;

let folder = '';
let cluster: Cluster;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeward-crash-'));
  await chmod(folder, 0o755);
  cluster = await startCluster({ folder, openers: [openerOf(seed)], tell: () => undefined });
});

afterAll(async () => {
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A generator of whole numbers below a limit (Lehmer 1951; modulus 2^31 - 1, multiplier 48271). */
function drawsOf(start: number): (below: number) => number {
  let state = start % 2_147_483_647;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

interface Logged {
  readonly index: number;
  readonly nonce: string;
  readonly exchange: string;
}

/** The whole log as a node streams it, up to the size it claims now. */
async function readLog(url: string): Promise<readonly Logged[]> {
  const client = createNodeClient(url);
  const status = await client.getStatus();
  if (!status.ok) throw new Error(status.problem.detail);
  const { size } = status.body.log;
  const logged: Logged[] = [];
  const stop = new AbortController();
  for await (const event of client.stream(0, stop.signal)) {
    if (event.event !== 'act') continue;
    const parsed = parseEnvelope(new Uint8Array(Buffer.from(event.envelope, 'base64')));
    if (parsed.kind !== 'parsed') throw new Error(`entry ${String(event.index)} is no act`);
    const { nonce, exchange } = parsed.envelope.act;
    logged.push({ index: event.index, nonce, exchange });
    if (logged.length === size) break;
  }
  stop.abort();
  return logged;
}

test(`[N7] ${killsWanted} kills lose no acknowledged act and double none`, async () => {
  const draw = drawsOf(seed);
  const parties = Object.keys(cluster.nodes);
  const killed = new Map<string, number>(parties.map((party) => [party, 0]));
  const acknowledged = new Map<string, number>();
  const due = new Set<NodeJS.Timeout>();
  let kills = 0;
  let countdown = 1 + draw(5);

  function onAct(): void {
    if (kills + due.size >= killsWanted || --countdown > 0) return;
    countdown = 1 + draw(5);
    const party = parties[draw(parties.length)]!;
    const isLater = draw(2) === 1;
    if (!isLater) {
      kill(party);
      return;
    }
    const timer = setTimeout(
      () => {
        due.delete(timer);
        kill(party);
      },
      draw(delayMaxMs + 1),
    );
    due.add(timer);
  }

  function kill(party: string): void {
    const pid = cluster.nodes[party]!.pid();
    if (pid === undefined) {
      countdown = 1;
      return;
    }
    process.kill(pid, 'SIGKILL');
    kills++;
    killed.set(party, killed.get(party)! + 1);
  }

  const rounds: { readonly exchange: string; readonly nonces: readonly string[] }[] = [];
  while (kills < killsWanted) {
    const world = createWorld({ seed, people: 12, round: rounds.length + 1 });
    const tasks = writeScript(world, { witnesses: cluster.witnesses });
    rounds.push({
      exchange: world.exchange,
      nonces: tasks
        .filter(({ mustBeRefused }) => mustBeRefused !== true)
        .map(({ label }) => nonceOf(world.exchange, label)),
    });
    await playOnNodes({
      world,
      tasks,
      urls: cluster.urls,
      journal: openJournal(join(folder, `acts-${rounds.length}.tsv`)),
      signal: new AbortController().signal,
      onAct,
      onAcknowledged: ({ label, index }) => acknowledged.set(nonceOf(world.exchange, label), index),
    });
  }

  expect(due.size, 'kills that did not come').toBe(0);
  expect(kills).toBe(killsWanted);
  for (const party of parties) expect(killed.get(party), `kills of ${party}`).toBeGreaterThan(0);
  await Promise.all(Object.values(cluster.nodes).map(async (node) => node.answers()));

  for (const { name, url } of Object.values(cluster.nodes)) {
    const log = await readLog(url);
    const indexOf = new Map(log.map(({ nonce, index }) => [nonce, index]));
    expect(indexOf.size, `${name}: no act stands twice`).toBe(log.length);
    for (const { exchange, nonces } of rounds) {
      const here = log.filter((act) => act.exchange === exchange).map(({ nonce }) => nonce);
      expect(new Set(here), `${name}: every act of the script, and no other`).toEqual(new Set(nonces));
    }
    for (const [nonce, index] of acknowledged) {
      expect(indexOf.get(nonce), `${name}: what was acknowledged stands where the receipt says`).toBe(index);
    }
    const status = await createNodeClient(url).getStatus();
    if (!status.ok) throw new Error(status.problem.detail);
    expect(status.body.alarms, `${name}: no alarm`).toEqual([]);
    for (const summary of status.body.exchanges) {
      expect(summary.status).toBe('completed');
      expect(summary.legs.map(({ returned }) => returned)).toEqual([12, 12]);
    }
  }
}, 900_000);
