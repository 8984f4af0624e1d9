/**
 * Who takes part: the host opens, accredits powers and neutrals with their founders, and each founder proves to
 * hold the key by enrolling it. From then on a power lets in its own people, by two persons; the host has no say.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { assessPublicKey, decodeBase64, isEqualBytes, parseVerifierKey } from '@homeward/tlog';
import { contentHash } from '../act/canonical.ts';
import type { Base64Hash, KeyFingerprint, PartyId } from '../act/ids.ts';
import { findIn, isIn, setIn, valuesOf } from '../state/persistent-map.ts';
import type { Refusal } from './refusal.ts';
import { distinctActors, hasSigned, refuseOthers, toSignature } from './rule.ts';
import type { Signer } from './rule.ts';
import type { Exchange, Key, Party } from '../state/state.ts';
import type { Said } from '../act/act.ts';
import {
  actorId,
  founders,
  keyId,
  label,
  base64Hash,
  partyId,
  roles,
  role,
  shortLabel,
  type Role,
  type Founder,
} from '../act/vocabulary.ts';
import { members, oneOf, optional, text, type Of } from '../../json/shape.ts';
import { row, selfSigned } from './rule.ts';

const exchangeOpening = members({
  title: label,
  host: partyId,
  /** The host's name among the parties. */
  label,
  /** The raw Ed25519 key of the opener (`by` is its fingerprint): the first signature verifies from it. */
  publicKey: base64Hash,
  founders,
});
/** The raw key in base64, signed by itself: proof that its holder has it. */
const enrolment = members({ publicKey: base64Hash });
const grantBody = members({ actor: actorId, role, key: keyId });

const rolesOf: Readonly<Record<Party['kind'], readonly Role[]>> = {
  host: ['mediator', 'guarantor'],
  power: ['coordinator', 'approver', 'officer', 'medic', 'commissioner', 'guarantor'],
  neutral: ['observer', 'officer', 'medic', 'commissioner', 'guarantor'],
  mediator: ['mediator', 'guarantor'],
  state: ['coordinator', 'officer', 'medic', 'guarantor'],
};
/** What the founders of a party hold between them at least; each of them by another person. */
const foundingRoles: Readonly<Record<Party['kind'], readonly Role[]>> = {
  host: ['mediator'],
  power: ['coordinator', 'approver'],
  neutral: [],
  mediator: ['mediator'],
  state: [],
};

/** SHA-256 of a raw public key given in base64, lowercase hex. */
export function fingerprintOf(publicKey: Base64Hash): KeyFingerprint {
  return bytesToHex(sha256(decodeBase64(publicKey) ?? new Uint8Array())) as KeyFingerprint;
}

function refusePublicKey(publicKey: Base64Hash, key: KeyFingerprint): Refusal | undefined {
  if (fingerprintOf(publicKey) !== key) return { kind: 'KeyDiffers' };
  return assessPublicKey(decodeBase64(publicKey) ?? new Uint8Array()).ok ? undefined : { kind: 'KeyWeak' };
}

function refuseFounders(
  state: Exchange,
  kind: Party['kind'],
  founders: readonly Founder[],
): Refusal | undefined {
  const keys = new Set<KeyFingerprint>();
  for (const founder of founders) {
    if (!rolesOf[kind].includes(founder.role)) return { kind: 'RoleNotForParty', role: founder.role };
    if (isIn(state.keys, founder.key) || keys.has(founder.key)) return { kind: 'KnownAlready', what: 'key' };
    if (isIn(state.actors, founder.actor)) return { kind: 'ActorOfOtherParty' };
    keys.add(founder.key);
  }
  const needed = foundingRoles[kind];
  const actors = new Set(founders.map((founder) => founder.actor));
  const filled = needed.every((role) => founders.some((founder) => founder.role === role));
  return filled && actors.size >= needed.length ? undefined : { kind: 'FoundersMissing', roles: needed };
}

/** The raw key that cosigns under a verifier key; undefined for one that could not vouch for anything. */
function cosigningKey(witness: string): Uint8Array | undefined {
  const key = parseVerifierKey(witness);
  if (!key.ok || key.value.type !== 'cosignature') return undefined;
  return assessPublicKey(key.value.publicKey).ok ? key.value.publicKey : undefined;
}

/**
 * A power whose cosignature nobody could ask for is a power that a log can leave behind: verification would count
 * it as having cosigned by nobody's key, or by another's. A neutral need not run a node.
 */
function refuseWitness(state: Exchange, kind: Party['kind'], witness: string): Refusal | undefined {
  if (witness === '') return kind === 'power' ? { kind: 'WitnessMissing' } : undefined;
  const key = cosigningKey(witness);
  if (key === undefined) return { kind: 'WitnessUnfit' };
  for (const party of valuesOf(state.parties)) {
    const other = cosigningKey(party.witness);
    // By the key and not by the line: the same key under another name is the same hand.
    if (other !== undefined && isEqualBytes(key, other)) return { kind: 'WitnessTaken', party: party.id };
  }
  return undefined;
}

function withFounders(state: Exchange, party: Party, founders: readonly Founder[]): Exchange {
  return founders.reduce((next, founder) => withKey(next, party.id, founder), {
    ...state,
    parties: setIn(state.parties, party.id, party),
  });
}

function withKey(state: Exchange, party: PartyId, grant: Founder): Exchange {
  const key: Key = { ...grant, party, publicKey: undefined, revoked: undefined };
  return {
    ...state,
    keys: setIn(state.keys, grant.key, key),
    actors: setIn(state.actors, grant.actor, party),
  };
}

/** The opening signs itself: its own body carries the key. */
function refuseOpening(state: Exchange, act: Said<Of<typeof exchangeOpening>>): Refusal | undefined {
  if (state.status !== 'unopened') return { kind: 'AlreadyOpened' };
  const refused = refusePublicKey(act.body.publicKey, act.by);
  if (refused !== undefined) return refused;
  const opener = act.body.founders.find((founder) => founder.key === act.by);
  if (opener === undefined) return { kind: 'Unknown', what: 'key' };
  if (opener.role !== act.role) return { kind: 'RoleDiffers', has: opener.role, claims: act.role };
  return refuseFounders(state, 'host', act.body.founders);
}

function evolveOpening(state: Exchange, act: Said<Of<typeof exchangeOpening>>): Exchange {
  const { title, host, label, founders, publicKey } = act.body;
  const party: Party = { id: host, kind: 'host', label, short: '', witness: '' };
  const opened = withFounders({ ...state, id: act.exchange, title, host, status: 'open' }, party, founders);
  const opener = findIn(opened.keys, act.by)!;
  return { ...opened, keys: setIn(opened.keys, act.by, { ...opener, publicKey }) };
}

/** An enrolment is signed by the key that it enrols. */
function refuseEnrolment(state: Exchange, act: Said<Of<typeof enrolment>>): Refusal | undefined {
  const key = findIn(state.keys, act.by);
  if (key === undefined) return { kind: 'Unknown', what: 'key' };
  if (key.revoked !== undefined) return { kind: 'KeyRevoked' };
  if (key.publicKey !== undefined) return { kind: 'KnownAlready', what: 'key' };
  if (key.role !== act.role) return { kind: 'RoleDiffers', has: key.role, claims: act.role };
  return refusePublicKey(act.body.publicKey, act.by);
}

function evolveEnrolment(state: Exchange, act: Said<Of<typeof enrolment>>): Exchange {
  const key = findIn(state.keys, act.by)!;
  return { ...state, keys: setIn(state.keys, act.by, { ...key, publicKey: act.body.publicKey }) };
}

const grantsNeeded = (party: Party): number => (party.kind === 'power' ? 2 : 1);

function grantSignatures(state: Exchange, act: Said<Of<typeof grantBody>>, signer: Signer): number {
  const sofar = findIn(state.grants, grantHash(act, signer)) ?? [];
  return distinctActors(state, [...sofar, toSignature(signer)], signer.party.id).length;
}
const grantHash = (act: Said<Of<typeof grantBody>>, signer: Signer): ReturnType<typeof contentHash> =>
  contentHash({ ...act.body, party: signer.party.id });

export const whoActs = {
  ExchangeOpened: selfSigned({
    group: 'who',
    effect: 'none',
    body: exchangeOpening,
    tell: ({ title }) => ({ title }),
    says: 'opened the exchange "{title}"',
    roles: ['mediator'],
    period: 'opening',
    refuse: refuseOpening,
    evolve: evolveOpening,
  }),
  KeyEnrolled: selfSigned({
    group: 'who',
    effect: 'none',
    body: enrolment,
    tell: (_body, { key }) => ({ key }),
    says: 'enrolled its key',
    roles,
    period: 'always',
    refuse: refuseEnrolment,
    evolve: evolveEnrolment,
  }),
  PartyAccredited: row({
    group: 'who',
    effect: 'none',
    body: members({
      party: partyId,
      kind: oneOf('power', 'neutral', 'mediator', 'state'),
      label,
      short: optional(shortLabel),
      founders,
      witness: text(0, 300),
    }),
    tell: ({ party, label: named }) => ({ party, text: named }),
    says: 'accredited {party} ({text})',
    roles: ['mediator'],
    period: 'open',
    refuse: (state, act, signer) =>
      signer.party.id !== state.host
        ? refuseOthers(signer, state.host!)
        : isIn(state.parties, act.body.party)
          ? { kind: 'KnownAlready', what: 'party' }
          : (refuseFounders(state, act.body.kind, act.body.founders) ??
            refuseWitness(state, act.body.kind, act.body.witness)),
    evolve: (state, act) => {
      const { party, kind, label, short = '', witness, founders } = act.body;
      return withFounders(state, { id: party, kind, label, short, witness }, founders);
    },
  }),
  RoleGranted: row({
    group: 'who',
    effect: 'none',
    body: grantBody,
    tell: ({ role: granted, key }) => ({ word: { of: 'role', is: granted }, key }),
    says: 'granted a key for the role {word}',
    roles: ['mediator', 'coordinator', 'approver', 'observer'],
    period: 'always',
    refuse: (state, act, signer) => {
      const { actor, role, key } = act.body;
      if (!rolesOf[signer.party.kind].includes(role)) return { kind: 'RoleNotForParty', role };
      if (isIn(state.keys, key)) return { kind: 'KnownAlready', what: 'key' };
      const party = findIn(state.actors, actor);
      if (party !== undefined && party !== signer.party.id) return { kind: 'ActorOfOtherParty' };
      const sofar = findIn(state.grants, grantHash(act, signer)) ?? [];
      return hasSigned(state, sofar, signer.actor) ? { kind: 'SignedAlready' } : undefined;
    },
    evolve: (state, act, signer) => {
      if (grantSignatures(state, act, signer) >= grantsNeeded(signer.party)) {
        return withKey(state, signer.party.id, act.body);
      }
      const hash = grantHash(act, signer);
      const sofar = findIn(state.grants, hash) ?? [];
      return { ...state, grants: setIn(state.grants, hash, [...sofar, toSignature(signer)]) };
    },
  }),
  KeyRevoked: row({
    group: 'who',
    effect: 'stops',
    body: members({ key: keyId, reason: oneOf('lost', 'stolen', 'retired') }),
    tell: ({ key, reason }) => ({ key, word: { of: 'revoked', is: reason } }),
    says: 'revoked a key ({word})',
    roles,
    period: 'always',
    refuse: (state, act, signer) => {
      const key = findIn(state.keys, act.body.key);
      if (key === undefined) return { kind: 'Unknown', what: 'key' };
      if (key.revoked !== undefined) return { kind: 'KeyRevoked' };
      const leads: readonly Role[] = ['mediator', 'coordinator', 'approver', 'observer'];
      if (key.actor === signer.actor) return undefined;
      if (!leads.includes(signer.role)) {
        return { kind: 'RoleMayNot', act: 'KeyRevoked', role: signer.role, roles: leads };
      }
      return refuseOthers(signer, key.party);
    },
    evolve: (state, act) => {
      const key = findIn(state.keys, act.body.key)!;
      return { ...state, keys: setIn(state.keys, key.key, { ...key, revoked: act.body.reason }) };
    },
  }),
};
