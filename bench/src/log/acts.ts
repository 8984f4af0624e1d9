/** Acts for measuring: one exchange with one mediator, who corrects its opening again and again. All made up. */
import {
  type Act,
  type ActId,
  actIdOf,
  encodeAct,
  type Envelope,
  type KeyFingerprint,
  parseEnvelope,
  preAuthEncoding,
  sealEnvelope,
} from '@homeward/core/exchange';
import { fingerprintOf, generateSigningKey, type SigningKey } from '@homeward/keys';
import { emptyRoot, encodeBase64 } from '@homeward/tlog';

export interface SignedAct {
  readonly bytes: Uint8Array;
  readonly id: ActId;
}

/** Signs acts of one exchange, each with its own nonce. */
export class ActMaker {
  readonly #key: SigningKey = generateSigningKey();
  readonly #exchange: string;
  #count = 0;
  readonly opening: SignedAct;

  constructor(exchange: string) {
    this.#exchange = exchange.padEnd(22, '0');
    const key = fingerprintOf(this.#key.publicKey);
    this.opening = this.#sign('ExchangeOpened', {
      title: 'A measurement',
      label: 'The host',
      host: 'HOST',
      publicKey: encodeBase64(this.#key.publicKey),
      founders: [{ actor: 'mediator'.padEnd(22, '0'), role: 'mediator', key }],
    });
  }

  /** Fingerprint of the key that opens the exchange. */
  get by(): KeyFingerprint {
    return fingerprintOf(this.#key.publicKey) as KeyFingerprint;
  }

  next(): SignedAct {
    const says = 'The hour of opening was noted in local time; it is meant in UTC. '.repeat(4).trim();
    return this.#sign('Corrected', { act: this.opening.id, says });
  }

  #sign(kind: string, body: object): SignedAct {
    this.#count += 1;
    const { by } = this;
    const act = {
      exchange: this.#exchange,
      kind,
      body,
      by,
      role: 'mediator',
      after: { size: 0, root: encodeBase64(emptyRoot()) },
      nonce: String(this.#count).padStart(22, '0'),
      at: '2025-05-23T06:30:00.000Z',
    } as unknown as Act;
    const actBytes = encodeAct(act);
    const bytes = sealEnvelope(actBytes, by, this.#key.sign(preAuthEncoding(actBytes)));
    return { bytes, id: actIdOf(actBytes) };
  }
}

export function getEnvelope(bytes: Uint8Array): Envelope {
  const parsed = parseEnvelope(bytes);
  if (parsed.kind !== 'parsed') throw new Error(`a made-up act does not parse: ${parsed.fault.kind}`);
  return parsed.envelope;
}
