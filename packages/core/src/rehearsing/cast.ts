/**
 * Who signs in a rehearsal: made-up officials with made-up keys. Nothing is signed; a rehearsal asks the rules alone,
 * and the rules know keys by their fingerprints.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { encodeBase64, formatVerifierKey, toVerifierKey } from '@homeward/tlog';
import {
  fingerprintOf,
  type ActorId,
  type Base64Hash,
  type Founder,
  type KeyFingerprint,
  type PartyId,
  type PayloadHash,
  type Role,
} from '../exchange/index.ts';
import type { PartyForm } from './scenario.ts';

export interface Official {
  readonly party: PartyId;
  readonly role: Role;
  readonly actor: ActorId;
  readonly key: KeyFingerprint;
  readonly publicKey: Base64Hash;
}

const digest = (words: string): Uint8Array => sha256(utf8ToBytes(`homeward rehearsal ${words}`));

/** The top bits are cleared so that the bytes are a canonical field element, as an enrolled key has to be. */
function madeUpKey(words: string): Uint8Array {
  const raw = digest(words);
  raw[31] = raw[31]! & 0x3f;
  return raw;
}

/** A made-up random id: the same words, the same id. */
export function madeUpId(words: string): string {
  return encodeBase64(digest(words)).slice(0, 22).replaceAll('+', '-').replaceAll('/', '_');
}

export const madeUpHash = (words: string): PayloadHash => bytesToHex(digest(words)) as PayloadHash;

/** A commitment that commits to nobody. */
export const madeUpCommitment = (words: string): Base64Hash => encodeBase64(digest(words)) as Base64Hash;

const known = new Map<string, Official>();

/** The nth official of a party in a role: of a represented party, a stand-in. */
export function official(party: PartyId, role: Role, nth = 1): Official {
  return madeUp(party, role, `official ${party} ${role} ${nth}`);
}

/** The official of a party's own who takes over from a stand-in. */
export function successorOf({ party, role, key }: Official): Official {
  return madeUp(party, role, `successor ${key}`);
}

function madeUp(party: PartyId, role: Role, words: string): Official {
  const before = known.get(words);
  if (before !== undefined) {
    return before;
  }
  const publicKey = encodeBase64(madeUpKey(words)) as Base64Hash;
  const made: Official = {
    party,
    role,
    actor: madeUpId(`actor ${words}`) as ActorId,
    key: fingerprintOf(publicKey),
    publicKey,
  };
  known.set(words, made);
  return made;
}

const rolesOf: Readonly<Record<PartyForm['kind'], readonly Role[]>> = {
  host: ['mediator'],
  power: ['coordinator', 'approver', 'approver', 'officer', 'medic', 'commissioner', 'guarantor'],
  neutral: ['observer', 'officer', 'medic', 'guarantor', 'commissioner'],
  mediator: ['mediator', 'guarantor'],
  state: ['coordinator', 'officer', 'medic', 'guarantor'],
};

/** Everybody who acts for a party. */
export function officialsOf(party: PartyId, kind: PartyForm['kind']): readonly Official[] {
  return rolesOf[kind].map((role, index, all) =>
    official(party, role, all.slice(0, index + 1).filter((one) => one === role).length),
  );
}

export const toFounder = ({ actor, role, key }: Official): Founder => ({ actor, role, key });

/** The verifier key of a party's made-up node. */
export function witnessOf(party: PartyId): string {
  const publicKey = madeUpKey(`witness ${party}`);
  return formatVerifierKey(
    toVerifierKey({ name: `${party.toLowerCase()}.example`, type: 'cosignature', publicKey }),
  );
}
