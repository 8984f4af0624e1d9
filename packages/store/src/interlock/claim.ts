import type {
  ActorId,
  ContentHash,
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
  /** One person's approval. Refused: the proposer, the same person or the same key twice on one hash. */
  | {
      readonly kind: 'approve';
      readonly tranche: TrancheId;
      readonly hash: ContentHash;
      readonly party: PartyId;
      readonly actor: ActorId;
      readonly key: KeyFingerprint;
    }
  | {
      readonly kind: 'withdraw-approval';
      readonly tranche: TrancheId;
      readonly hash: ContentHash;
      readonly actor: ActorId;
    }
  /**
   * The tranche may move. Refused without two standing approvals of each power in `powers`. Each coupling lists the
   * legs that move in step, with the steps planned for each (a leg with fewer steps holds nobody back after its last).
   */
  | {
      readonly kind: 'schedule';
      readonly tranche: TrancheId;
      readonly hash: ContentHash;
      readonly powers: readonly PartyId[];
      readonly couplings: readonly (readonly { readonly leg: LegId; readonly steps: number }[])[];
    }
  /** Step `step` (1-based) leaves. Refused: twice, out of order, or before step-1 of every coupled leg is closed. */
  | { readonly kind: 'release'; readonly tranche: TrancheId; readonly leg: LegId; readonly step: number }
  /** The step ended: everyone in it was received and counted, or turned back and accounted for. */
  | {
      readonly kind: 'close-step';
      readonly tranche: TrancheId;
      readonly leg: LegId;
      readonly step: number;
      readonly outcome: 'received' | 'turned-back';
    }
  /** The leg has no further step in this tranche, though more were planned. */
  | { readonly kind: 'finish-leg'; readonly tranche: TrancheId; readonly leg: LegId; readonly steps: number }
  /** Cancelled, withdrawn or certified: nothing of it is released any more. */
  | { readonly kind: 'close-tranche'; readonly tranche: TrancheId };
