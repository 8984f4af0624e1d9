/**
 * Receipts of one host. A receipt is made from what the log already holds (id, place, entry, time stored), so the
 * same act gets the same receipt at any time, and nothing more is stored for it.
 */
import { signReceipt } from '@homeward/contract';
import type { LogRepository } from '@homeward/store';
import { leafHash, type NoteSigner } from '@homeward/tlog';
import { nativeSha256 } from '@homeward/keys';

export interface ReceiptIssuer {
  receiptFor(act: string, index: number, entry: Uint8Array, storedAt?: string): Promise<string>;
}

export interface ReceiptIssuerOptions {
  readonly origin: string;
  readonly signer: NoteSigner;
  readonly mergeDelayMs: number;
  readonly log: LogRepository;
}

export function createReceiptIssuer({
  origin,
  signer,
  mergeDelayMs,
  log,
}: ReceiptIssuerOptions): ReceiptIssuer {
  const stamps = createStampReader(log);
  return {
    async receiptFor(act, index, entry, storedAt) {
      const accepted = storedAt === undefined ? await stamps.storedAt(index) : Date.parse(storedAt);
      const leaf = leafHash(entry, nativeSha256);
      return signReceipt({ origin, act, index, leaf, accepted, due: accepted + mergeDelayMs }, signer);
    },
  };
}

/** Acts committed in one group are asked for in one query. */
function createStampReader(log: LogRepository) {
  let waiting: Map<number, { resolve: (at: number) => void; reject: (error: unknown) => void }[]> | undefined;
  const read = async (asked: NonNullable<typeof waiting>): Promise<void> => {
    const indexes = [...asked.keys()].sort((a, b) => a - b);
    for (let i = 0; i < indexes.length;) {
      const from = indexes[i] ?? 0;
      let to = from + 1;
      i += 1;
      while (indexes[i] === to) {
        to += 1;
        i += 1;
      }
      try {
        const entries = await log.entries(from, to);
        for (let index = from; index < to; index += 1) {
          const entry = entries[index - from];
          for (const { resolve, reject } of asked.get(index) ?? []) {
            if (entry === undefined) reject(new Error('an acknowledged entry is not in the log'));
            else resolve(Date.parse(entry.storedAt));
          }
        }
      } catch (error) {
        for (let index = from; index < to; index += 1) {
          for (const { reject } of asked.get(index) ?? []) reject(error);
        }
      }
    }
  };
  return {
    async storedAt(index: number): Promise<number> {
      return new Promise((resolve, reject) => {
        if (waiting === undefined) {
          waiting = new Map();
          setImmediate(() => {
            const asked = waiting;
            waiting = undefined;
            if (asked !== undefined) void read(asked);
          });
        }
        waiting.set(index, [...(waiting.get(index) ?? []), { resolve, reject }]);
      });
    },
  };
}
