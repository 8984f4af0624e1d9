/**
 * Typed arrays that threads can read without copying.
 *
 * Why: an ordinary web page has no `SharedArrayBuffer` unless it is cross-origin isolated. There the arrays stand on
 * ordinary memory: one thread needs no more.
 */
const toMemory = (bytes: number): ArrayBufferLike =>
  typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes);

/** Zeros, as 32-bit whole numbers. */
export const createInt32 = (length: number): Int32Array => new Int32Array(toMemory(length * 4));

/** Zeros, as bytes. */
export const createUint8 = (length: number): Uint8Array => new Uint8Array(toMemory(length));
