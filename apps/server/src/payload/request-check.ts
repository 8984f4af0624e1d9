/** Who asks: checks the signature of a request against the keys that the exchanges of this log enrolled. */
import { createHash } from 'node:crypto';
import { parseAuthorization, requestAgeMsMax, toRequestBytes } from '@homeward/contract';
import { findIn, type Key, type KeyFingerprint, type PartyId } from '@homeward/core/exchange';
import { verifyEd25519 } from '../keys/ed25519.ts';
import type { Ledger } from '../log/ledger.ts';

export interface AskedBy {
  /** The party whose enrolled, unrevoked key signed, by exchange. */
  partyIn(exchange: string): PartyId | undefined;
}

export interface RequestChecker {
  /** `path` with its query. Nothing when the request is unsigned, stale, used before, or wrongly signed. */
  check(request: Request, path: string, body: Uint8Array): AskedBy | undefined;
}

/** Nonces remembered: far more than people make in the minutes a signature is good for. */
const noncesMax = 100_000;

export function createRequestChecker(nodeName: string, ledger: () => Ledger): RequestChecker {
  /** Nonce to the time after which its signature is stale anyway; in order of arrival. */
  const used = new Map<string, number>();

  function isFresh(nonce: string, at: number): boolean {
    const now = Date.now();
    if (Math.abs(now - at) > requestAgeMsMax || used.has(nonce)) return false;
    for (const [old, until] of used) {
      if (until > now) break;
      used.delete(old);
    }
    if (used.size >= noncesMax) return false;
    used.set(nonce, now + 2 * requestAgeMsMax);
    return true;
  }

  return {
    check(request, path, body) {
      const signed = parseAuthorization(request.headers.get('authorization') ?? '');
      if (signed === undefined) return undefined;
      const { key, at, nonce, signature } = signed;
      const exchanges = ledger().exchanges;
      const keys = new Map<string, Key>(
        [...exchanges].flatMap(([id, { state }]) => {
          const found = findIn(state.keys, key as KeyFingerprint);
          return found?.publicKey === undefined || found.revoked !== undefined ? [] : [[id, found] as const];
        }),
      );
      const [any] = keys.values();
      if (any?.publicKey === undefined) return undefined;
      const bodyHash = createHash('sha256').update(body).digest('hex');
      const bytes = toRequestBytes({ node: nodeName, method: request.method, path, bodyHash }, { at, nonce });
      if (!verifyEd25519(Buffer.from(any.publicKey, 'base64'), bytes, signature)) return undefined;
      return isFresh(nonce, at) ? { partyIn: (exchange) => keys.get(exchange)?.party } : undefined;
    },
  };
}
