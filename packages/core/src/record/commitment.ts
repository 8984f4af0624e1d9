/**
 * The salted commitment to a record: what the log holds instead of the record.
 *
 * Law     The commitment holds for its record and salt alone. With a salt of 32 random bytes that was never used before it
 *         says nothing about the record, and equal records have different commitments.
 * Cost    Two SHA-256 blocks for a short record; no allocation beyond the bytes hashed.
 * Source  `spec/record.md`; the construction is a hash commitment with a random opening (hiding and binding in the
 *         random oracle model).
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { decodeBase64, encodeBase64 } from '@homeward/tlog';
import type { Base64Hash } from '../exchange/index.ts';
import { recordSchema, toRecordBytes, type PersonRecord } from './record.ts';

/** Bytes of a salt. */
export const saltLength = 32;

const domain = utf8ToBytes(`${recordSchema}\0`);

/** The commitment to the canonical bytes of a record. A salt of another length is a bug of the caller. */
export function commitToBytes(salt: Uint8Array, recordBytes: Uint8Array): Base64Hash {
  if (salt.length !== saltLength) {
    throw new Error(`A salt has ${saltLength} bytes.`);
  }
  return encodeBase64(sha256(concatBytes(domain, salt, recordBytes))) as Base64Hash;
}

/** The commitment to a record under a salt of 32 bytes, base64. */
export function commitTo(salt: Uint8Array, record: PersonRecord): Base64Hash {
  return commitToBytes(salt, toRecordBytes(record));
}

/** The salt in base64, or nothing when the text is none. */
export function parseSalt(text: string): Uint8Array | undefined {
  const salt = decodeBase64(text);
  return salt?.length === saltLength ? salt : undefined;
}
