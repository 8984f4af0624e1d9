/**
 * A member as a witness of its log: cosigns a checkpoint only after its own replica holds and accepts all of it.
 *
 * Law     C2SP tlog-witness, and one duty more: a tree with an act that `decide` refuses is not cosigned (422), so
 *         neither side's client ever acts on one.
 */
import { toWitnessStore, type Vault } from '@homeward/store';
import {
  addCheckpoint,
  parseWitnessRequest,
  verifyCheckpoint,
  type NoteSigner,
  type VerifierKey,
  type Witness as LogWitness,
  type WitnessAnswer,
} from '@homeward/tlog';
import { ed25519, nativeSha256 } from '@homeward/keys';
import type { Replica } from '../replica/replica.ts';

/** The replica cannot vouch for the tree: answered as 422, in words. */
export interface NotVouched {
  readonly kind: 'NotVouched';
  readonly status: 422 | 503;
  readonly says: string;
}

export interface Witness {
  addCheckpoint(body: Uint8Array): Promise<WitnessAnswer | NotVouched>;
  /** The last checkpoint cosigned, as note text. */
  lastCosigned(): Promise<string | undefined>;
}

export interface WitnessOptions {
  readonly signer: NoteSigner;
  readonly logKey: VerifierKey;
  readonly vault: Vault;
  readonly replica: Replica;
  readonly onCosigned: (note: string) => void;
}

export function createWitness({ signer, logKey, vault, replica, onCosigned }: WitnessOptions): Witness {
  const store = toWitnessStore(vault);
  const witness: LogWitness = { signer, logs: [logKey], store, ed25519, sha256: nativeSha256 };
  return {
    async addCheckpoint(body) {
      const request = parseWitnessRequest(body);
      if (request.ok && request.value.claimed.origin === logKey.name) {
        const { checkpoint } = request.value;
        const verified = await verifyCheckpoint(checkpoint, { logs: [logKey], witnesses: [] }, ed25519);
        if (verified.ok) {
          const synced = await replica.sync(verified.value, Buffer.from(checkpoint).toString('utf8'));
          if (synced.kind === 'refused') return { kind: 'NotVouched', status: 422, says: synced.says };
          if (synced.kind === 'unavailable') return { kind: 'NotVouched', status: 503, says: synced.says };
        }
      }
      const answer = await addCheckpoint(witness, body, Math.floor(Date.now() / 1000));
      if (answer.kind === 'Cosigned') onCosigned(Buffer.from(answer.checkpoint).toString('utf8'));
      return answer;
    },
    async lastCosigned() {
      const note = await store.find(logKey.name);
      return note === undefined ? undefined : Buffer.from(note).toString('utf8');
    },
  };
}
