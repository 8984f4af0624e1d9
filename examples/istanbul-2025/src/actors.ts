/**
 * Everybody who signs in the demo, with keys that follow from the seed. One command holds them all so that one
 * machine can play every side; at real nodes each key stays with its holder.
 */
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { ActorId, KeyFingerprint, PartyId, Role } from '@homeward/core/exchange';
import { chanceOf } from './chance.ts';
import { parties } from './terms.ts';

export interface Actor {
  /** How the script calls this key, for example `A.coordinator`. */
  readonly name: string;
  readonly party: PartyId;
  readonly actor: ActorId;
  readonly role: Role;
  readonly key: KeyFingerprint;
  /** Raw Ed25519 public key, 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

const pkcs8Ed25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** An Ed25519 key from 32 bytes (RFC 8032), with the fingerprint acts name it by. */
function keyFrom(seed: Uint8Array): Pick<Actor, 'key' | 'publicKey' | 'sign'> {
  const secret = createPrivateKey({
    key: Buffer.concat([pkcs8Ed25519, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = new Uint8Array(
    createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32),
  );
  return {
    key: createHash('sha256').update(publicKey).digest('hex') as KeyFingerprint,
    publicKey,
    sign: (message) => new Uint8Array(sign(null, message, secret)),
  };
}

/** The verifier key (C2SP, type 4) of a node that this play does without: made up, and unlike any other party's. */
export function madeUpWitness(seed: number, party: PartyId): string {
  const name = `${party.toLowerCase()}.example`;
  const key = Buffer.concat([
    Uint8Array.of(4),
    keyFrom(chanceOf(seed, `witness ${party}`).bytes()).publicKey,
  ]);
  const id = createHash('sha256').update(`${name}\n`).update(key).digest('hex').slice(0, 8);
  return `${name}+${id}+${key.toString('base64')}`;
}

const desks: readonly { readonly party: PartyId; readonly roles: readonly Role[] }[] = [
  { party: parties.host, roles: ['mediator'] },
  ...[parties.a, parties.b].map((party) => ({
    party,
    roles: ['coordinator', 'approver', 'approver', 'officer', 'medic'] as const,
  })),
  { party: parties.neutral, roles: ['observer', 'medic'] },
];

/** The key that opens every exchange of this seed: a host has to be told which key that is. */
export function openerOf(seed: number): KeyFingerprint {
  return actorsFor(seed).get(`${parties.host}.mediator`)!.key;
}

/** All actors of one exchange, by name: `H.mediator`, `A.coordinator`, `A.approver`, `A.approver-2`, … */
export function actorsFor(seed: number): ReadonlyMap<string, Actor> {
  const found = new Map<string, Actor>();
  for (const { party, roles } of desks) {
    for (const role of roles) {
      const first = `${party}.${role}`;
      const name = found.has(first) ? `${first}-2` : first;
      const chance = chanceOf(seed, `actor ${name}`);
      found.set(name, { name, party, role, actor: chance.id() as ActorId, ...keyFrom(chance.bytes()) });
    }
  }
  return found;
}
