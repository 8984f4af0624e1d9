import { hash as digest } from 'node:crypto';
import type { ExchangeId, PayloadHash } from '@homeward/core/exchange';
import { sql, type Kysely } from 'kysely';
import { serializable } from '../database/serializable.ts';
import type { Tables } from '../database/tables.ts';
import { fromHex, toBytes, toHex } from '../database/values.ts';
import type { PayloadRepository, PayloadState, PutPayloadResult, SealedPayload } from './payload.ts';

export class PostgresPayloads implements PayloadRepository {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async put({ hash, exchange, ciphertext, recipients }: SealedPayload): Promise<PutPayloadResult> {
    if (digest('sha256', ciphertext, 'hex') !== hash) return { kind: 'hash-differs' };
    const key = fromHex(hash);
    return serializable(this.#db, async (tx) => {
      const held = await tx
        .selectFrom('payload')
        .select('erased_at')
        .where('hash', '=', key)
        .executeTakeFirst();
      if (held !== undefined) return { kind: held.erased_at === null ? 'already-held' : 'erased' };
      await tx.insertInto('payload').values({ hash: key, exchange, ciphertext }).execute();
      if (recipients.length > 0) {
        await tx
          .insertInto('payload_recipient')
          .values(
            recipients.map(({ recipient, sealedKey }) => ({ hash: key, recipient, sealed_key: sealedKey })),
          )
          .execute();
      }
      return { kind: 'stored' };
    });
  }

  async findFor(
    hash: PayloadHash,
    recipient: string,
  ): Promise<
    | { readonly exchange: ExchangeId; readonly ciphertext: Uint8Array; readonly sealedKey: Uint8Array }
    | undefined
  > {
    const row = await this.#db
      .selectFrom('payload')
      .innerJoin('payload_recipient', 'payload_recipient.hash', 'payload.hash')
      .select(['payload.exchange', 'payload.ciphertext', 'payload_recipient.sealed_key'])
      .where('payload.hash', '=', fromHex(hash))
      .where('payload_recipient.recipient', '=', recipient)
      .executeTakeFirst();
    if (row?.ciphertext == null) return undefined;
    return {
      exchange: row.exchange as ExchangeId,
      ciphertext: toBytes(row.ciphertext),
      sealedKey: toBytes(row.sealed_key),
    };
  }

  async find(hash: PayloadHash): Promise<SealedPayload | undefined> {
    const key = fromHex(hash);
    const row = await this.#db.selectFrom('payload').selectAll().where('hash', '=', key).executeTakeFirst();
    if (row?.ciphertext == null) return undefined;
    const recipients = await this.#db
      .selectFrom('payload_recipient')
      .select(['recipient', 'sealed_key'])
      .where('hash', '=', key)
      .orderBy('recipient')
      .execute();
    return {
      hash,
      exchange: row.exchange as ExchangeId,
      ciphertext: toBytes(row.ciphertext),
      recipients: recipients.map(({ recipient, sealed_key }) => ({
        recipient,
        sealedKey: toBytes(sealed_key),
      })),
    };
  }

  async state(hash: PayloadHash): Promise<PayloadState> {
    const row = await this.#db
      .selectFrom('payload')
      .select('erased_at')
      .where('hash', '=', fromHex(hash))
      .executeTakeFirst();
    if (row === undefined) return 'unknown';
    return row.erased_at === null ? 'held' : 'erased';
  }

  async missing(hashes: readonly PayloadHash[]): Promise<readonly PayloadHash[]> {
    if (hashes.length === 0) return [];
    const { rows } = await sql<{ hash: Uint8Array }>`
      select hash from payload where hash = any(${hashes.map(fromHex)}::bytea[])`.execute(this.#db);
    const known = new Set(rows.map(({ hash }) => toHex(hash)));
    return hashes.filter((hash) => !known.has(hash));
  }

  async erase(hash: PayloadHash): Promise<PayloadState> {
    const key = fromHex(hash);
    await serializable(this.#db, async (tx) => {
      await tx.deleteFrom('payload_recipient').where('hash', '=', key).execute();
      await tx
        .updateTable('payload')
        .set({ ciphertext: null, erased_at: sql<Date>`now()` })
        .where('hash', '=', key)
        .where('erased_at', 'is', null)
        .execute();
    });
    return this.state(hash);
  }
}
