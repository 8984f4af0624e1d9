/** RFC 6962, section 2.1, transcribed: slow, plain, and sharing no code with what it judges but SHA-256. */
import { nodeSha256 } from './node-crypto.ts';

/** MTH(D[n]) */
export function referenceRoot(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length === 0) return nodeSha256(new Uint8Array(0));
  if (entries.length === 1) return nodeSha256(Buffer.concat([Uint8Array.of(0), entries[0]!]));
  const k = largestPowerBelow(entries.length);
  return nodeSha256(
    Buffer.concat([Uint8Array.of(1), referenceRoot(entries.slice(0, k)), referenceRoot(entries.slice(k))]),
  );
}

/** The largest power of two below n. */
function largestPowerBelow(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** The roots of all ranges of one list of entries, each computed once. */
export class ReferenceTree {
  readonly #entries: readonly Uint8Array[];
  readonly #known = new Map<number, Uint8Array>();

  constructor(entries: readonly Uint8Array[]) {
    this.#entries = entries;
  }

  /** MTH(D[from:to]) */
  root(from: number, to: number): Uint8Array {
    const key = from * 65_536 + to;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const k = largestPowerBelow(to - from);
    const root =
      to - from < 2
        ? referenceRoot(this.#entries.slice(from, to))
        : nodeSha256(Buffer.concat([Uint8Array.of(1), this.root(from, from + k), this.root(from + k, to)]));
    this.#known.set(key, root);
    return root;
  }

  /** PATH(m, D[from:to]) */
  path(m: number, from: number, to: number): readonly Uint8Array[] {
    if (to - from === 1) return [];
    const k = largestPowerBelow(to - from);
    return m < k
      ? [...this.path(m, from, from + k), this.root(from + k, to)]
      : [...this.path(m - k, from + k, to), this.root(from, from + k)];
  }

  /** PROOF(m, D[n]) */
  proof(m: number, n: number): readonly Uint8Array[] {
    return this.#subproof(m, 0, n, true);
  }

  /** SUBPROOF(m, D[from:to], b) */
  #subproof(m: number, from: number, to: number, b: boolean): readonly Uint8Array[] {
    const n = to - from;
    if (m === n) return b ? [] : [this.root(from, to)];
    const k = largestPowerBelow(n);
    return m <= k
      ? [...this.#subproof(m, from, from + k, b), this.root(from + k, to)]
      : [...this.#subproof(m - k, from + k, to, false), this.root(from, from + k)];
  }
}
