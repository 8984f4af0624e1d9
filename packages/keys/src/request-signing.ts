/** Signs requests with a person's act key: the other half of `request-check.ts`, for the command and for tests. */
import { createHash, randomBytes } from 'node:crypto';
import { toAuthorization, toRequestBytes, type SignRequest } from '@homeward/contract';
import type { SigningKey } from './ed25519.ts';
import { fingerprintOf } from './node-keys.ts';

/** `node` is the name of the node asked, as its status says. */
export function createRequestSigner(node: string, key: Pick<SigningKey, 'publicKey' | 'sign'>): SignRequest {
  const fingerprint = fingerprintOf(key.publicKey);
  return async ({ method, path, body }) => {
    const bodyHash = createHash('sha256').update(body).digest('hex');
    const stamp = { at: Date.now(), nonce: randomBytes(16).toString('base64url') };
    const signature = key.sign(toRequestBytes({ node, method, path, bodyHash }, stamp));
    return Promise.resolve({ authorization: toAuthorization({ key: fingerprint, ...stamp, signature }) });
  };
}
