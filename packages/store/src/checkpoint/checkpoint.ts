/** A signed checkpoint, whole, as published: the note text with every signature line known here. */
export interface StoredCheckpoint {
  readonly origin: string;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
  /** The whole signed note, UTF-8 text. */
  readonly note: string;
  /** RFC 3339 UTC: when this node stored it. */
  readonly storedAt: string;
}

/** One witness's signature line on a checkpoint. */
export interface StoredCosignature {
  readonly origin: string;
  readonly size: number;
  /** 32 bytes: the root it is about. */
  readonly root: Uint8Array;
  /** The witness's key name. */
  readonly witness: string;
  /** The signature line, without its newline. */
  readonly line: string;
  /** Unix seconds, as the witness claims. */
  readonly time: number;
}

/** Checkpoints seen, signed or cosigned by this node, for serving and for proof of a fork. Never deleted. */
export interface CheckpointRepository {
  /** Keeps a note. The same note twice is one; a second root for one size is kept beside the first: it is evidence. */
  put(checkpoint: Omit<StoredCheckpoint, 'storedAt'>): Promise<void>;
  /** The newest note of the largest size. */
  latest(origin: string): Promise<StoredCheckpoint | undefined>;
  /** Every note kept for this size, oldest first. */
  at(origin: string, size: number): Promise<readonly StoredCheckpoint[]>;
  putCosignature(cosignature: StoredCosignature): Promise<void>;
  cosignatures(origin: string, size: number): Promise<readonly StoredCosignature[]>;
  /** The largest size that at least `witnesses` of these witnesses have cosigned, 0 when none. */
  largestCosigned(origin: string, witnesses: readonly string[], atLeast: number): Promise<number>;
}
