/**
 * Cosignatures: a witness's statement that, at a time, this was the largest consistent tree it had seen of a log.
 *
 * Law     The message is two lines before the whole text of the checkpoint [LG-32]; the payload of the signature
 *         line is the time in eight bytes, big-endian, and the signature [LG-33].
 * Why     The message does not name the witness, so one key must never serve two of them.
 * Source  C2SP tlog-cosignature, Ed25519.
 */
import { signatureLength } from './ed25519.ts';
import { accept, refuse, type Result } from './problem.ts';
import { concatBytes, utf8ToBytes } from './text.ts';

/** What the payload of a cosignature says; `time` in Unix seconds. */
export interface Cosignature {
  readonly time: number;
  readonly signature: Uint8Array;
}

const timeLength = 8;

/** The bytes a witness signs at `time` over the text of a checkpoint. */
export function cosignedMessage(text: string, time: number): Uint8Array {
  return utf8ToBytes(`cosignature/v1\ntime ${time}\n${text}`);
}

/** The payload of a signature line. Throws on a time that is no whole second from 1 to 2^53 - 1. */
export function formatCosignature({ time, signature }: Cosignature): Uint8Array {
  if (!Number.isSafeInteger(time) || time < 1) throw new RangeError(`${time} is no time to sign`);
  const bytes = new Uint8Array(timeLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(time));
  return concatBytes(bytes, signature);
}

/**
 * What a payload says.
 *
 * Contract  A time above 2^53 - 1 is refused although the format goes to 2^63 - 1: 285 million years is enough.
 *           A time of 0 states nothing about the largest tree, and is refused.
 */
export function parseCosignature(payload: Uint8Array): Result<Cosignature> {
  if (payload.length !== timeLength + signatureLength) {
    return refuse('SignatureWrong', 'A cosignature has 72 bytes: a time and a signature.');
  }
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const time = view.getBigUint64(0);
  if (time < 1n || time > BigInt(Number.MAX_SAFE_INTEGER)) {
    return refuse('TimeOutOfRange', 'The time of a cosignature must be from 1 to 2^53 - 1 seconds.');
  }
  return accept({ time: Number(time), signature: payload.slice(timeLength) });
}
