/**
 * The signed form of an act: a DSSE envelope in RFC 8785 canonical JSON, whose payload is the act in RFC 8785
 * canonical JSON. One act has one spelling; so has its envelope, but for who signed it and how.
 *
 * Law     An envelope that parses spells its act exactly as `encodeAct` would, and itself as `sealEnvelope` would.
 *         The act id is the SHA-256 of the act's canonical bytes: a copy signed again is no second act.
 * Hides   Nothing. Bytes may come from an adversary: the answer is a verdict, never an exception.
 * Source  DSSE 1.0.2 (protocol.md: PAE, JSON envelope); RFC 8785; RFC 4648, section 4.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { decodeBase64, decodeUtf8, encodeBase64 } from '@homeward/tlog';
import { head } from './act/act.ts';
import { canonicalBytes, canonicalText } from './act/canonical.ts';
import type { ActId, KeyFingerprint } from './act/ids.ts';
import { acts, type Act, type ActKind } from './acts.ts';
import { findFaults, type Fault } from '../json/shape.ts';

export const payloadType = 'application/vnd.homeward.act.v1+json';
/** The most bytes a log entry holds (C2SP tlog-tiles: a 16-bit length). */
export const envelopeBytesMax = 65_535;
/** Acts nest no deeper than this. */
const depthMax = 16;

/** An act as it stands in the log. */
export interface Envelope {
  readonly act: Act;
  readonly id: ActId;
  /** The canonical bytes of the act. */
  readonly actBytes: Uint8Array;
  readonly keyid: KeyFingerprint;
  /** 64 bytes, not yet verified. */
  readonly signature: Uint8Array;
  /** What the signature must be over. */
  readonly signedBytes: Uint8Array;
}

/** Why bytes are not an act. */
export type EnvelopeFault =
  | { readonly kind: 'oversize'; readonly bytes: number }
  | { readonly kind: 'not-utf8' }
  | { readonly kind: 'not-json' }
  | { readonly kind: 'too-deep' }
  | { readonly kind: 'not-canonical'; readonly part: 'envelope' | 'act' }
  | { readonly kind: 'not-an-envelope'; readonly pointer: string; readonly expected: string }
  | { readonly kind: 'key-differs' }
  | ShapeFault;

export type ShapeFault =
  { readonly kind: 'unknown-kind'; readonly said: string } | ({ readonly kind: 'wrong-shape' } & Fault);

export type ParsedEnvelope =
  | { readonly kind: 'parsed'; readonly envelope: Envelope }
  | { readonly kind: 'malformed'; readonly fault: EnvelopeFault };

export function encodeAct(act: Act): Uint8Array {
  return canonicalBytes(act);
}

export function actIdOf(actBytes: Uint8Array): ActId {
  return bytesToHex(sha256(actBytes)) as ActId;
}

/** DSSE pre-authentication encoding of an act's canonical bytes: what a key signs. */
export function preAuthEncoding(actBytes: Uint8Array): Uint8Array {
  const head = `DSSEv1 ${payloadType.length} ${payloadType} ${actBytes.length} `;
  return concatBytes(utf8ToBytes(head), actBytes);
}

/** The bytes of the log entry: an act's canonical bytes under one signature (64 bytes). */
export function sealEnvelope(actBytes: Uint8Array, keyid: KeyFingerprint, signature: Uint8Array): Uint8Array {
  return canonicalBytes({
    payload: encodeBase64(actBytes),
    payloadType,
    signatures: [{ keyid, sig: encodeBase64(signature) }],
  });
}

const opening = utf8ToBytes('{"payload":"');
const between = utf8ToBytes(`","payloadType":"${payloadType}","signatures":[{"keyid":"`);
const beforeSignature = utf8ToBytes('","sig":"');
const closing = utf8ToBytes('"}]}');
const keyidLength = 64;
const sigLength = 88;

const malformed = (fault: EnvelopeFault): ParsedEnvelope => ({ kind: 'malformed', fault });

function isAt(bytes: Uint8Array, at: number, part: Uint8Array): boolean {
  for (let i = 0; i < part.length; i += 1) if (bytes[at + i] !== part[i]) return false;
  return true;
}

/** Text of ASCII bytes; anything else comes out as text that no base64 or hex is. */
function asciiText(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at += 8192) {
    // Spreading walks an iterator: ten times the cost, on every act of a log.
    text += String.fromCharCode.apply(
      null,
      bytes.subarray(at, Math.min(to, at + 8192)) as unknown as number[],
    );
  }
  return text;
}

interface Parts {
  readonly payload: string;
  readonly keyid: string;
  readonly sig: string;
}

/**
 * The three values of an envelope, read off their places: the canonical form leaves nothing else to say. Undefined
 * when the bytes have not these places; `findEnvelopeFault` then says why.
 */
function readParts(bytes: Uint8Array): Parts | undefined {
  const sigAt = bytes.length - closing.length - sigLength;
  const keyidAt = sigAt - beforeSignature.length - keyidLength;
  const payloadEnd = keyidAt - between.length;
  const isEnvelope =
    payloadEnd >= opening.length &&
    isAt(bytes, 0, opening) &&
    isAt(bytes, payloadEnd, between) &&
    isAt(bytes, keyidAt + keyidLength, beforeSignature) &&
    isAt(bytes, sigAt + sigLength, closing);
  if (!isEnvelope) return undefined;
  return {
    payload: asciiText(bytes, opening.length, payloadEnd),
    keyid: asciiText(bytes, keyidAt, keyidAt + keyidLength),
    sig: asciiText(bytes, sigAt, sigAt + sigLength),
  };
}

/** Why bytes that have no readable parts are no envelope. */
function findEnvelopeFault(bytes: Uint8Array): EnvelopeFault {
  const outer = parseCanonical(bytes, 'envelope');
  if ('fault' in outer) return outer.fault;
  const fault = (pointer: string, expected: string): EnvelopeFault => ({
    kind: 'not-an-envelope',
    pointer,
    expected,
  });
  if (isDeeperThan(outer.text, depthMax)) return { kind: 'too-deep' };
  const envelope = outer.content;
  if (!isRecord(envelope) || Object.keys(envelope).join() !== 'payload,payloadType,signatures') {
    return fault('', 'an object of payload, payloadType and signatures');
  }
  if (envelope['payloadType'] !== payloadType) return fault('/payloadType', payloadType);
  const { payload } = envelope as { readonly payload: unknown };
  if (typeof payload !== 'string' || decodeBase64(payload) === undefined) {
    return fault('/payload', 'padded base64');
  }
  return fault('/signatures', 'a list of one object of keyid (64 hex digits) and sig (64 bytes in base64)');
}

/** The JSON that bytes spell canonically, or why they do not. */
function parseCanonical(
  bytes: Uint8Array,
  part: 'envelope' | 'act',
): { readonly content: unknown; readonly text: string } | { readonly fault: EnvelopeFault } {
  const text = decodeUtf8(bytes);
  if (text === undefined) return { fault: { kind: 'not-utf8' } };
  try {
    const content: unknown = JSON.parse(text);
    // Duplicate names, spaces, another order or another spelling of a number or a letter do not survive this.
    const canonical = isPlainlyCanonical(content, text) || canonicalText(content) === text;
    return canonical ? { content, text } : { fault: { kind: 'not-canonical', part } };
  } catch {
    // Text that is no JSON, text whose strings are no Unicode, and nesting beyond what the parser takes.
    return { fault: isDeeperThan(text, depthMax) ? { kind: 'too-deep' } : { kind: 'not-json' } };
  }
}

/**
 * Whether text is canonical by the quick road: RFC 8785 spells numbers and strings as `JSON.stringify` does, and
 * asks besides for sorted names and whole characters. False says nothing: names that look like numbers are sorted
 * by the language itself, and halves of characters are left to `canonicalText`.
 */
function isPlainlyCanonical(content: unknown, text: string): boolean {
  return JSON.stringify(content) === text && !text.includes('\\ud') && isSorted(content, depthMax);
}

function isSorted(content: unknown, depth: number): boolean {
  if (typeof content !== 'object' || content === null) return true;
  if (depth === 0) return false;
  if (Array.isArray(content)) return content.every((member) => isSorted(member, depth - 1));
  let before: string | undefined;
  for (const [name, member] of Object.entries(content)) {
    if ((before !== undefined && name <= before) || !isSorted(member, depth - 1)) return false;
    before = name;
  }
  return true;
}

function isDeeperThan(text: string, most: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (quoted) {
      if (code === 0x5c) i += 1;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > most) return true;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return false;
}

/**
 * Reads a log entry. A parsed envelope holds a well-formed act; nothing is said yet about the signature (verify
 * `signature` over `signedBytes` under `findSigningKey`) or about the rules of the exchange (`decide`).
 *
 * Cost    Linear. About a quarter of the Ed25519 verification that follows it.
 */
export function parseEnvelope(bytes: Uint8Array): ParsedEnvelope {
  if (bytes.length > envelopeBytesMax) return malformed({ kind: 'oversize', bytes: bytes.length });
  const parts = readParts(bytes);
  if (parts === undefined) return malformed(findEnvelopeFault(bytes));
  const { payload, keyid, sig } = parts;
  const actBytes = decodeBase64(payload);
  if (actBytes === undefined) return malformed(findEnvelopeFault(bytes));
  const signature = decodeBase64(sig);
  if (signature?.length !== 64) {
    const expected = '64 bytes in padded base64';
    return malformed({ kind: 'not-an-envelope', pointer: '/signatures/0/sig', expected });
  }
  const inner = parseCanonical(actBytes, 'act');
  if ('fault' in inner) return malformed(inner.fault);
  const fault = findShapeFault(inner.content);
  if (fault !== undefined) {
    return malformed(isDeeperThan(inner.text, depthMax) ? { kind: 'too-deep' } : fault);
  }
  const act = inner.content as Act;
  if (keyid !== act.by) return malformed({ kind: 'key-differs' });
  const id = actIdOf(actBytes);
  return {
    kind: 'parsed',
    envelope: { act, id, actBytes, keyid: act.by, signature, signedBytes: preAuthEncoding(actBytes) },
  };
}

/** Where plain JSON data departs from an act of its kind; undefined when it is one. */
export function findShapeFault(content: unknown): ShapeFault | undefined {
  const [outer] = findFaults(head, content, 1);
  if (outer !== undefined) return { kind: 'wrong-shape', ...outer };
  const { kind, body } = content as { readonly kind: string; readonly body: unknown };
  if (!Object.hasOwn(acts, kind)) return { kind: 'unknown-kind', said: kind };
  const [inner] = findFaults(acts[kind as ActKind].body, body, 1);
  return inner === undefined
    ? undefined
    : { kind: 'wrong-shape', pointer: `/body${inner.pointer}`, expected: inner.expected };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is wrong with the bytes, for the person who sent them. */
export function faultToSentence(fault: EnvelopeFault): string {
  switch (fault.kind) {
    case 'oversize':
      return `The act takes ${fault.bytes} bytes; a log entry holds at most ${envelopeBytesMax}. Split it into several acts.`;
    case 'not-utf8':
      return 'The bytes are not UTF-8 text.';
    case 'not-json':
      return 'The text is not JSON.';
    case 'too-deep':
      return `The JSON nests deeper than ${depthMax} levels.`;
    case 'not-canonical':
      return `The ${fault.part} is not in canonical form (RFC 8785): names sorted and used once, no spaces, one spelling of each value.`;
    case 'not-an-envelope':
      return `The envelope is not as DSSE has it: at "${fault.pointer}" there should be ${fault.expected}.`;
    case 'key-differs':
      return 'The envelope is signed under another key than the act names.';
    case 'unknown-kind':
      return 'No act is of this kind.';
    case 'wrong-shape':
      return `The act departs from its kind at "${fault.pointer}", which ought to be ${fault.expected}.`;
  }
}
