/**
 * Who must have cosigned a log: every power, and any one of the neutrals where there are some.
 *
 * Law     One policy, whoever asks: an operator makes it of the witnesses in the configuration, an auditor of those that
 *         the exchanges of the log accredited. Nobody acts on what their own node has not seen.
 */
import { valuesOf, type ExchangeId } from '@homeward/core/exchange';
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

/** A witness that an exchange of a log accredited, and where. */
export interface AccreditedWitness extends PartyWitness {
  /** The line of its key. */
  readonly line: string;
  readonly exchanges: readonly ExchangeId[];
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
        exchanges: [...(before?.exchanges ?? []), exchange],
      });
    }
  }
  return [...witnesses.values()];
}

/** Every witness of a stated policy is the node of a party that some exchange of this log accredited, by its very key. */
export function findUnaccredited(
  stated: Policy,
  accredited: readonly AccreditedWitness[],
): readonly Finding[] {
  const lines = new Set(accredited.map(({ line }) => line));
  return stated.witnesses
    .filter(({ key }) => !lines.has(formatVerifierKey(key)))
    .map(({ name }) => ({
      path: 'policy',
      rule: 'ND-41',
      says: `No exchange in this log has accredited "${name}" with this witness key.`,
      fault: { kind: 'witness', problem: 'WitnessUnaccredited', names: [name] },
    }));
}

/**
 * Whoever wrote the policy beside a log could ask for too little by it: those whom the log accredited are asked for
 * whatever it says. `signers` are the lines of the keys that cosigned.
 */
export function findMissingCosigners(
  log: VerifierKey,
  accredited: readonly AccreditedWitness[],
  signers: ReadonlySet<string>,
): readonly Finding[] {
  const policy = whoMustCosign(log, accredited);
  const signed = new Set(accredited.filter(({ line }) => signers.has(line)).map(({ name }) => name));
  if (isQuorum(policy, signed)) return [];
  const names = accredited.map(({ name }) => name).filter((name) => !signed.has(name));
  return [
    {
      path: checkpointPath,
      rule: 'ND-41',
      says: `Every power and a neutral that this log accredited must have cosigned; missing: ${names.join(', ')}.`,
      fault: { kind: 'witness', problem: 'CosignatureMissing', names },
    },
  ];
}
