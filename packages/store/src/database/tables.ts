import type { Generated } from 'kysely';

/**
 * The tables as Kysely types them. 64-bit integers arrive as `number` from `pg` (parsed so in `open.ts`) and as
 * `number` or `bigint` from PGlite: read them through `toCount`.
 */
export interface Tables {
  readonly log_head: { readonly single: Generated<boolean>; readonly size: number };
  readonly entry: {
    readonly index: number;
    readonly bytes: Uint8Array;
    readonly leaf_hash: Uint8Array;
    readonly act: Uint8Array;
    readonly exchange: string;
    readonly signer: Uint8Array;
    readonly nonce: string;
    readonly kind: string;
    readonly stored_at: Generated<Date>;
  };
  readonly tile_hash: { readonly level: number; readonly index: number; readonly hash: Uint8Array };
  readonly checkpoint: {
    readonly id: Generated<number>;
    readonly origin: string;
    readonly size: number;
    readonly root: Uint8Array;
    readonly note: string;
    readonly note_hash: Uint8Array;
    readonly stored_at: Generated<Date>;
  };
  readonly cosignature: {
    readonly origin: string;
    readonly size: number;
    readonly root: Uint8Array;
    readonly witness: string;
    readonly line: string;
    readonly time: number;
    readonly stored_at: Generated<Date>;
  };
  readonly payload: {
    readonly hash: Uint8Array;
    readonly exchange: string;
    readonly ciphertext: Uint8Array | null;
    readonly stored_at: Generated<Date>;
    readonly erased_at: Generated<Date | null>;
  };
  readonly payload_recipient: {
    readonly hash: Uint8Array;
    readonly recipient: string;
    readonly sealed_key: Uint8Array;
  };
  readonly pending_act: {
    readonly act: Uint8Array;
    readonly bytes: Uint8Array;
    readonly order: Generated<number>;
    readonly status: Generated<'waiting' | 'refused'>;
    readonly attempts: Generated<number>;
    readonly problem: Generated<string | null>;
  };
  readonly peer: {
    readonly name: string;
    readonly url: string;
    readonly last_heard: Generated<Date | null>;
    readonly last_size: Generated<number | null>;
    readonly last_problem: Generated<string | null>;
  };
  readonly setting: { readonly name: string; readonly json: unknown };
}
