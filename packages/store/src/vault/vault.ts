/**
 * Where a signer keeps the last checkpoint it signed, whole, outside the database and outside its backups, so that a
 * restored database can never make it sign a second history (C2SP tlog-witness, "check and store are one atomic step").
 */
export interface Signed {
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
  /** The whole signed note. */
  readonly note: string;
}

export type SwapResult =
  | { readonly kind: 'swapped' }
  /** Someone else moved it first, or the caller read an older one. */
  | { readonly kind: 'moved'; readonly current: Signed | undefined }
  /** The next tree is smaller than the last signed one: never sign it. */
  | { readonly kind: 'smaller'; readonly current: Signed }
  /** The same size with another root: a fork. Never sign it. */
  | { readonly kind: 'fork'; readonly current: Signed };

/** One compare-and-swap register per name, e.g. `log:<origin>` or `witness:<origin>`. */
export interface Vault {
  /** Throws `VaultDamaged` when what is kept does not read back as it was written. */
  read(name: string): Promise<Signed | undefined>;
  /**
   * Puts `next` in place of `expected` (what `read` gave; undefined when nothing was kept), atomically among all
   * processes, and is on disk before it resolves: sign, swap, and only then show the signature to anyone.
   * The same size and root with more signatures may replace a note; less, or another root, never.
   */
  compareAndSwap(name: string, expected: Signed | undefined, next: Signed): Promise<SwapResult>;
}
