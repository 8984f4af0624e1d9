/** Changes to try on a problem, and what a re-plan derives from the problem that it names. */
import type { PersonId, PreviousPlan, Rule, TrancheId } from './problem.ts';

/** One change to try. */
export type WhatIf =
  /** The person drops out. */
  | { readonly kind: 'strike'; readonly person: PersonId; readonly reason: string }
  /** The persons go in this tranche, or stay off. */
  | { readonly kind: 'place'; readonly persons: readonly PersonId[]; readonly tranche: TrancheId | null }
  /** The persons do not go in this tranche, or at all. */
  | { readonly kind: 'forbid'; readonly persons: readonly PersonId[]; readonly tranche?: TrancheId }
  /** The rule is put in the place of the one with its id, or added. */
  | { readonly kind: 'set-rule'; readonly rule: Rule }
  | { readonly kind: 'drop-rule'; readonly rule: string };

/** What a re-plan derived from the problem it names: by this and the problem alone it can be checked. */
export interface Replan {
  /** The plan on the table, as it was. */
  readonly previous: PreviousPlan;
  readonly changes: readonly WhatIf[];
  /** SHA-256 over the canonical JSON of the digest of the problem, `previous` and `changes`, in hexadecimal. */
  readonly digest: string;
}
