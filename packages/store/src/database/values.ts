/** 64-bit integers of the database as `number`; throws beyond 2^53 - 1, which no table of ours reaches. */
export function toCount(value: number | bigint | string): number {
  const count = Number(value);
  if (!Number.isSafeInteger(count)) throw new RangeError('a count beyond 2^53 - 1');
  return count;
}

/** A view of the same bytes as a plain Uint8Array, whatever the driver returned. */
export function toBytes(value: Uint8Array): Uint8Array {
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

/** Throws on anything but the lowercase hex of 32 bytes: ids were checked before they came here. */
export function fromHex(hex: string): Uint8Array {
  if (!/^[0-9a-f]{64}$/.test(hex)) throw new RangeError('an id that is not 64 lowercase hex digits');
  return Buffer.from(hex, 'hex');
}

/** Text as the database takes it: no NUL and no half of a character, whoever sent them. */
export function toText(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\ufffd').replaceAll('\u0000', '\ufffd');
}

export function toTime(value: Date | string): string {
  return new Date(value).toISOString();
}
