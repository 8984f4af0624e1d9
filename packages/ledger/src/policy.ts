/**
 * Who must have cosigned a log: every power, and any one of the neutrals where there are some.
 *
 * Law     One policy, whoever asks: an operator makes it of the witnesses in the configuration, an auditor of those that
 *         the exchanges of the log accredited. Nobody acts on what their own node has not seen.
 */
import { valuesOf, type Exchange, type Party } from '@homeward/core/exchange';
import {
  checkpointPath,
  formatVerifierKey,
  isQuorum,
  parseVerifierKey,
  type Policy,
  quorumNone,
  type Sha256,
  type VerifierKey,
} from '@homeward/tlog';
import type { Finding } from './finding.ts';
import type { Ledger } from './ledger.ts';

/** A witness and what it stands for. Names are unique among the witnesses of one policy. */
export interface PartyWitness {
  readonly name: string;
  readonly key: VerifierKey;
  readonly isPower: boolean;
}

/** The policy for these witnesses: all powers, and any neutral where there is one; nobody where there is neither. */
export function whoMustCosign(log: VerifierKey, witnesses: readonly PartyWitness[]): Policy {
  const names = (isPower: boolean): readonly string[] =>
    witnesses.filter((witness) => witness.isPower === isPower).map(({ name }) => name);
  const parties = { name: 'parties', threshold: names(true).length, members: names(true) };
  const neutrals = { name: 'neutrals', threshold: 1, members: names(false) };
  const groups = [parties, neutrals].filter(({ members }) => members.length > 0);
  const both = { name: 'both', threshold: 2, members: groups.map(({ name }) => name) };
  return {
    logs: [{ key: log }],
    witnesses: witnesses.map(({ name, key }) => ({ name, key })),
    groups: groups.length === 2 ? [...groups, both] : groups,
    quorum: groups.length === 2 ? both.name : (groups[0]?.name ?? quorumNone),
  };
}

/** A witness that an exchange of a log accredited. */
export interface AccreditedWitness extends PartyWitness {
  /** The line of its key. */
  readonly line: string;
}

/**
 * The witnesses that the exchanges accredited, each key once. By key, not by code: an exchange may call anybody A, and
 * must not put that one in another A's place.
 */
export function accreditedWitnesses(ledger: Ledger, sha256?: Sha256): readonly AccreditedWitness[] {
  const witnesses = new Map<string, AccreditedWitness>();
  const taken = new Set<string>();
  for (const [exchange, { state }] of ledger.exchanges) {
    for (const { id, kind, witness: line } of valuesOf(state.parties)) {
      // The host cosigns nothing, and a neutral may be without a node; every power has a key of its own [EX-66].
      if (line === '') continue;
      const key = parseVerifierKey(line, sha256);
      if (!key.ok) throw new Error('the rules let in a party by a witness key that is none');
      const before = witnesses.get(line);
      const name = before?.name ?? (taken.has(id) ? `${id} (${exchange})` : id);
      taken.add(name);
      witnesses.set(line, {
        name,
        line,
        key: key.value,
        isPower: before?.isPower === true || kind === 'power',
      });
    }
  }
  return [...witnesses.values()];
}

/** Lines of the keys that cosigned a checkpoint. */
type Signers = ReadonlySet<string>;

/**
 * Who of an exchange must have cosigned and has not. A party counts from its first enrolled key or its first cosignature on:
 * before, nobody can act for it, and whoever was only named holds nobody up.
 */
function missingIn({ parties, keys }: Exchange, signers: Signers): readonly string[] {
  const present = new Set<string>();
  for (const { party, publicKey } of valuesOf(keys)) if (publicKey !== undefined) present.add(party);
  const counted = [...valuesOf(parties)].filter(
    ({ id, witness }) => witness !== '' && (present.has(id) || signers.has(witness)),
  );
  const names = (all: readonly Party[]): readonly string[] => all.map(({ id }) => id);
  const powers = counted.filter(({ kind }) => kind === 'power');
  const neutrals = counted.filter(({ kind }) => kind !== 'power');
  const isMissing = ({ witness }: Party): boolean => !signers.has(witness);
  return [...names(powers.filter(isMissing)), ...(neutrals.every(isMissing) ? names(neutrals) : [])];
}

/**
 * Each exchange is judged by its own parties: every power of it that counts, and one of its neutrals, must have cosigned,
 * whatever the policy beside the log says. Whom one exchange lets in binds no other.
 */
export function findMissingCosigners(
  ledger: Ledger,
  signers: Signers,
  only: string | undefined,
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [exchange, { state }] of ledger.exchanges) {
    if (only !== undefined && only !== exchange) continue;
    const names = missingIn(state, signers);
    if (names.length === 0) continue;
    findings.push({
      path: checkpointPath,
      rule: 'ND-41',
      says: `Every power and a neutral of the exchange ${exchange} must have cosigned; missing: ${names.join(', ')}.`,
      fault: { kind: 'witness', problem: 'CosignatureMissing', exchange, names },
    });
  }
  return findings;
}

/**
 * A policy that would accept a checkpoint without a power that it names itself asks for too little: somebody changed it, or
 * wrote it so. It may name witnesses that no exchange accredited, and ask for them besides.
 */
export function findWeakness(stated: Policy, accredited: readonly AccreditedWitness[]): readonly Finding[] {
  const powers = new Set(accredited.filter(({ isPower }) => isPower).map(({ line }) => line));
  const all = stated.witnesses.map(({ name }) => name);
  return stated.witnesses
    .filter(({ key }) => powers.has(formatVerifierKey(key)))
    .filter(({ name }) => isQuorum(stated, new Set(all.filter((other) => other !== name))))
    .map(({ name }) => ({
      path: 'policy',
      rule: 'ND-41',
      says: `The policy would accept a checkpoint without "${name}", a power that it names.`,
      fault: { kind: 'witness', problem: 'PolicyWeak', names: [name] },
    }));
}
