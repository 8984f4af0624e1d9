import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import type { ContentHash } from './ids.ts';

/** RFC 8785 text of plain JSON data; a value that JSON cannot carry is a broken invariant. */
export function canonicalText(content: unknown): string {
  const text = canonicalize(content);
  if (text === undefined) throw new Error('Only plain JSON data has a canonical form.');
  return text;
}

/** RFC 8785 bytes of plain JSON data. */
export function canonicalBytes(content: unknown): Uint8Array {
  return utf8ToBytes(canonicalText(content));
}

/** SHA-256 of the canonical bytes, lowercase hex: what people sign when they agree to content. */
export function contentHash(content: unknown): ContentHash {
  return bytesToHex(sha256(canonicalBytes(content))) as ContentHash;
}
