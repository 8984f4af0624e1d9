/** Makes the claims of acts in the database's own interlock, whose constraints grant or refuse them. */
import { sql, type Transaction } from 'kysely';
import { sqlState } from '../database/serializable.ts';
import type { Tables } from '../database/tables.ts';
import type { Claim, ClaimingAct, ClaimRefusal } from './claim.ts';

/** SQLSTATEs by which the database itself says no: our triggers, and its constraints. */
const refusals = new Set(['HW001', 'HW003', '23503', '23505', '23514']);

/**
 * Makes the claims of a batch whose entries stand at `first` and after, in order, in the transaction that appends
 * them. Calls `refuse`, which must throw, with the first claim that the database does not grant.
 */
export async function stake(
  tx: Transaction<Tables>,
  first: number,
  batch: readonly ClaimingAct[],
  refuse: (refusal: ClaimRefusal) => never,
): Promise<void> {
  const opened = new Set<string>();
  for (const [at, { act, exchange, claims }] of batch.entries()) {
    for (const claim of claims) {
      try {
        if (!opened.has(exchange)) {
          await sql`insert into exchange_lock (exchange) values (${exchange}) on conflict do nothing`.execute(
            tx,
          );
          await sql`select from exchange_lock where exchange = ${exchange} for update`.execute(tx);
          opened.add(exchange);
        }
        const met = await makeClaim(tx, exchange, first + at, claim);
        if (!met) refuse({ kind: 'claim-refused', at, act, says: sentence(claim, undefined) });
      } catch (error) {
        const state = sqlState(error);
        if (state === undefined || !refusals.has(state)) throw error;
        refuse({ kind: 'claim-refused', at, act, says: sentence(claim, state) });
      }
    }
  }
}

/** False when the claim is about something that is not there. */
async function makeClaim(
  tx: Transaction<Tables>,
  exchange: string,
  entry: number,
  claim: Claim,
): Promise<boolean> {
  switch (claim.kind) {
    case 'propose':
      // The same proposal made again is the same proposal: its hash is its content.
      await sql`
        insert into proposal (exchange, tranche, hash, proposer, proposer_key, entry)
        values (${exchange}, ${claim.tranche}, ${claim.hash}, ${claim.proposer}, ${claim.key}, ${entry})
        on conflict (exchange, tranche, hash) do nothing`.execute(tx);
      return true;
    case 'approve':
      await sql`
        insert into approval (exchange, tranche, hash, party, actor, key, role, entry)
        values (${exchange}, ${claim.tranche}, ${claim.hash}, ${claim.party}, ${claim.actor}, ${claim.key},
          ${claim.role}, ${entry})`.execute(tx);
      return true;
    case 'withdraw-approval':
      return changed(
        await sql`
          update approval set withdrawn = ${entry}
          where exchange = ${exchange} and tranche = ${claim.tranche} and hash = ${claim.hash}
            and actor = ${claim.actor} and withdrawn is null`.execute(tx),
      );
    case 'schedule':
      await sql`
        insert into schedule (exchange, tranche, entry, hash, powers)
        values (${exchange}, ${claim.tranche}, ${entry}, ${claim.hash}, ${claim.powers}::text[])`.execute(tx);
      for (const [coupling, legs] of claim.couplings.entries()) {
        await sql`
          insert into coupled_leg (exchange, tranche, entry, coupling, leg)
          select ${exchange}, ${claim.tranche}, ${entry}, ${coupling}, leg
          from unnest(${legs}::text[]) as coupled (leg)`.execute(tx);
      }
      return true;
    case 'release':
      await sql`
        insert into step (exchange, tranche, leg, step, exhausted, released)
        values (${exchange}, ${claim.tranche}, ${claim.leg}, ${claim.step}, ${claim.exhausted}::text[],
          ${entry})`.execute(tx);
      return true;
    case 'skip-step':
      await sql`
        insert into step (exchange, tranche, leg, step, released, closed, outcome)
        values (${exchange}, ${claim.tranche}, ${claim.leg}, ${claim.step}, ${entry}, ${entry},
          'turned-back')`.execute(tx);
      return true;
    case 'close-step':
      return changed(
        await sql`
          update step set closed = ${entry}, outcome = ${claim.outcome}
          where exchange = ${exchange} and tranche = ${claim.tranche} and leg = ${claim.leg}
            and step = ${claim.step}`.execute(tx),
      );
    case 'close-tranche':
      await sql`
        insert into closed_tranche (exchange, tranche, entry)
        values (${exchange}, ${claim.tranche}, ${entry})`.execute(tx);
      return true;
  }
}

function changed(result: { readonly numAffectedRows?: bigint }): boolean {
  return (result.numAffectedRows ?? 0n) > 0n;
}

/** Says what was refused without a word of the data: the caller knows which act it was. */
function sentence(claim: Claim, state: string | undefined): string {
  const twice = state === '23505';
  switch (claim.kind) {
    case 'propose':
      return 'This proposal cannot be made.';
    case 'approve':
      return twice
        ? 'The same person, or the same key, has already approved this proposal.'
        : 'No proposal has the hash this approval names.';
    case 'withdraw-approval':
      return 'There is no standing approval to withdraw.';
    case 'schedule':
      return 'A tranche is scheduled only with two standing approvals of each power, one of them an approver, and before it is closed.';
    case 'release':
      return twice
        ? 'This step has already left.'
        : 'A step leaves only from a scheduled and approved tranche, when the step before it is closed on every coupled leg.';
    case 'close-step':
      return 'Only a step that has left can be closed, and only once.';
    case 'skip-step':
      return 'This step has already left.';
    case 'close-tranche':
      return 'This tranche is already closed.';
  }
}
