/**
 * Makes signature lines. Keys stay outside: this package asks for a signature and never sees the secret.
 */
import { cosignedMessage, formatCosignature } from './cosignature.ts';
import type { Ed25519Sign } from './ed25519.ts';
import { isNoteText, type NoteSignature } from './note.ts';
import { utf8ToBytes } from './text.ts';
import type { VerifierKey } from './verifier-key.ts';

/** One key that signs: what others know of it, and the power to sign. */
export interface NoteSigner {
  readonly key: VerifierKey;
  readonly sign: Ed25519Sign;
}

/** Signs a text with a key of type 'note'. Throws on another type or a text that cannot be signed. */
export async function signNote(text: string, { key, sign }: NoteSigner): Promise<NoteSignature> {
  if (key.type !== 'note') throw new RangeError(`${key.name} is no key for notes`);
  if (!isNoteText(text)) throw new RangeError('this text cannot be signed as a note');
  return { name: key.name, id: key.id, payload: await sign(utf8ToBytes(text)) };
}

/**
 * Cosigns the text of a checkpoint at `time`, in Unix seconds.
 *
 * Contract  Throws when the key is not one of type 'cosignature'. It states that no larger consistent tree was
 *           seen: whoever calls it must have stored that checkpoint first (`addCheckpoint` does both).
 */
export async function cosign(text: string, { key, sign }: NoteSigner, time: number): Promise<NoteSignature> {
  if (key.type !== 'cosignature') throw new RangeError(`${key.name} is no key for cosignatures`);
  if (!isNoteText(text)) throw new RangeError('this text cannot be cosigned');
  const signature = await sign(cosignedMessage(text, time));
  return { name: key.name, id: key.id, payload: formatCosignature({ time, signature }) };
}
