/** What a text file is written in: by its byte order mark, by validity, and by which reading looks like names. */
import { getPlausibility } from './plausibility.ts';

export type Encoding =
  | 'utf-8'
  | 'utf-16le'
  | 'utf-16be'
  | 'windows-1251'
  | 'koi8-u'
  | 'ibm866'
  | 'iso-8859-5'
  | 'x-mac-cyrillic'
  | 'windows-1254'
  | 'windows-1250'
  | 'windows-1252'
  | 'windows-1256';

/** Text that was read in the wrong encoding and saved again: its letters are the bytes `outer` shows of `inner` text. */
export interface Garbled {
  readonly outer: Encoding;
  readonly inner: Encoding;
}

/** How the bytes of a file become letters. */
export interface Reading {
  readonly encoding: Encoding;
  readonly garbled?: Garbled;
}

const oneByte: readonly Encoding[] = [
  'windows-1251',
  'koi8-u',
  'ibm866',
  'iso-8859-5',
  'x-mac-cyrillic',
  'windows-1254',
  'windows-1250',
  'windows-1252',
  'windows-1256',
];

function findUtf16(sample: Uint8Array): Encoding | undefined {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be';
  let zeroEven = 0;
  let zeroOdd = 0;
  for (let at = 0; at < sample.length; at += 1) {
    if (sample[at] === 0) {
      if (at % 2 === 0) zeroEven += 1;
      else zeroOdd += 1;
    }
  }
  if (zeroOdd > sample.length / 20 && zeroEven === 0) return 'utf-16le';
  if (zeroEven > sample.length / 20 && zeroOdd === 0) return 'utf-16be';
  return undefined;
}

/** True when a sample is UTF-8, or UTF-8 with a few bytes that are not: a sample may end inside a letter. */
function isUtf8(sample: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(sample, { stream: true });
  let bad = 0;
  let good = 0;
  for (const sign of text) {
    if (sign === '\ufffd') bad += 1;
    else if (sign >= '\u0080') good += 1;
  }
  return bad === 0 || good >= 20 * bad;
}

/** The best reading of bytes that have one byte per letter. */
export function findOneByte(sample: Uint8Array): { readonly encoding: Encoding; readonly score: number } {
  let best: { encoding: Encoding; score: number } = {
    encoding: 'windows-1251',
    score: Number.NEGATIVE_INFINITY,
  };
  for (const encoding of oneByte) {
    const score = getPlausibility(new TextDecoder(encoding).decode(sample));
    if (score > best.score + 1e-9) best = { encoding, score };
  }
  return best;
}

const tables = new Map<Encoding, ReadonlyMap<string, number>>();

/** The byte for each letter of a one-byte encoding. */
function getBytes(encoding: Encoding): ReadonlyMap<string, number> {
  let known = tables.get(encoding);
  if (known === undefined) {
    const letters = new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
    known = new Map(Array.from(letters, (letter, byte) => [letter, byte] as const));
    tables.set(encoding, known);
  }
  return known;
}

/** The bytes that a text was before it was read wrongly; a letter that the encoding lacks becomes a question mark. */
export function toBytes(
  text: string,
  encoding: Encoding,
): { readonly bytes: Uint8Array; readonly lost: number } {
  const bytes = getBytes(encoding);
  let lost = 0;
  const out = Uint8Array.from(text, (letter) => {
    const byte = bytes.get(letter);
    if (byte === undefined) lost += 1;
    return byte ?? 0x3f;
  });
  return { bytes: out, lost };
}

const garblings: readonly Garbled[] = [
  { outer: 'windows-1251', inner: 'utf-8' },
  { outer: 'windows-1252', inner: 'utf-8' },
  { outer: 'windows-1252', inner: 'windows-1251' },
  { outer: 'windows-1251', inner: 'koi8-u' },
  { outer: 'koi8-u', inner: 'windows-1251' },
  { outer: 'ibm866', inner: 'windows-1251' },
  { outer: 'windows-1251', inner: 'ibm866' },
  { outer: 'koi8-u', inner: 'utf-8' },
  { outer: 'ibm866', inner: 'utf-8' },
];

function findGarbled(text: string): Garbled | undefined {
  const own = getPlausibility(text);
  if (own > -4) return undefined;
  let best: Garbled | undefined;
  let score = own + 2;
  for (const one of garblings) {
    const { bytes, lost } = toBytes(text, one.outer);
    if (lost * 50 > text.length) continue;
    const other = getPlausibility(new TextDecoder(one.inner).decode(bytes));
    if (other > score && other > -4) {
      best = one;
      score = other;
    }
  }
  return best;
}

/** Tells the encoding of a file from a sample of it that has bytes beyond ASCII, if the file has any. */
export function detectEncoding(sample: Uint8Array): Reading {
  const utf16 = findUtf16(sample);
  if (utf16 !== undefined) return { encoding: utf16 };
  if (!isUtf8(sample)) return { encoding: findOneByte(sample.subarray(0, 1 << 14)).encoding };
  const text = new TextDecoder('utf-8').decode(sample.subarray(0, 1 << 15), { stream: true });
  const garbled = findGarbled(text.replace(/^\ufeff/u, ''));
  return garbled === undefined ? { encoding: 'utf-8' } : { encoding: 'utf-8', garbled };
}

/** Turns the bytes of a file, in any cut, into UTF-8. */
export interface Decoder {
  decode(bytes: Uint8Array): Uint8Array;
  end(): Uint8Array;
}

export function createDecoder({ encoding, garbled }: Reading): Decoder {
  if (encoding === 'utf-8' && garbled === undefined)
    return { decode: (bytes) => bytes, end: () => new Uint8Array(0) };
  const outer = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  if (garbled === undefined) {
    return {
      decode: (bytes) => encoder.encode(outer.decode(bytes, { stream: true })),
      end: () => encoder.encode(outer.decode()),
    };
  }
  const inner = new TextDecoder(garbled.inner);
  const repair = (text: string, stream: boolean): Uint8Array =>
    encoder.encode(inner.decode(toBytes(text, garbled.outer).bytes, { stream }));
  return {
    decode: (bytes) => repair(outer.decode(bytes, { stream: true }), true),
    end: () => repair(outer.decode(), false),
  };
}
