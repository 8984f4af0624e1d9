/**
 * The keys of why the rules say no: one for every refusal the core can give, for every fault of terms, and for what they
 * name. The compiler refuses a catalogue that lacks one. `toReason` in `telling/reason.ts` fills the placeholders.
 */
import type { Refusal, TermsFault } from '@homeward/core/exchange';

/** What an act names. In the nominative: the sentences give it after a colon. */
type Named = Extract<Refusal, { readonly kind: 'Unknown' }>['what'];
type Whereabouts = Extract<Refusal, { readonly kind: 'PersonGone' }>['whereabouts'];

export type RefusalKey =
  | 'refusal.other'
  | `refusal.${Refusal['kind']}`
  | `fault.${TermsFault['kind']}`
  | `named.${Named}`
  | `whereabouts.${Whereabouts}`;
