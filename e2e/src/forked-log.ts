/**
 * The second history that a dishonest log tells: the same acts, two neighbours of different exchanges exchanged, so that no
 * rule is broken, and a checkpoint which the log really signed.
 */
import { createHash } from 'node:crypto';
import {
  emptyTip,
  type NoteSigner,
  planAppend,
  readCheckpoint,
  readEntries,
  signCheckpoint,
  type TileSource,
} from '@homeward/tlog';
import { parseEnvelope } from '@homeward/core/exchange';

export interface ForkedLog {
  /** Its files below `/log/`, by path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly checkpoint: Uint8Array;
}

const exchangeOf = (entry: Uint8Array): string => {
  const parsed = parseEnvelope(entry);
  if (parsed.kind !== 'parsed') throw new Error('An entry of the log is no act.');
  return parsed.envelope.act.exchange;
};

/** A fork of the log that the node at `url` publishes, as long as that is now. */
export async function forkLog(url: string, signer: NoteSigner): Promise<ForkedLog> {
  const source: TileSource = {
    read: async (path) => {
      const answer = await fetch(`${url}/log/${path}`);
      return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined;
    },
  };
  const stated = readCheckpoint((await source.read('checkpoint')) ?? new Uint8Array());
  if (!stated.ok) throw new Error(stated.problem.text);
  const { origin, size } = stated.value.checkpoint;
  const read = await readEntries(source, { from: 0, to: size, size });
  if (!read.ok) throw new Error(read.problem.text);
  const entries = [...read.value];
  const at = entries.findIndex(
    (entry, place) => place > 0 && exchangeOf(entry) !== exchangeOf(entries[place - 1]!),
  );
  if (at < 0) throw new Error('The log holds one exchange only.');
  entries.splice(at - 1, 2, entries[at]!, entries[at - 1]!);
  const plan = planAppend(emptyTip, entries, (bytes) => createHash('sha256').update(bytes).digest());
  const checkpoint = await signCheckpoint({ origin, size, root: plan.root }, signer);
  const files = new Map(plan.files.map(({ path, bytes }) => [path, bytes]));
  files.set('checkpoint', checkpoint);
  return { files, checkpoint };
}
