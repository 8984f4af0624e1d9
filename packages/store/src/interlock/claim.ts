/** What an act claims in the database's own interlock. */
import type {
  ActId,
  ActorId,
  ContentHash,
  ExchangeId,
  KeyFingerprint,
  LegId,
  PartyId,
  TrancheId,
} from '@homeward/core/exchange';

/**
 * What an accepted act takes in the database's own interlock. `decide` has the whole rule; these claims repeat, as
 * constraints and triggers that raw SQL cannot pass either, the part whose breach would cost people: a step released
 * twice or ahead of the other leg (N1), and a tranche moved by fewer than two persons of a power (N6).
 * All are scoped to the exchange of the act that carries them.
 */
export type Claim =
  /** A tranche proposal: `hash` is what approvals must name. */
  | {
      readonly kind: 'propose';
      readonly tranche: TrancheId;
      readonly hash: ContentHash;
      readonly proposer: ActorId;
      readonly key: KeyFingerprint;
    }
  /** One person's approval. Refused: the same person or the same key twice on one hash. */
  | {
      readonly kind: 'approve';
      readonly tranche: TrancheId;
      readonly hash: ContentHash;
      readonly party: PartyId;
      readonly actor: ActorId;
      readonly key: KeyFingerprint;
      readonly role: 'coordinator' | 'approver';
    }
  /** Withdrawn by its giver, or void because what it approved has changed or its key was lost. */
  | {
      readonly kind: 'withdraw-approval';
      readonly tranche: TrancheId;
      readonly hash: ContentHash;
      readonly actor: ActorId;
    }
  /**
   * The tranche may move. Refused without two standing approvals of each power in `powers`, one of them an
   * approver's. Each coupling lists the legs of this tranche that move in step.
   */
  | {
      readonly kind: 'schedule';
      readonly tranche: TrancheId;
      readonly hash: ContentHash;
      readonly powers: readonly PartyId[];
      readonly couplings: readonly (readonly LegId[])[];
    }
  /**
   * Step `step` (1-based) leaves. Refused: twice; while approvals are missing; or before step-1 is closed on every
   * coupled leg and its own, except those in `exhausted`, which have no such step because nobody is left on them.
   */
  | {
      readonly kind: 'release';
      readonly tranche: TrancheId;
      readonly leg: LegId;
      readonly step: number;
      readonly exhausted: readonly LegId[];
    }
  /** The released step ended: everyone in it was received and counted, or turned back and accounted for. */
  | {
      readonly kind: 'close-step';
      readonly tranche: TrancheId;
      readonly leg: LegId;
      readonly step: number;
      readonly outcome: 'received' | 'turned-back';
    }
  /** The step ended without ever being released: everyone turned back before the line. */
  | { readonly kind: 'skip-step'; readonly tranche: TrancheId; readonly leg: LegId; readonly step: number }
  /** Cancelled, withdrawn or certified: nothing of it is released any more. */
  | { readonly kind: 'close-tranche'; readonly tranche: TrancheId };

/** An act with what it claims. */
export interface ClaimingAct {
  readonly act: ActId;
  readonly exchange: ExchangeId;
  readonly claims: readonly Claim[];
}

/** The claim at position `at` of a batch was not granted; `says` is a sentence without personal data. */
export interface ClaimRefusal {
  readonly kind: 'claim-refused';
  readonly at: number;
  readonly act: ActId;
  readonly says: string;
}
