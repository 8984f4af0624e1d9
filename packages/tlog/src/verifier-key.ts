/**
 * Verifier keys: who signs, under which name, by which kind of signature.
 *
 *     name+hex8(key id)+base64(type || public key)
 *
 * Source  C2SP signed-note, "Signatures" and "Verifier keys".
 */
import { bytesToHex } from '@noble/hashes/utils.js';
import { publicKeyLength } from './ed25519.ts';
import { pureSha256, type Sha256 } from './hashing.ts';
import { accept, refuse, type Result } from './problem.ts';
import { concatBytes, decodeBase64, encodeBase64, utf8ToBytes } from './text.ts';

/**
 * What a key signs: a note as it is ('note', 0x01), or the statement that at a time this was the largest
 * consistent tree its holder had seen ('cosignature', 0x04).
 */
export type KeyType = 'note' | 'cosignature';

const typeBytes = { note: 0x01, cosignature: 0x04 } as const satisfies Record<KeyType, number>;

/** A public key with its name; `id` is the key id as 8 lowercase hexadecimal digits. */
export interface VerifierKey {
  readonly name: string;
  readonly id: string;
  readonly type: KeyType;
  readonly publicKey: Uint8Array;
}

/** A key's name, kind and 32 bytes, before its id is known. */
export interface NamedKey {
  readonly name: string;
  readonly type: KeyType;
  readonly publicKey: Uint8Array;
}

/** True for a name that may stand in a signature line: not empty, no Unicode space, no `+`, no control character [LG-24]. */
export function isKeyName(name: string): boolean {
  // eslint-disable-next-line no-control-regex -- the format forbids exactly these
  return /^[^\p{White_Space}+\u0000-\u001f\p{Surrogate}]+$/u.test(name);
}

/**
 * A verifier key from its parts. The id is the first four bytes of SHA-256(name || 0x0A || type || public key).
 *
 * Contract  Throws on a name or a key that cannot be one: these come from our own configuration.
 */
export function toVerifierKey(key: NamedKey, sha256: Sha256 = pureSha256): VerifierKey {
  if (!isKeyName(key.name)) throw new RangeError(`"${key.name}" cannot name a key`);
  if (key.publicKey.length !== publicKeyLength) throw new RangeError('an Ed25519 public key has 32 bytes');
  const type = Uint8Array.of(typeBytes[key.type]);
  const digest = sha256(concatBytes(utf8ToBytes(`${key.name}\n`), type, key.publicKey));
  return { ...key, id: bytesToHex(digest.subarray(0, 4)) };
}

/** The text of a verifier key. */
export function formatVerifierKey({ name, id, type, publicKey }: VerifierKey): string {
  return `${name}+${id}+${encodeBase64(concatBytes(Uint8Array.of(typeBytes[type]), publicKey))}`;
}

/**
 * The verifier key a text states.
 *
 * Law     Splits at the first two `+` only, for base64 has its own; the id must be the one the rest yields [LG-25].
 *         Does not judge the key's strength: enrolment does (`assessPublicKey`).
 */
export function parseVerifierKey(text: string, sha256: Sha256 = pureSha256): Result<VerifierKey> {
  const match = /^([^+]*)\+([^+]*)\+(.*)$/s.exec(text);
  if (match === null) return refuse('KeyMalformed', 'A verifier key has the form name+id+key.');
  const [, name, id, encoded] = match;
  if (!isKeyName(name!))
    return refuse('KeyNameMalformed', 'The name of a key is empty or has a space in it.');
  const bytes = decodeBase64(encoded!);
  if (bytes === undefined || bytes.length === 0) {
    return refuse('KeyMalformed', 'The key is not in canonical base64.');
  }
  const type = (['note', 'cosignature'] as const).find((known) => typeBytes[known] === bytes[0]);
  if (type === undefined) {
    return refuse('KeyTypeUnknown', `Keys of type ${bytes[0]!} are not supported: only 1 and 4 are.`);
  }
  if (bytes.length !== 1 + publicKeyLength) {
    return refuse('KeyMalformed', 'An Ed25519 public key has 32 bytes.');
  }
  const key = toVerifierKey({ name: name!, type, publicKey: bytes.slice(1) }, sha256);
  return key.id === id
    ? accept(key)
    : refuse('KeyIdWrong', `The key's id should be ${key.id}: the key has been altered.`);
}
