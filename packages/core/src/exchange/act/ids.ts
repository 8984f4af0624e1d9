/**
 * The names that acts use for people, keys, lists and places. None of them says who a person is.
 *
 * Entry, list, tranche and actor ids are random (at least 128 bits, base64url without padding, 22 characters or
 * more); a fingerprint is the SHA-256 of a public key and an act id the SHA-256 of an act's canonical bytes,
 * both in lowercase hex. Brands keep one kind of id from being passed where another is meant; they cost nothing.
 */
declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** One exchange between powers: random, chosen by the host that opens it. */
export type ExchangeId = Branded<string, 'ExchangeId'>;
/** A power, a neutral body or the host, by a short code such as `A`, `B`, `N1`: 1–16 of `A–Z a–z 0–9 -`. */
export type PartyId = Branded<string, 'PartyId'>;
/** One human being who acts for a party. Two keys of one human share it, so two persons are never one. */
export type ActorId = Branded<string, 'ActorId'>;
/** SHA-256 of a raw 32-byte Ed25519 public key, lowercase hex. */
export type KeyFingerprint = Branded<string, 'KeyFingerprint'>;
/** One person's entry on one list. Never derived from a name. */
export type EntryId = Branded<string, 'EntryId'>;
export type ListId = Branded<string, 'ListId'>;
export type TrancheId = Branded<string, 'TrancheId'>;
/** A direction of one part of a deal, named in the terms. */
export type LegId = Branded<string, 'LegId'>;
/** A category of persons, defined in the terms. */
export type Category = string;
/** A place where people cross, named in the terms. */
export type CrossingId = Branded<string, 'CrossingId'>;
/** SHA-256 of the canonical bytes of an act's content, without signatures, lowercase hex. */
export type ActId = Branded<string, 'ActId'>;
/** SHA-256 of canonical bytes that people agree to (terms, a proposal), lowercase hex. */
export type ContentHash = Branded<string, 'ContentHash'>;
/** SHA-256 of a sealed payload's ciphertext, lowercase hex. */
export type PayloadHash = Branded<string, 'PayloadHash'>;
/** Standard padded base64 of 32 bytes: a Merkle root or a commitment. */
export type Base64Hash = Branded<string, 'Base64Hash'>;
