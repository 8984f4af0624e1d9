/**
 * Keeps sealed payloads for those they are addressed to.
 *
 * Law     Only a party that an exchange of this log knows leaves a payload, in its own name; only an addressed party
 *         takes it, with its own wrapped key alone; only the party that left it has it erased, for good. The node
 *         sees ciphertext, and on a host there is no key that opens any.
 */
import { toNodeProblem, type Problem } from '@homeward/contract';
import { addressOf, parseSealedPayload, toSealedBytes, type SealedHeader } from '@homeward/contract/sealing';
import type { ExchangeId, PayloadHash } from '@homeward/core/exchange';
import type { PayloadRepository } from '@homeward/store';
import * as z from 'zod';
import type { RateLimiter } from '../rate/rate-limiter.ts';
import type { AskedBy } from './request-check.ts';

export type PayloadReply =
  | { readonly kind: 'kept' | 'erased' }
  | { readonly kind: 'payload'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'problem'; readonly problem: Problem };

export interface PayloadKeeper {
  put(hash: string, bytes: Uint8Array, by: AskedBy): Promise<PayloadReply>;
  find(hash: string, by: AskedBy): Promise<PayloadReply>;
  erase(hash: string, by: AskedBy): Promise<PayloadReply>;
}

/** What is stored as a recipient's sealed key: its part of the header, so that the payload can be put together again. */
const StoredKey = z.strictObject({
  from: z.string(),
  record: z.string(),
  key: z.string(),
  enc: z.string(),
  wrapped: z.string(),
});

export function createPayloadKeeper(payloads: PayloadRepository, allowances: RateLimiter): PayloadKeeper {
  return {
    async put(hash, bytes, by) {
      const sealed = parseSealedPayload(bytes);
      if (sealed === undefined)
        return problem('payload-malformed', 'See the rules of sealed payloads in spec/wire.md.');
      const { exchange, from, record, keys } = sealed.header;
      if (by.partyIn(exchange) !== from)
        return problem('not-authenticated', 'A party leaves payloads in its own name only.');
      if (keys.length === 0 || new Set(keys.map(({ to }) => to)).size !== keys.length) {
        return problem('payload-malformed', 'A payload has at least one recipient, and each of them once.');
      }
      if ((await addressOf(sealed)) !== hash)
        return problem('payload-differs', 'Its address is the SHA-256 of its box.');
      const wait = allowances.take(`${exchange} ${from}`, bytes.length);
      if (wait > 0) return problem('slow-down', `Send again in ${String(wait)} s.`);
      const result = await payloads.put({
        hash: hash as PayloadHash,
        exchange: exchange as ExchangeId,
        ciphertext: sealed.box,
        recipients: keys.map(({ to, key, enc, wrapped }) => ({
          recipient: to,
          sealedKey: new TextEncoder().encode(JSON.stringify({ from, record, key, enc, wrapped })),
        })),
      });
      switch (result.kind) {
        case 'stored':
          return { kind: 'kept' };
        case 'already-held':
          return (await isSame(hash, sealed.header))
            ? { kind: 'kept' }
            : problem('payload-conflict', 'Seal the content anew.');
        case 'erased':
          return problem('payload-erased', 'What was erased does not come back.');
        case 'hash-differs':
          return problem('payload-differs', 'Its address is the SHA-256 of its box.');
      }
    },

    async find(hash, by) {
      const state = await payloads.state(hash as PayloadHash);
      // Unknown and not addressed look alike: nobody learns from this node what others were sent.
      const unknown = problem('payload-unknown', 'No payload of this hash is kept here for you.');
      if (state === 'unknown') return unknown;
      if (state === 'erased') return problem('payload-erased', 'Its keys were destroyed.');
      const whole = await payloads.find(hash as PayloadHash);
      if (whole === undefined) return unknown;
      const party = by.partyIn(whole.exchange);
      const own = whole.recipients.find(({ recipient }) => recipient === party);
      if (own === undefined || party === undefined) return unknown;
      const { from, record, key, enc, wrapped } = readStoredKey(own.sealedKey);
      const header = { exchange: whole.exchange, from, record, keys: [{ to: party, key, enc, wrapped }] };
      return { kind: 'payload', bytes: toSealedBytes({ header, box: whole.ciphertext }) };
    },

    async erase(hash, by) {
      const whole = await payloads.find(hash as PayloadHash);
      const [first] = whole?.recipients ?? [];
      const from = first === undefined ? undefined : readStoredKey(first.sealedKey).from;
      if (whole === undefined || from === undefined || by.partyIn(whole.exchange) !== from) {
        return problem('payload-unknown', 'No payload of this hash was left here by you.');
      }
      await payloads.erase(hash as PayloadHash);
      return { kind: 'erased' };
    },
  };

  /** Whether what is held is this very payload, of this exchange and sender; others can send the same box. */
  async function isSame(hash: string, { exchange, from, keys }: SealedHeader): Promise<boolean> {
    const held = await payloads.find(hash as PayloadHash);
    return (
      held?.exchange === exchange &&
      held.recipients.length === keys.length &&
      keys.every(({ to, wrapped }) =>
        held.recipients.some(({ recipient, sealedKey }) => {
          const stored = readStoredKey(sealedKey);
          return recipient === to && stored.from === from && stored.wrapped === wrapped;
        }),
      )
    );
  }
}

function readStoredKey(bytes: Uint8Array): z.infer<typeof StoredKey> {
  return StoredKey.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
}

function problem(kind: Parameters<typeof toNodeProblem>[0], detail: string): PayloadReply {
  return { kind: 'problem', problem: toNodeProblem(kind, detail) };
}
