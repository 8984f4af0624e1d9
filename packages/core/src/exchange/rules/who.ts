/**
 * Who takes part: the host opens, accredits powers and neutrals with their founders, and each founder proves to
 * hold the key by enrolling it. From then on a power lets in its own people, by two persons; the host has no say.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { assessPublicKey, decodeBase64, isEqualBytes, parseVerifierKey } from '@homeward/tlog';
import { contentHash } from '../act/canonical.ts';
import type { Base64Hash, KeyFingerprint, PartyId } from '../act/ids.ts';
import { findIn, isIn, setIn, valuesOf, getFrom } from '../state/persistent-map.ts';
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
import { type Admission, type Signature } from '../state/state.ts';
import { powersInForce, partiesInForce } from './parties.ts';
import { refuseSecond, withJoint } from './joint.ts';

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
  joining?: PartyId,
): Refusal | undefined {
  const keys = new Set<KeyFingerprint>();
  for (const founder of founders) {
    if (!rolesOf[kind].includes(founder.role)) return { kind: 'RoleNotForParty', role: founder.role };
    if (isIn(state.keys, founder.key) || keys.has(founder.key)) return { kind: 'KnownAlready', what: 'key' };
    if (isIn(state.actors, founder.actor) && findIn(state.actors, founder.actor) !== joining)
      return { kind: 'ActorOfOtherParty' };
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
function refuseWitness(
  state: Exchange,
  { party: own, isNeeded }: { readonly party: PartyId; readonly isNeeded: boolean },
  witness: string,
): Refusal | undefined {
  if (witness === '') return isNeeded ? { kind: 'WitnessMissing' } : undefined;
  const key = cosigningKey(witness);
  if (key === undefined) return { kind: 'WitnessUnfit' };
  for (const party of valuesOf(state.parties)) {
    if (party.id === own) continue;
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
  const key: Key = { ...grant, party, publicKey: undefined, revoked: undefined, revokedBy: undefined };
  return {
    ...state,
    keys: setIn(state.keys, grant.key, key),
    actors: setIn(state.actors, grant.actor, party),
  };
}

const newParty: Omit<Party, 'id' | 'kind' | 'label'> = {
  short: '',
  witness: '',
  sealing: '',
  representedBy: undefined,
  speaksSince: undefined,
  left: false,
};

const accreditation = members({
  party: partyId,
  kind: oneOf('power', 'neutral', 'mediator', 'state'),
  label,
  short: optional(shortLabel),
  founders,
  /** The verifier key of its node as a witness of the log; empty for one without a node. */
  witness: text(0, 300),
  /** The X25519 key that papers for it are sealed to. */
  sealing: optional(base64Hash),
  /** The party that speaks for it, by keys that it holds in its stead. */
  representedBy: optional(partyId),
});

/** A party that is represented may come to speak for itself, by being accredited again with keys of its own. */
function refuseAccreditation(
  state: Exchange,
  { body }: Said<Of<typeof accreditation>>,
  signer: Signer,
): Refusal | undefined {
  if (signer.party.id !== state.host) return refuseOthers(signer, state.host!);
  const known = findIn(state.parties, body.party);
  const joins = known?.representedBy !== undefined && body.representedBy === undefined;
  const isKnown = known !== undefined || isIn(state.admissions, body.party);
  if (isKnown && !(joins && known.kind === body.kind)) return { kind: 'KnownAlready', what: 'party' };
  const by = body.representedBy;
  if (by !== undefined && (by === body.party || findIn(state.parties, by) === undefined)) {
    return { kind: 'Unknown', what: 'party' };
  }
  const isNeeded = body.kind === 'power' && by === undefined;
  return (
    refuseFounders(state, body.kind, body.founders, joins ? body.party : undefined) ??
    refuseWitness(state, { party: body.party, isNeeded }, body.witness)
  );
}

/** The state with a party in it. Who spoke for it before does so no longer: those keys are retired. */
function withParty(state: Exchange, { party, founders: own }: Admission): Exchange {
  let next = state;
  if (isIn(state.parties, party.id)) {
    for (const key of valuesOf(state.keys)) {
      if (key.party !== party.id || key.revoked !== undefined) continue;
      next = { ...next, keys: setIn(next.keys, key.key, { ...key, revoked: 'retired' }) };
    }
  }
  return withFounders(next, party, own);
}

/** Whether two persons of every power in force have signed: of a represented one, those who speak for it. */
function isAdmitted(state: Exchange, signatures: readonly Signature[], joining: PartyId): boolean {
  return powersInForce(state)
    .filter((power) => power !== joining)
    .every((power) => distinctActors(state, signatures, power).length >= 2);
}

/** Whether as many persons of a party have signed as it takes to change who it is. */
function isByParty(state: Exchange, signatures: readonly Signature[], { party }: Signer): boolean {
  return distinctActors(state, signatures, party.id).length >= grantsNeeded(party);
}

const nodeKeys = members({ witness: optional(text(1, 300)), sealing: optional(base64Hash) });
const leads: readonly Role[] = ['mediator', 'coordinator', 'approver', 'observer'];

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
  const party: Party = { ...newParty, id: host, kind: 'host', label };
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
    body: accreditation,
    tell: ({ party, label: named }) => ({ party, text: named }),
    says: 'accredited {party} ({text})',
    roles: ['mediator'],
    period: 'open',
    refuse: refuseAccreditation,
    evolve: (state, act, _signer, id) => {
      const {
        party,
        kind,
        label: named,
        short = '',
        witness,
        founders: own,
        sealing = '',
        representedBy,
      } = act.body;
      const before = findIn(state.parties, party);
      const made: Party = {
        ...{ ...newParty, id: party, kind, label: named, short, witness, sealing, representedBy },
        speaksSince: before === undefined ? undefined : id,
      };
      const admission = { party: made, founders: own };
      // Where terms are in force, the powers they bind let in whoever comes to them.
      return isAdmitted(state, [], party)
        ? withParty(state, admission)
        : { ...state, admissions: setIn(state.admissions, party, admission) };
    },
  }),
  PartyAdmitted: row({
    group: 'who',
    effect: 'none',
    body: members({ party: partyId }),
    tell: ({ party }) => ({ party }),
    says: 'lets in {party}',
    roles: ['coordinator', 'approver'],
    period: 'open',
    refuse: (state, { body }, signer) => {
      if (!isIn(state.admissions, body.party)) return { kind: 'Unknown', what: 'party' };
      const powers = powersInForce(state).filter((power) => power !== body.party);
      return refuseOthers(signer, ...powers) ?? refuseSecond(state, 'PartyAdmitted', body, signer);
    },
    evolve: (state, { body }, signer) => {
      const admission = getFrom(state.admissions, body.party);
      const { state: next, carried } = withJoint(
        state,
        { kind: 'PartyAdmitted', body, signer },
        (signatures) => isAdmitted(state, signatures, body.party),
      );
      return carried ? withParty(next, admission) : next;
    },
  }),
  PartyLeft: row({
    group: 'who',
    effect: 'none',
    body: members({}),
    tell: (_body, { party }) => (party === undefined ? {} : { party }),
    says: 'leaves the exchange',
    roles: leads,
    period: 'always',
    refuse: (state, { body }, signer) => {
      const { status } = state;
      const isBound = status === 'open' && partiesInForce(state).includes(signer.party.id);
      if (isBound || signer.party.id === state.host) return { kind: 'PartyBound', party: signer.party.id };
      return refuseSecond(state, 'PartyLeft', { ...body, party: signer.party.id }, signer);
    },
    evolve: (state, { body }, signer) => {
      const said = { kind: 'PartyLeft', body: { ...body, party: signer.party.id }, signer };
      const { state: next, carried } = withJoint(state, said, (all) => isByParty(state, all, signer));
      if (!carried) return next;
      const parties = setIn(next.parties, signer.party.id, { ...signer.party, left: true });
      const suspensions = next.suspensions.filter(({ party }) => party !== signer.party.id);
      return { ...next, parties, suspensions };
    },
  }),
  NodeKeysReplaced: row({
    group: 'who',
    effect: 'none',
    body: nodeKeys,
    tell: (_body, { party }) => (party === undefined ? {} : { party }),
    says: 'replaces the keys of its node',
    roles: leads,
    period: 'always',
    refuse: (state, { body }, signer) => {
      const { party } = signer;
      const refused =
        body.witness === undefined
          ? undefined
          : refuseWitness(state, { party: party.id, isNeeded: party.kind === 'power' }, body.witness);
      return refused ?? refuseSecond(state, 'NodeKeysReplaced', { ...body, party: party.id }, signer);
    },
    evolve: (state, { body }, signer) => {
      const said = { kind: 'NodeKeysReplaced', body: { ...body, party: signer.party.id }, signer };
      const { state: next, carried } = withJoint(state, said, (all) => isByParty(state, all, signer));
      const { witness, sealing } = signer.party;
      const replaced = {
        ...signer.party,
        witness: body.witness ?? witness,
        sealing: body.sealing ?? sealing,
      };
      return carried ? { ...next, parties: setIn(next.parties, replaced.id, replaced) } : next;
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
      if (key.actor === signer.actor) return undefined;
      if (!leads.includes(signer.role)) {
        return { kind: 'RoleMayNot', act: 'KeyRevoked', role: signer.role, roles: leads };
      }
      return refuseOthers(signer, key.party);
    },
    evolve: (state, act, signer) => {
      const key = findIn(state.keys, act.body.key)!;
      const revokedBy = key.actor === signer.actor ? undefined : signer.actor;
      const revoked: Key = { ...key, revoked: act.body.reason, revokedBy };
      return { ...state, keys: setIn(state.keys, key.key, revoked) };
    },
  }),
  RevocationLifted: row({
    group: 'who',
    effect: 'none',
    body: members({ key: keyId }),
    tell: ({ key }) => ({ key }),
    says: 'lifts the revocation of a key',
    roles,
    period: 'always',
    refuse: (state, { body }, signer) => {
      const key = findIn(state.keys, body.key);
      if (key === undefined) return { kind: 'Unknown', what: 'key' };
      const refused = refuseOthers(signer, key.party);
      if (refused !== undefined) return refused;
      // What its holder revoked stays revoked, and who revoked a key alone does not lift it.
      if (key.revokedBy === undefined || key.revokedBy === signer.actor) return { kind: 'KeyRevoked' };
      return refuseSecond(state, 'RevocationLifted', body, signer);
    },
    evolve: (state, { body }, signer) => {
      const said = { kind: 'RevocationLifted', body, signer };
      const { state: next, carried } = withJoint(
        state,
        said,
        (all) => new Set(all.map(({ actor }) => actor)).size >= 2,
      );
      const key = getFrom(next.keys, body.key);
      const lifted: Key = { ...key, revoked: undefined, revokedBy: undefined };
      return carried ? { ...next, keys: setIn(next.keys, key.key, lifted) } : next;
    },
  }),
};
