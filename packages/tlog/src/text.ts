/**
 * Bytes and text, strictly: one text for one byte sequence and back, so that what was signed is what is read.
 *
 * Why     `TextDecoder` is no part of the language, replaces what it cannot read and swallows a byte order mark;
 *         `atob` and `Buffer.from` accept many spellings of the same bytes. A second spelling is a place to hide.
 */
import { concatBytes, copyBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { accept, refuse, type Result } from './problem.ts';

// `copyBytes`, because `slice` of Node's Buffer is a window on the same memory, and any source may hand out Buffers.
export { concatBytes, copyBytes, utf8ToBytes };

const chunkLength = 0x2000;

/** How many bytes stand before the first that is not ASCII. */
function plainLength(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length && bytes[at]! < 0x80) at += 1;
  return at;
}

/** The first `length` bytes, all of them ASCII, as text: most of what is read here, and ten times as quick. */
function fromPlain(bytes: Uint8Array, length: number): string {
  let text = '';
  for (let at = 0; at < length; at += chunkLength) {
    const part = bytes.subarray(at, Math.min(length, at + chunkLength));
    text += String.fromCharCode.apply(undefined, part as unknown as number[]);
  }
  return text;
}

/**
 * The text whose UTF-8 encoding is exactly `bytes`, or nothing when they are not well-formed UTF-8.
 *
 * Law     `utf8ToBytes(decodeUtf8(b))` is `b`: overlong forms, surrogates and a sixth plane beyond U+10FFFF
 *         are no text, and a byte order mark is kept as the character it is.
 * Source  Unicode 16, section 3.9, table 3-7.
 */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  const plain = plainLength(bytes);
  let text = fromPlain(bytes, plain);
  let chunk: number[] = [];
  let at = plain;
  while (at < bytes.length) {
    const lead = bytes[at]!;
    let point = lead;
    let more = 0;
    if (lead >= 0x80) {
      if (lead >= 0xc2 && lead <= 0xdf) more = 1;
      else if (lead >= 0xe0 && lead <= 0xef) more = 2;
      else if (lead >= 0xf0 && lead <= 0xf4) more = 3;
      else return undefined;
      point = lead & (0x3f >> more);
      for (let i = 1; i <= more; i += 1) {
        const next = bytes[at + i];
        if (next === undefined || next >> 6 !== 2) return undefined;
        point = (point << 6) | (next & 0x3f);
      }
      if (more === 2 && (point < 0x800 || (point >= 0xd800 && point <= 0xdfff))) return undefined;
      if (more === 3 && (point < 0x10000 || point > 0x10ffff)) return undefined;
    }
    chunk.push(point);
    if (chunk.length === chunkLength) {
      text += String.fromCodePoint(...chunk);
      chunk = [];
    }
    at += 1 + more;
  }
  return text + String.fromCodePoint(...chunk);
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const noLetter = 64;
const sextets = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = alphabet.indexOf(String.fromCharCode(code));
  return value < 0 ? noLetter : value;
});

function valueAt(text: string, at: number): number {
  return sextets[text.charCodeAt(at)] ?? noLetter;
}

/** Base64 in the standard alphabet, padded (RFC 4648, section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a, b, c] = [bytes[at]!, bytes[at + 1], bytes[at + 2]];
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += alphabet[bits >> 18]! + alphabet[(bits >> 12) & 63]!;
    text += b === undefined ? '=' : alphabet[(bits >> 6) & 63]!;
    text += c === undefined ? '=' : alphabet[bits & 63]!;
  }
  return text;
}

/**
 * The bytes whose base64 is exactly `text`, or nothing [LG-26].
 *
 * Law     `encodeBase64(decodeBase64(t))` is `t`: missing padding, blanks, the URL alphabet and
 *         unused bits that are not zero are refused.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const { length } = text;
  if (length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const whole = length - (padding === 0 ? 0 : 4);
  const bytes = new Uint8Array((length / 4) * 3 - padding);
  // A character outside the alphabet has bit 64, one beyond ASCII a higher one: both show in what all have between them.
  let seen = 0;
  let codes = 0;
  let to = 0;
  for (let at = 0; at < whole; at += 4) {
    const one = text.charCodeAt(at);
    const two = text.charCodeAt(at + 1);
    const three = text.charCodeAt(at + 2);
    const four = text.charCodeAt(at + 3);
    codes |= one | two | three | four;
    const a = sextets[one & 127]!;
    const b = sextets[two & 127]!;
    const c = sextets[three & 127]!;
    const d = sextets[four & 127]!;
    seen |= a | b | c | d;
    bytes[to] = (a << 2) | (b >> 4);
    bytes[to + 1] = (b << 4) | (c >> 2);
    bytes[to + 2] = (c << 6) | d;
    to += 3;
  }
  if (codes > 127) return undefined;
  if (padding > 0) {
    const [a, b] = [valueAt(text, whole), valueAt(text, whole + 1)];
    const c = padding === 1 ? valueAt(text, whole + 2) : 0;
    seen |= a | b | c;
    bytes[to] = (a << 2) | (b >> 4);
    if (padding === 1) bytes[to + 1] = (b << 4) | (c >> 2);
    const unused = padding === 1 ? c & 0x03 : b & 0x0f;
    if (unused !== 0) return undefined;
  }
  return seen < noLetter ? bytes : undefined;
}

/**
 * A size, an index or a number of seconds as the formats write it: ASCII decimal, no sign, no leading zero.
 *
 * Contract  The wire carries uint64; this package counts in safe integers and refuses anything above 2^53 - 1
 *           [LG-11]: at 1,500 acts a second our own log would need 190,000 years to get there.
 */
export function parseDecimal(text: string): Result<number> {
  if (!/^(?:0|[1-9][0-9]{0,19})$/.test(text)) {
    return refuse('NumberMalformed', 'A number must be decimal digits without sign or leading zero.');
  }
  const value = Number(text);
  return Number.isSafeInteger(value)
    ? accept(value)
    : refuse('NumberTooLarge', 'A number above 9007199254740991 (2^53 - 1) is not supported.');
}

/** True when both hold the same bytes. Not constant in time: it compares public values only. */
export function isEqualBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false;
  return true;
}
