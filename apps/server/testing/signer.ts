/** A person who signs acts in a rehearsal: one key, one role, and the newest tree they have seen. */
import { randomBytes } from 'node:crypto';
import {
  actIdOf,
  encodeAct,
  preAuthEncoding,
  sealEnvelope,
  type Act,
  type ActId,
  type ActorId,
  type Base64Hash,
  type Bodies,
  type ExchangeId,
  type Founder,
  type KeyFingerprint,
  type Role,
} from '@homeward/core/exchange';
import { formatVerifierKey, toVerifierKey } from '@homeward/tlog';
import { generateSigningKey, type SigningKey, fingerprintOf } from '@homeward/keys';

/** Root of the tree without entries: what the first signer of a log has seen. */
export const emptyTree: Act['after'] = {
  size: 0,
  root: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' as Base64Hash,
};

export interface SignedAct {
  readonly id: ActId;
  readonly bytes: Uint8Array;
}

export interface Signer {
  readonly key: SigningKey;
  readonly fingerprint: KeyFingerprint;
  readonly publicKey: Base64Hash;
  readonly founder: Founder;
  /** Signs an act of this person. `after` is a tree the person has seen. */
  sign<K extends Act['kind']>(kind: K, body: Bodies[K], after?: Act['after']): SignedAct;
}

/** The verifier key of a node that nobody runs. */
export function madeUpWitness(name: string): string {
  const { publicKey } = generateSigningKey();
  return formatVerifierKey(toVerifierKey({ name, type: 'cosignature', publicKey }));
}

export function createSigner(exchange: ExchangeId, role: Role): Signer {
  const key = generateSigningKey();
  const fingerprint = fingerprintOf(key.publicKey) as KeyFingerprint;
  const actor = randomBytes(16).toString('base64url') as ActorId;
  return {
    key,
    fingerprint,
    publicKey: Buffer.from(key.publicKey).toString('base64') as Base64Hash,
    founder: { actor, role, key: fingerprint },
    sign(kind, body, after = emptyTree) {
      const nonce = randomBytes(16).toString('base64url');
      const at = new Date().toISOString();
      const actBytes = encodeAct({
        exchange,
        kind,
        body,
        by: fingerprint,
        role,
        after,
        nonce,
        at,
      } as unknown as Act);
      const bytes = sealEnvelope(actBytes, fingerprint, key.sign(preAuthEncoding(actBytes)));
      return { id: actIdOf(actBytes), bytes };
    },
  };
}
