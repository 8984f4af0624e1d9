/**
 * The head of an act: what every act says besides its body.
 *
 * An act is `{ exchange, kind, body, by, role, after, nonce, at }` in RFC 8785 canonical JSON inside a DSSE
 * envelope (`envelope.ts`). The kinds and their bodies are the rows of `acts.ts`. Acts name people by random entry ids
 * only; names, dates of birth and findings travel beside them as sealed payloads, named here by hash. An act is never
 * edited or deleted: a mistake is answered by a later act.
 *
 * Where many persons are judged, interviewed or confirmed at one sitting, one act carries the whole sitting
 * (`personsPerActMax`, `personsPerTrancheMax`), so that 1,000 persons do not need 1,000 signatures of one tired officer.
 */
import { anything, members, text, wholeNumber } from '../../json/shape.ts';
import type { Base64Hash, ExchangeId, KeyFingerprint } from './ids.ts';
import { base64Hash, instant, keyId, randomId, role, type Role } from './vocabulary.ts';

/** An act whose body is `B`, whatever its kind. */
export interface Said<B> {
  readonly exchange: ExchangeId;
  readonly body: B;
  /** The key that signed. */
  readonly by: KeyFingerprint;
  readonly role: Role;
  /** The newest cosigned checkpoint its signer had seen: causal order. */
  readonly after: { readonly size: number; readonly root: Base64Hash };
  /** At least 128 random bits, base64url: makes the act single-use. */
  readonly nonce: string;
  /** RFC 3339 UTC, to the millisecond. A claim of the signer, never used to decide an order. */
  readonly at: string;
}

/** The form of every act; the body is judged by the row of its kind. */
export const head = members({
  exchange: randomId,
  kind: text(1, 40),
  body: anything,
  by: keyId,
  role,
  after: members({ size: wholeNumber(0, Number.MAX_SAFE_INTEGER), root: base64Hash }),
  nonce: randomId,
  at: instant,
});
