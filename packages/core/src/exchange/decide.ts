/**
 * The decider of an exchange: `decide` says whether an act may follow a state, `evolve` what the state is after it.
 *
 * Law     Both are pure and total: no clock, no chance, no world. Every node that has the same acts in the same
 *         order computes the same verdicts and the same state. Deadlines are matters of record: the acts carry
 *         what was agreed and what was claimed, and no act is refused because time has passed.
 * Cost    O(log n) in the acts, entries and keys so far, times the persons one act may name; and the tranches so far
 *         where persons are chosen, move or are counted.
 * Source  The decider pattern (Chassaing, "Functional event sourcing decider").
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { ActId, Base64Hash, ContentHash } from './act/ids.ts';
import { acts, type Act, type ActKind } from './acts.ts';
import type { Refusal } from './rules/refusal.ts';
import type { Period, Row, SelfSignedRow, Signer } from './rules/rule.ts';
import { findIn, getFrom, isIn, setIn } from './state/persistent-map.ts';
import type { Exchange, Key } from './state/state.ts';
import { takesPart, partiesInForce } from './rules/parties.ts';

export type Decision =
  { readonly kind: 'accepted' } | { readonly kind: 'refused'; readonly refusal: Refusal };

type Body = Act['body'];
type OwnKey = Extract<Body, { readonly publicKey: Base64Hash }>;

/** The row of a kind, for an act of that kind: `Act` ties the two together, the table cannot. */
function rowOf(kind: ActKind): Row<Body> | SelfSignedRow<OwnKey> {
  return acts[kind] as Row<Body> | SelfSignedRow<OwnKey>;
}

/** Whether the act may follow the state. `id` is `actIdOf` its canonical bytes; its signature is checked before. */
export function decide(state: Exchange, act: Act, id: ActId): Decision {
  const refusal = findRefusal(state, act, id);
  return refusal === undefined ? { kind: 'accepted' } : { kind: 'refused', refusal };
}

/** The state after an act that `decide` accepted in `state`; for any other act, a broken invariant. */
export function evolve(state: Exchange, act: Act, id: ActId): Exchange {
  const row = rowOf(act.kind);
  const next =
    'isSelfSigned' in row
      ? row.evolve(state, act as Act & { readonly body: OwnKey })
      : row.evolve(state, act, toSigner(state, getFrom(state.keys, act.by)), id);
  return {
    ...next,
    size: state.size + 1,
    hash: bytesToHex(sha256(utf8ToBytes(`homeward/state/v1 ${state.hash} ${id}`))) as ContentHash,
    acts: setIn(next.acts, id, act.kind),
  };
}

/**
 * The public key that must have signed the act, by the record and the act alone: raw, base64. Undefined when the
 * record knows no such key; `decide` then refuses too.
 */
export function findSigningKey(state: Exchange, act: Act): Base64Hash | undefined {
  if ('isSelfSigned' in rowOf(act.kind)) return (act.body as OwnKey).publicKey;
  return findIn(state.keys, act.by)?.publicKey;
}

function findRefusal(state: Exchange, act: Act, id: ActId): Refusal | undefined {
  const row = rowOf(act.kind);
  if (row.period !== 'opening') {
    if (state.status === 'unopened') return { kind: 'NotOpened' };
    if (act.exchange !== state.id) return { kind: 'WrongExchange' };
    if (isIn(state.acts, id)) return { kind: 'ActRepeated', act: id };
  }
  if ('isSelfSigned' in row) return row.refuse(state, act as Act & { readonly body: OwnKey });

  const key = findIn(state.keys, act.by);
  if (key === undefined) return { kind: 'Unknown', what: 'key' };
  // Whom one colleague alone has revoked may still, with a second person, lift it: a stolen key cannot silence a power.
  const mayContest = act.kind === 'RevocationLifted' && key.revokedBy !== undefined;
  if (key.revoked !== undefined && !mayContest) return { kind: 'KeyRevoked' };
  if (key.publicKey === undefined) return { kind: 'KeyNotEnrolled' };
  if (key.role !== act.role) return { kind: 'RoleDiffers', has: key.role, claims: act.role };
  if (!row.roles.includes(key.role)) {
    return { kind: 'RoleMayNot', act: act.kind, role: key.role, roles: row.roles };
  }
  const signer = toSigner(state, key);
  if (signer.party.left) return { kind: 'PartyBound', party: signer.party.id };
  // Who is in no terms stops nothing.
  const isOutsider = row.effect === 'stops' && act.kind !== 'KeyRevoked' && !takesPart(state, key.party);
  if (isOutsider) return { kind: 'PartyMayNot', party: key.party, only: partiesInForce(state) };
  return refusePeriod(state, row.period) ?? row.refuse(state, act, signer);
}

function refusePeriod(state: Exchange, period: Period): Refusal | undefined {
  const { status } = state;
  switch (period) {
    case 'opening':
      return status === 'unopened' ? undefined : { kind: 'AlreadyOpened' };
    case 'always':
      return undefined;
    case 'accounting':
      return status === 'completed' ? { kind: 'Ended', status } : undefined;
    case 'open':
    case 'running':
      if (status === 'completed' || status === 'cancelled') return { kind: 'Ended', status };
      return period === 'running' && state.suspensions.length > 0
        ? { kind: 'Suspended', by: state.suspensions.map((suspension) => suspension.party) }
        : undefined;
  }
}

function toSigner(state: Exchange, key: Key): Signer {
  return { key: key.key, actor: key.actor, role: key.role, party: getFrom(state.parties, key.party) };
}
