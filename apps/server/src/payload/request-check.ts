/** Who asks: checks the signature of a request against the keys that the exchanges of this log enrolled. */
import { createHash } from 'node:crypto';
import { parseAuthorization, requestAgeMsMax, toRequestBytes } from '@homeward/contract';
import { findIn, type Key, type KeyFingerprint, type PartyId } from '@homeward/core/exchange';
import { verifyEd25519 } from '@homeward/keys';
import type { Ledger } from '@homeward/ledger';

export interface AskedBy {
  /** The party whose enrolled, unrevoked key signed, by exchange. */
  partyIn(exchange: string): PartyId | undefined;
}

export interface RequestChecker {
  /** Whether the request names an enrolled key, before its body is read: nothing is proven yet. */
  isKnown(request: Request): boolean;
  /** `path` with its query. Nothing when the request is unsigned, stale, used before, or wrongly signed. */
  check(request: Request, path: string, body: Uint8Array): AskedBy | undefined;
}

/** Nonces remembered of one key: far more than people make in the minutes a signature is good for. */
const noncesOfKeyMax = 20_000;

export function createRequestChecker(
  nodeName: string,
  ledger: () => Ledger,
  noncesMax = noncesOfKeyMax,
): RequestChecker {
  /** By key, nonce to the time after which its signature is stale anyway; in order of arrival. */
  const usedBy = new Map<string, Map<string, number>>();

  function isFresh(key: string, nonce: string, at: number): boolean {
    const now = Date.now();
    const used = usedBy.get(key) ?? new Map<string, number>();
    usedBy.set(key, used);
    if (Math.abs(now - at) > requestAgeMsMax || used.has(nonce)) return false;
    for (const [old, until] of used) {
      if (until > now) break;
      used.delete(old);
    }
    if (used.size >= noncesMax) return false;
    used.set(nonce, now + 2 * requestAgeMsMax);
    return true;
  }

  /** The key by the exchanges in which it is enrolled and not revoked. */
  function findKeys(key: string): ReadonlyMap<string, Key> {
    return new Map(
      [...ledger().exchanges].flatMap(([id, { state }]) => {
        const found = findIn(state.keys, key as KeyFingerprint);
        return found?.publicKey === undefined || found.revoked !== undefined ? [] : [[id, found] as const];
      }),
    );
  }

  return {
    isKnown(request) {
      const signed = parseAuthorization(request.headers.get('authorization') ?? '');
      return signed !== undefined && findKeys(signed.key).size > 0;
    },
    check(request, path, body) {
      const signed = parseAuthorization(request.headers.get('authorization') ?? '');
      if (signed === undefined) return undefined;
      const { key, at, nonce, signature } = signed;
      const keys = findKeys(key);
      const [any] = keys.values();
      if (any?.publicKey === undefined) return undefined;
      const bodyHash = createHash('sha256').update(body).digest('hex');
      const bytes = toRequestBytes({ node: nodeName, method: request.method, path, bodyHash }, { at, nonce });
      if (!verifyEd25519(Buffer.from(any.publicKey, 'base64'), bytes, signature)) return undefined;
      return isFresh(key, nonce, at) ? { partyIn: (exchange) => keys.get(exchange)?.party } : undefined;
    },
  };
}
