/**
 * Checkpoints: the signed statement of a log that at this size its root is this.
 *
 *     homeward.example/exchange-7
 *     70000
 *     gy5gl3aksFyiCO95a/1vLXz88A3dRq+0l9Sxte8ZqZQ=
 *
 *     — homeward.example/exchange-7 …
 *     — witness.example/a …
 *
 * Law     Three lines and no more: extension lines are opaque to every auditor, so none is made and none is
 *         read [LG-30]. The name of the log's key is its origin [LG-31].
 * Source  C2SP tlog-checkpoint.
 */
import type { Ed25519 } from './ed25519.ts';
import { type Hash, hashLength } from './hashing.ts';
import {
  formatNote,
  isNoteText,
  type Note,
  type NoteSignature,
  parseNote,
  type VerifiedNote,
  verifyNote,
} from './note.ts';
import { accept, refuse, type Result } from './problem.ts';
import { type NoteSigner, signNote } from './sign.ts';
import { decodeBase64, encodeBase64, parseDecimal } from './text.ts';
import type { VerifierKey } from './verifier-key.ts';

/** Which log, how many entries, which root. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
}

/** A checkpoint that its log has signed, and who among the known witnesses has cosigned it and when. */
export interface VerifiedCheckpoint extends Checkpoint {
  /** The signed text, without signatures. */
  readonly text: string;
  readonly log: VerifierKey;
  /** In the order of the lines; a witness that cosigned twice stands here twice. `time` in Unix seconds. */
  readonly cosignatures: readonly { readonly key: VerifierKey; readonly time: number }[];
  /** Lines by keys nobody told us about. */
  readonly unknown: readonly NoteSignature[];
}

/** The text of a checkpoint. Throws on an origin or a size that cannot be written. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  const text = `${origin}\n${size}\n${encodeBase64(root)}\n`;
  if (origin === '' || origin.includes('\n') || !isNoteText(text))
    throw new RangeError('no origin for a log');
  if (!Number.isSafeInteger(size) || size < 0 || root.length !== hashLength) {
    throw new RangeError('no checkpoint can say this');
  }
  return text;
}

/** The checkpoint a note's text states. Law: accepts exactly what `formatCheckpoint` makes [LG-28]. */
export function parseCheckpoint(text: string): Result<Checkpoint> {
  const [origin, sizeText, rootText, end, ...rest] = text.split('\n');
  if (end === undefined || origin === '') {
    return refuse('CheckpointMalformed', 'A checkpoint has three lines: origin, size and root.');
  }
  if (end !== '' || rest.length > 0) {
    return refuse('CheckpointExtended', 'A checkpoint with more than three lines is not accepted.');
  }
  const size = parseDecimal(sizeText!);
  if (!size.ok) return size;
  const root = decodeBase64(rootText!);
  if (root?.length !== hashLength) {
    return refuse('CheckpointMalformed', 'The root must be canonical base64 of 32 bytes.');
  }
  return accept({ origin: origin!, size: size.value, root });
}

/** Signs a checkpoint: the published file, without cosignatures. Throws when the key's name is not the origin. */
export async function signCheckpoint(checkpoint: Checkpoint, signer: NoteSigner): Promise<Uint8Array> {
  if (signer.key.name !== checkpoint.origin)
    throw new RangeError('the key of a log carries its origin as name');
  const text = formatCheckpoint(checkpoint);
  return formatNote({ text, signatures: [await signNote(text, signer)] });
}

/**
 * The note with more signature lines, each key's line once: a new line replaces the same key's older one.
 *
 * Contract  Throws when `bytes` are no note: cosignatures are gathered for our own checkpoint.
 */
export function addSignatures(bytes: Uint8Array, signatures: readonly NoteSignature[]): Uint8Array {
  const note = parseNote(bytes);
  if (!note.ok) throw new RangeError(note.problem.text);
  const isReplaced = (old: NoteSignature) =>
    signatures.some(({ name, id }) => name === old.name && id === old.id);
  const kept = note.value.signatures.filter((old) => !isReplaced(old));
  return formatNote({ text: note.value.text, signatures: [...kept, ...signatures] });
}

/** The note with only the lines of these keys. Throws when `bytes` are no note. */
export function keepSignatures(bytes: Uint8Array, keys: readonly VerifierKey[]): Uint8Array {
  const note = parseNote(bytes);
  if (!note.ok) throw new RangeError(note.problem.text);
  const { text, signatures } = note.value;
  const isKept = (line: NoteSignature) => keys.some(({ name, id }) => name === line.name && id === line.id);
  return formatNote({ text, signatures: signatures.filter(isKept) });
}

/** The checkpoint inside a note, unverified: to find out whose it claims to be. */
export function readCheckpoint(
  bytes: Uint8Array,
): Result<{ readonly note: Note; readonly checkpoint: Checkpoint }> {
  const note = parseNote(bytes);
  if (!note.ok) return note;
  const checkpoint = parseCheckpoint(note.value.text);
  return checkpoint.ok ? accept({ note: note.value, checkpoint: checkpoint.value }) : checkpoint;
}

/** Whom a reader of checkpoints believes. */
export interface CheckpointKeys {
  /** The keys of the logs that are accepted, of type 'note'; more than one for a log while it changes its key. */
  readonly logs: readonly VerifierKey[];
  /** The keys of the known witnesses, of type 'cosignature'. */
  readonly witnesses: readonly VerifierKey[];
}

/** Turns a verified note into a verified checkpoint, or says what it lacks. */
function toVerifiedCheckpoint(note: VerifiedNote, { logs }: CheckpointKeys): Result<VerifiedCheckpoint> {
  const checkpoint = parseCheckpoint(note.text);
  if (!checkpoint.ok) return checkpoint;
  const { origin } = checkpoint.value;
  const log = note.verified.find(({ key }) => logs.includes(key) && key.name === origin)?.key;
  if (log === undefined) {
    return refuse('LogSignatureMissing', `No known key of the log ${origin} has signed the checkpoint.`);
  }
  const cosignatures = note.verified.flatMap(({ key, time }) => (time === undefined ? [] : [{ key, time }]));
  return accept({ ...checkpoint.value, text: note.text, log, cosignatures, unknown: note.unknown });
}

/**
 * The checkpoint that `bytes` state, if a known log signed it for its own origin and no known signature fails.
 *
 * Contract  `bytes` may come from an adversary. How many cosignatures are enough is the policy's to say.
 * Cost      One signature verification per line by a known key.
 */
export async function verifyCheckpoint(
  bytes: Uint8Array,
  keys: CheckpointKeys,
  ed25519: Ed25519,
): Promise<Result<VerifiedCheckpoint>> {
  const note = await verifyNote(bytes, [...keys.logs, ...keys.witnesses], ed25519);
  if (!note.ok) {
    return note.problem.kind === 'SignatureMissing'
      ? refuse('LogSignatureMissing', 'No known key has signed the checkpoint.')
      : note;
  }
  return toVerifiedCheckpoint(note.value, keys);
}
