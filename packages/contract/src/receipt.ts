/**
 * The host's receipt for an act: a signed note that promises the act its place in the log, and by when a published
 * checkpoint covers it (the maximum merge delay of RFC 6962, section 3, for a log of acts).
 *
 *     homeward/receipt/v1
 *     <origin of the log>
 *     act <act id>
 *     index <place in the log>
 *     leaf <leaf hash of the entry, base64>
 *     accepted <Unix milliseconds>
 *     due <Unix milliseconds>
 *
 * Law     One act has one receipt, byte for byte, however often it is asked for. A receipt whose promise is not
 *         kept convicts the host: whoever holds it can show a checkpoint of after `due` without the act.
 *         A promise beyond what was agreed is none: a host could drop an act by promising it for the year 3000.
 */
import {
  decodeBase64,
  encodeBase64,
  formatNote,
  isEqualBytes,
  parseDecimal,
  signNote,
  verifyNote,
  type Ed25519,
  type NoteSigner,
  type VerifierKey,
} from '@homeward/tlog';

export interface Receipt {
  readonly origin: string;
  readonly act: string;
  readonly index: number;
  /** RFC 6962 leaf hash of the entry. */
  readonly leaf: Uint8Array;
  /** Unix milliseconds, by the host's clock. */
  readonly accepted: number;
  readonly due: number;
}

export type ReceiptVerdict =
  { readonly ok: true; readonly receipt: Receipt } | { readonly ok: false; readonly says: string };

const heading = 'homeward/receipt/v1';

export function toReceiptText({ origin, act, index, leaf, accepted, due }: Receipt): string {
  return `${heading}\n${origin}\nact ${act}\nindex ${String(index)}\nleaf ${encodeBase64(leaf)}\naccepted ${String(accepted)}\ndue ${String(due)}\n`;
}

/** Reads a receipt's text; `undefined` for anything that `toReceiptText` would not write. */
export function parseReceiptText(text: string): Receipt | undefined {
  const lines = text.split('\n');
  const origin = lines[1];
  const after = (line: number, label: string): string =>
    lines[line]?.startsWith(`${label} `) === true ? lines[line].slice(label.length + 1) : '';
  const act = after(2, 'act');
  const index = parseDecimal(after(3, 'index'));
  const leaf = decodeBase64(after(4, 'leaf'));
  const accepted = parseDecimal(after(5, 'accepted'));
  const due = parseDecimal(after(6, 'due'));
  if (origin === undefined || origin === '' || !/^[0-9a-f]{64}$/u.test(act) || leaf?.length !== 32)
    return undefined;
  if (!index.ok || !accepted.ok || !due.ok) return undefined;
  const receipt = { origin, act, index: index.value, leaf, accepted: accepted.value, due: due.value };
  return toReceiptText(receipt) === text ? receipt : undefined;
}

export async function signReceipt(receipt: Receipt, signer: NoteSigner): Promise<string> {
  const text = toReceiptText(receipt);
  return new TextDecoder().decode(formatNote({ text, signatures: [await signNote(text, signer)] }));
}

/** What a receipt must be for, and how far it may put its promise off by the clock of whoever reads it. */
export interface ReceiptExpected {
  readonly origin: string;
  readonly act: string;
  readonly leaf: Uint8Array;
  /** Unix milliseconds, by the reader's own clock. */
  readonly now: number;
  /** The longest delay, in milliseconds from `now`, that the reader takes for a promise. */
  readonly delayMaxMs: number;
}

/** Says whether `note` is this host's receipt for the very entry that was handed in. `note` may come from anyone. */
export async function verifyReceipt(
  note: string,
  expected: ReceiptExpected,
  key: VerifierKey,
  ed25519: Ed25519,
): Promise<ReceiptVerdict> {
  const verified = await verifyNote(new TextEncoder().encode(note), [key], ed25519);
  if (!verified.ok) return { ok: false, says: verified.problem.text };
  const receipt = parseReceiptText(verified.value.text);
  if (receipt === undefined) return { ok: false, says: 'The note is not a receipt.' };
  if (receipt.origin !== expected.origin) return { ok: false, says: 'The receipt is for another log.' };
  if (receipt.act !== expected.act || !isEqualBytes(receipt.leaf, expected.leaf)) {
    return { ok: false, says: 'The receipt is for another act.' };
  }
  if (receipt.due < receipt.accepted) {
    return { ok: false, says: 'The receipt falls due before the act was accepted.' };
  }
  if (receipt.due > expected.now + expected.delayMaxMs) {
    return { ok: false, says: 'The receipt puts its promise off for longer than agreed.' };
  }
  return { ok: true, receipt };
}
