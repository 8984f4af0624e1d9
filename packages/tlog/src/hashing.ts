/**
 * The two hashes every tree of the log is made of.
 *
 * Law     Entries and nodes are hashed under different prefixes, so no node can pose as an entry [LG-1, LG-2].
 * Cost    One SHA-256 each. The built-in one is portable and pure; a runtime with a faster one passes it in.
 * Source  RFC 6962, section 2.1.
 */
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';

/** A SHA-256 hash: 32 bytes wherever this package makes or accepts one. */
export type Hash = Uint8Array;

/** SHA-256, synchronous: `(message) => hash('sha256', message, 'buffer')` of node:crypto is faster, the more so the longer the entries. */
export type Sha256 = (message: Uint8Array) => Uint8Array;

/** How many bytes a hash has. */
export const hashLength = 32;

/** The portable SHA-256 used where none is passed in. */
export const pureSha256: Sha256 = (message) => nobleSha256(message);

/** The hash under which an entry stands in the tree: SHA-256(0x00 || entry). */
export function leafHash(entry: Uint8Array, sha256: Sha256 = pureSha256): Hash {
  const message = new Uint8Array(1 + entry.length);
  message.set(entry, 1);
  return sha256(message);
}

/** The hash of a node over its two children: SHA-256(0x01 || left || right). */
export function nodeHash(left: Hash, right: Hash, sha256: Sha256 = pureSha256): Hash {
  const message = new Uint8Array(1 + left.length + right.length);
  message[0] = 1;
  message.set(left, 1);
  message.set(right, 1 + left.length);
  return sha256(message);
}

/** The root of the tree without entries: SHA-256 of nothing [LG-3]. */
export function emptyRoot(sha256: Sha256 = pureSha256): Hash {
  return sha256(new Uint8Array(0));
}

/** The root over 1, 2, 4, 8 ... hashes: the top of a perfect subtree. */
export function perfectRoot(hashes: readonly Hash[], sha256: Sha256 = pureSha256): Hash {
  let row = hashes;
  while (row.length > 1) {
    const above: Hash[] = [];
    for (let at = 0; at < row.length; at += 2) above.push(nodeHash(row[at]!, row[at + 1]!, sha256));
    row = above;
  }
  return row[0]!;
}
