/**
 * From eligible persons to an approved tranche: will and fitness first, then a proposal, strikes at the last minute,
 * and two persons of each power on the very hash.
 */
import { personsPerActMax, proposalHash, termsHash } from '@homeward/core/exchange';
import type { Bodies, ContentHash } from '@homeward/core/exchange';
import { crossings, legFrom, legs } from '../terms.ts';
import type { Strike } from '../choosing-throughout.ts';
import type { TranchePlan, World } from '../world.ts';
import { powers } from '../world.ts';
import { inChunks } from './chunks.ts';
import type { Payloads } from './payloads.ts';
import { paper } from './payloads.ts';
import type { Script } from './task.ts';

/** The neutral asks each in private and has them examined, and says of each one word: cleared or not. */
export function addInterviews(script: Script, world: World, needs: readonly string[]): readonly string[] {
  return powers.flatMap((power) => {
    const kept = new Set([...world.refusers[power], ...world.unfit[power]]);
    return inChunks(world.interviewed[power], personsPerActMax).map((entries, index) =>
      script.add({
        label: `clearance ${power} ${index + 1}`,
        actor: 'N1.observer',
        kind: 'ClearanceRecorded',
        needs,
        body: () => ({
          stage: 'before-listing',
          persons: entries.map((entry) => ({ entry, cleared: !kept.has(entry) })),
        }),
      }),
    );
  });
}

function proposalOf(
  world: World,
  name: string,
  tranche: TranchePlan,
  payloads: Payloads,
): Bodies['TrancheProposed'] {
  return {
    tranche: tranche.id,
    number: tranche.number,
    persons: { [legs.ab]: tranche.persons.A, [legs.ba]: tranche.persons.B },
    plan: payloads.hashOf(
      paper({ label: `plan of ${name}`, from: proposerOf(tranche).charAt(0), to: ['A', 'B'] }, () => ({
        by: world.planning.by,
        proven: world.planning.proven,
        order: world.terms.order,
      })),
    ),
  };
}

/**
 * Adds the proposal of one tranche up to its schedule. Where persons drop out at the last minute, the proposal is
 * first approved with them, then revised: the approvals fall with the old hash.
 */
export function addChoice(
  script: Script,
  world: World,
  tranche: TranchePlan,
  payloads: Payloads,
  needs: readonly string[],
): readonly string[] {
  const name = `tranche ${tranche.number}`;
  const strikes = world.strikes.filter(({ number }) => number === tranche.number);
  const before = strikes.length === 0 ? needs : addStrikes(script, world, tranche, payloads, needs);
  return addAgreedTranche(script, world, { tranche, name, payloads }, before);
}

/** Proposal, four approvals and schedule of a tranche under the given name. */
export function addAgreedTranche(
  script: Script,
  world: World,
  work: { readonly tranche: TranchePlan; readonly name: string; readonly payloads: Payloads },
  needs: readonly string[],
): readonly string[] {
  const { tranche, name, payloads } = work;
  const body = (): Bodies['TrancheProposed'] => proposalOf(world, name, tranche, payloads);
  const hash = (): ContentHash => proposalHash(world.exchange, termsHash(world.terms), body());
  const proposed = script.add({
    label: `propose ${name}`,
    actor: proposerOf(tranche),
    kind: 'TrancheProposed',
    needs,
    body,
  });
  const approved = addApprovals(script, { tranche, name, hash, each: 2 }, [proposed]);
  const attempts = tranche.number === 1 ? addRefusedApprovals(script, tranche, hash, approved) : [];
  return [
    script.add({
      label: `schedule ${name}`,
      actor: 'H.mediator',
      kind: 'TrancheScheduled',
      needs: [...approved, ...attempts],
      body: () => ({
        tranche: tranche.id,
        hash: hash(),
        routes: powers.map((power) => ({
          leg: legFrom[power],
          crossing: power === 'A' ? crossings.north : crossings.south,
          ...windowOf(tranche.number),
        })),
      }),
    }),
  ];
}

function proposerOf(tranche: TranchePlan): string {
  return tranche.number % 2 === 1 ? 'A.coordinator' : 'B.coordinator';
}

/** The proposal with the persons who will drop out, approved by one of each power; then one drops out after the other. */
function addStrikes(
  script: Script,
  world: World,
  tranche: TranchePlan,
  payloads: Payloads,
  needs: readonly string[],
): readonly string[] {
  const name = `tranche ${tranche.number} before strikes`;
  const strikes = world.strikes.filter(({ number }) => number === tranche.number);
  const body = (): Bodies['TrancheProposed'] => proposalOf(world, name, world.beforeStrikes, payloads);
  const hash = (): ContentHash => proposalHash(world.exchange, termsHash(world.terms), body());
  const proposed = script.add({
    label: `propose ${name}`,
    actor: proposerOf(tranche),
    kind: 'TrancheProposed',
    needs,
    body,
  });
  const approved = addApprovals(script, { tranche, name, hash, each: 1 }, [proposed]);
  return strikes.map(({ struck, power }) => {
    const known = addFinding(script, { struck, power, number: tranche.number }, approved);
    return script.add({
      label: `strike ${power} of tranche ${tranche.number}`,
      actor: `${power}.coordinator`,
      kind: 'EntryStruck',
      needs: known,
      body: () => ({ entry: struck }),
    });
  });
}

/** The neutral no longer clears a person; why is nobody's to read in the record. */
function addFinding(
  script: Script,
  { struck, power, number }: Pick<Strike, 'struck' | 'power' | 'number'>,
  needs: readonly string[],
): readonly string[] {
  return [
    script.add({
      label: `not cleared ${power} before tranche ${number}`,
      actor: 'N1.observer',
      kind: 'ClearanceRecorded',
      needs,
      body: () => ({ stage: 'before-listing', persons: [{ entry: struck, cleared: false }] }),
    }),
  ];
}

/** Two attempts to get round the rule of two persons, which must fail. */
function addRefusedApprovals(
  script: Script,
  tranche: TranchePlan,
  hash: () => ContentHash,
  needs: readonly string[],
): readonly string[] {
  return [
    script.add({
      label: 'approve twice by one person',
      actor: 'A.approver',
      kind: 'TrancheApproved',
      needs,
      mustBeRefused: true,
      body: () => ({ tranche: tranche.id, hash: hash() }),
    }),
    script.add({
      label: 'approve another hash',
      actor: 'B.approver',
      kind: 'TrancheApproved',
      needs,
      mustBeRefused: true,
      body: () => ({ tranche: tranche.id, hash: '0'.repeat(64) as ContentHash }),
    }),
  ];
}

/** 06:00 to 20:00 UTC on 23, 24 and 25 May 2025. */
export function windowOf(number: number): { readonly opens: string; readonly closes: string } {
  const day = `2025-05-${22 + number}`;
  return { opens: `${day}T06:00:00.000Z`, closes: `${day}T20:00:00.000Z` };
}

function addApprovals(
  script: Script,
  work: {
    readonly tranche: TranchePlan;
    readonly name: string;
    readonly hash: () => ContentHash;
    /** Persons of each power who sign. */
    readonly each: number;
  },
  needs: readonly string[],
): readonly string[] {
  const { tranche, name, hash, each } = work;
  return powers.flatMap((power) =>
    ['approver', 'approver-2'].slice(0, each).map((role) =>
      script.add({
        label: `approve ${name} ${power} ${role}`,
        actor: `${power}.${role}`,
        kind: 'TrancheApproved',
        needs,
        body: () => ({ tranche: tranche.id, hash: hash() }),
      }),
    ),
  );
}
