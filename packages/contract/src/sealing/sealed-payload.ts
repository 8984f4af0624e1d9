/**
 * The bytes of a sealed payload: personal data on its way between parties, past a host that cannot read it.
 *
 * Form    `homeward/sealed/v1\n`, one line of canonical JSON (the header), then the box: 12 bytes of nonce, the
 *         AES-256-GCM ciphertext and its 16-byte tag.
 * Law     The address is the SHA-256 of the box alone. The header holds the data key, wrapped once per recipient;
 *         destroying the wrapped keys makes the box noise for ever while acts that name the hash stay true.
 * Hides   The content and nothing else: who wrote to whom, when and how much is visible to the host.
 */
import * as z from 'zod';
import { Base64, Hex32, PartyCode } from '../encoding.ts';

/** The data key for one recipient: HPKE base mode (RFC 9180), `enc` and the sealed 32 bytes. */
const WrappedKey = z.strictObject({
  to: PartyCode,
  /** SHA-256 of the recipient's X25519 public key. */
  key: Hex32,
  enc: Base64.length(44),
  wrapped: Base64.length(64),
});

const SealedHeader = z.strictObject({
  exchange: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/u),
  from: PartyCode,
  /** Names the record to its parties; random, never derived from a person. */
  record: z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/u),
  keys: z.array(WrappedKey).max(32),
});

export type WrappedKey = Readonly<z.infer<typeof WrappedKey>>;
export type SealedHeader = Readonly<z.infer<typeof SealedHeader>>;

export interface SealedPayload {
  readonly header: SealedHeader;
  /** Nonce, ciphertext and tag; its SHA-256 is the payload's address. */
  readonly box: Uint8Array;
}

const magic = new TextEncoder().encode('homeward/sealed/v1\n');
const headerBytesMax = 16_384;
/** Nonce and tag: the least a box can be. */
const boxBytesMin = 28;

/** The one spelling of a header: members in the order of the schema, which is what `parse` demands back. */
function toHeaderText(header: SealedHeader): string {
  return JSON.stringify({
    exchange: header.exchange,
    from: header.from,
    record: header.record,
    keys: header.keys.map(({ to, key, enc, wrapped }) => ({ to, key, enc, wrapped })),
  });
}

export function toSealedBytes({ header, box }: SealedPayload): Uint8Array<ArrayBuffer> {
  const line = new TextEncoder().encode(`${toHeaderText(header)}\n`);
  const bytes = new Uint8Array(magic.length + line.length + box.length);
  bytes.set(magic, 0);
  bytes.set(line, magic.length);
  bytes.set(box, magic.length + line.length);
  return bytes;
}

/** Reads a sealed payload; `undefined` for anything else. Bytes may come from anyone. */
export function parseSealedPayload(bytes: Uint8Array): SealedPayload | undefined {
  if (bytes.length < magic.length || magic.some((byte, i) => bytes[i] !== byte)) return undefined;
  const end = bytes.subarray(0, magic.length + headerBytesMax).indexOf(0x0a, magic.length);
  if (end === -1 || bytes.length - end - 1 < boxBytesMin) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      bytes.subarray(magic.length, end),
    );
    const header = SealedHeader.safeParse(JSON.parse(text));
    if (!header.success || toHeaderText(header.data) !== text) return undefined;
    return { header: header.data, box: bytes.slice(end + 1) };
  } catch {
    return undefined;
  }
}
