/** The text forms of bytes and times on the wire. Each is exact: one value has one spelling. */
import * as z from 'zod';

/** 32 bytes as 64 lowercase hex digits: act ids, payload hashes, key fingerprints. */
export const Hex32 = z.string().regex(/^[0-9a-f]{64}$/u, 'expected 64 lowercase hex digits');

/** Standard base64 with padding. */
export const Base64 = z
  .string()
  .regex(
    /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/u,
    'expected standard base64 with padding',
  );

/** RFC 3339 in UTC, to the millisecond. */
export const Instant = z.iso.datetime({ precision: 3 });

/** An entry index or a tree size of the log. Below 2^53: at 1,500 acts a second, 190,000 years. */
export const LogIndex = z.int().min(0);

/** A count of persons, acts or entries. */
export const Count = z.int().min(0);

/** A short code of a party, as in the core's `PartyId`. */
export const PartyCode = z.string().regex(/^[A-Za-z0-9-]{1,16}$/u, 'expected 1 to 16 of A–Z a–z 0–9 -');
