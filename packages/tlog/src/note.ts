/**
 * Signed notes: a text, one empty line, and one or more signatures, each by a named key.
 *
 * Law     What counts is what known keys have signed. A line by an unknown key is carried along and believed by
 *         nobody [LG-21]; a line by a known key that does not verify condemns the note [LG-22]; a note that no
 *         known key has signed says nothing [LG-23].
 * Source  C2SP signed-note; for keys of type 0x04, C2SP tlog-cosignature.
 */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { cosignedMessage, parseCosignature } from './cosignature.ts';
import { type Ed25519, signatureLength, toStrictEd25519 } from './ed25519.ts';
import { accept, refuse, type Result } from './problem.ts';
import { concatBytes, decodeBase64, decodeUtf8, encodeBase64, utf8ToBytes } from './text.ts';
import { isKeyName, type VerifierKey } from './verifier-key.ts';

/** The largest note that is read. */
export const noteLengthMax = 1_000_000;

/** The most signatures that are read. */
export const noteSignaturesMax = 128;

/** One signature line: `id` is the key id in hexadecimal, `payload` what follows it. */
export interface NoteSignature {
  readonly name: string;
  readonly id: string;
  readonly payload: Uint8Array;
}

/** A note as it is written; nothing about it is verified. `text` ends with a newline. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A signature that verifies; `time` is what a cosignature says, in Unix seconds. */
export interface VerifiedSignature {
  readonly key: VerifierKey;
  readonly time?: number;
}

/** A note at least one known key has signed. */
export interface VerifiedNote {
  readonly text: string;
  readonly verified: readonly VerifiedSignature[];
  readonly unknown: readonly NoteSignature[];
}

const dash = '\u2014';

function hasControls(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- the format forbids exactly these
  return /[\u0000-\u0009\u000b-\u001f]/.test(text);
}

/** True for a text that can be signed: not empty, newline at the end, no other control character below 0x20. */
export function isNoteText(text: string): boolean {
  return text.endsWith('\n') && !hasControls(text) && !/\p{Surrogate}/u.test(text);
}

/** Signature lines as text. */
export function formatSignatures(signatures: readonly NoteSignature[]): string {
  return signatures
    .map(({ name, id, payload }) => `${dash} ${name} ${encodeBase64(concatBytes(hexToBytes(id), payload))}\n`)
    .join('');
}

/** The bytes of a note. Throws on a text that cannot be signed. */
export function formatNote({ text, signatures }: Note): Uint8Array {
  if (!isNoteText(text)) throw new RangeError('this text cannot be signed as a note');
  return utf8ToBytes(`${text}\n${formatSignatures(signatures)}`);
}

/** The signature lines a text consists of, one at least. */
export function parseSignatures(text: string): Result<readonly NoteSignature[]> {
  const malformed = (what: string) => refuse('NoteMalformed', what);
  if (!text.endsWith('\n')) return malformed('A note must end in a signature line and a newline.');
  const lines = text.slice(0, -1).split('\n');
  if (lines.length > noteSignaturesMax) {
    return refuse('NoteTooLarge', `The note has more than ${noteSignaturesMax} signatures.`);
  }
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const match = /^\u2014 ([^ ]+) ([^ ]+)$/.exec(line);
    if (match === null || !isKeyName(match[1]!)) {
      return malformed('A signature line must be a dash, a key name and a signature.');
    }
    const bytes = decodeBase64(match[2]!);
    if (bytes === undefined || bytes.length < 5) {
      return malformed('A signature must be canonical base64 of a key id and a signature.');
    }
    const id = bytesToHex(bytes.subarray(0, 4));
    signatures.push({ name: match[1]!, id, payload: bytes.slice(4) });
  }
  return accept(signatures);
}

/**
 * The note that `bytes` are.
 *
 * Law     Accepts exactly what `formatNote` makes: `formatNote(parseNote(b))` is `b`. Text and signatures part at
 *         the last empty line [LG-20].
 */
export function parseNote(bytes: Uint8Array): Result<Note> {
  if (bytes.length > noteLengthMax) {
    return refuse('NoteTooLarge', `The note has more than ${noteLengthMax} bytes.`);
  }
  const whole = decodeUtf8(bytes);
  if (whole === undefined) return refuse('NotText', 'The note is not well-formed UTF-8.');
  if (hasControls(whole)) return refuse('NotText', 'The note has a control character in it.');
  const end = whole.lastIndexOf('\n\n');
  if (end < 0)
    return refuse('NoteMalformed', 'No empty line parts the text of the note from its signatures.');
  const signatures = parseSignatures(whole.slice(end + 2));
  if (!signatures.ok) return signatures;
  return accept({ text: whole.slice(0, end + 1), signatures: signatures.value });
}

/** Says whether one signature line is the key's over the text; a key of type 0x04 signs time and text. */
async function verifySignature(
  text: string,
  signature: NoteSignature,
  key: VerifierKey,
  ed25519: Ed25519,
): Promise<Result<VerifiedSignature>> {
  const wrong = refuse('SignatureWrong', `The signature of ${key.name} does not verify.`);
  if (key.type === 'note') {
    if (signature.payload.length !== signatureLength) return wrong;
    return (await ed25519.verify(key.publicKey, utf8ToBytes(text), signature.payload))
      ? accept({ key })
      : wrong;
  }
  const cosignature = parseCosignature(signature.payload);
  if (!cosignature.ok) return cosignature;
  const { time, signature: bytes } = cosignature.value;
  return (await ed25519.verify(key.publicKey, cosignedMessage(text, time), bytes))
    ? accept({ key, time })
    : wrong;
}

/**
 * Says who among `keys` has signed the note.
 *
 * Contract  `bytes` may come from an adversary. Two known keys of one name and id are a configuration that cannot
 *           be decided, and refused.
 * Cost      One signature verification per line by a known key.
 */
export async function verifyNote(
  bytes: Uint8Array,
  keys: readonly VerifierKey[],
  ed25519: Ed25519,
): Promise<Result<VerifiedNote>> {
  const note = parseNote(bytes);
  if (!note.ok) return note;
  const { text, signatures } = note.value;
  const strict = toStrictEd25519(ed25519);
  const verified: VerifiedSignature[] = [];
  const unknown: NoteSignature[] = [];
  for (const signature of signatures) {
    const known = keys.filter(({ name, id }) => name === signature.name && id === signature.id);
    if (known.length > 1) return refuse('KeyAmbiguous', `Two known keys are called ${signature.name}.`);
    const [key] = known;
    if (key === undefined) {
      unknown.push(signature);
      continue;
    }
    const verdict = await verifySignature(text, signature, key, strict);
    if (!verdict.ok) return verdict;
    verified.push(verdict.value);
  }
  if (verified.length === 0) return refuse('SignatureMissing', 'No known key has signed the note.');
  return accept({ text, verified, unknown });
}
