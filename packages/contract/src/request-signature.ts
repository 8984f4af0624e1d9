/**
 * Who asks: a signature over one request, in the `Authorization` header, for routes that serve one party only.
 *
 *     Authorization: Homeward key=<fingerprint>, at=<Unix milliseconds>, nonce=<22 base64url>, sig=<base64>
 *
 * Law     The signature covers the node asked, the method, the path, the time, the nonce and the body's hash, so it
 *         is good for this request at this node, within a few minutes, once.
 */

export interface SignedRequest {
  /** SHA-256 of the public key, lowercase hex. */
  readonly key: string;
  readonly at: number;
  readonly nonce: string;
  readonly signature: Uint8Array;
}

export interface RequestFacts {
  /** Name of the node that is asked, as its status says. */
  readonly node: string;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** SHA-256 of the body, lowercase hex. */
  readonly bodyHash: string;
}

/** A signed request is refused when its time is further from the node's clock than this. */
export const requestAgeMsMax = 300_000;

export function toRequestBytes(
  facts: RequestFacts,
  { at, nonce }: Pick<SignedRequest, 'at' | 'nonce'>,
): Uint8Array {
  return new TextEncoder().encode(
    `homeward/request/v1\n${facts.node}\n${facts.method}\n${facts.path}\n${String(at)}\n${nonce}\n${facts.bodyHash}\n`,
  );
}

export function toAuthorization({ key, at, nonce, signature }: SignedRequest): string {
  let text = '';
  for (const byte of signature) text += String.fromCharCode(byte);
  return `Homeward key=${key}, at=${String(at)}, nonce=${nonce}, sig=${btoa(text)}`;
}

/** Reads the header; `undefined` for anything `toAuthorization` would not write. */
export function parseAuthorization(header: string): SignedRequest | undefined {
  const match =
    /^Homeward key=([0-9a-f]{64}), at=([1-9][0-9]{0,15}), nonce=([A-Za-z0-9_-]{22}), sig=([A-Za-z0-9+/]{86}==)$/u.exec(
      header,
    );
  if (match === null) return undefined;
  const [, key = '', at = '', nonce = '', sig = ''] = match;
  const signature = Uint8Array.from(atob(sig), (char) => char.charCodeAt(0));
  const parsed = { key, at: Number(at), nonce, signature };
  return toAuthorization(parsed) === header ? parsed : undefined;
}
