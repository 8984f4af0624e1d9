/** Node's own cryptography behind the package's interfaces, for tests and for the script that writes the vectors. */
import { createPrivateKey, createPublicKey, hash, sign, verify } from 'node:crypto';
import { type Ed25519, type KeyType, type NoteSigner, type Sha256, toVerifierKey } from '../src/index.ts';

export const nodeSha256: Sha256 = (message) => hash('sha256', message, 'buffer');

const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');

export const nodeEd25519: Ed25519 = {
  verify: (publicKey, message, signature) => {
    try {
      const der = Buffer.concat([publicPrefix, publicKey]);
      return verify(null, message, createPublicKey({ key: der, format: 'der', type: 'spki' }), signature);
    } catch {
      return false;
    }
  },
};

/** A key that anyone can make again from its seed: never trust one outside tests. */
export function toTestSigner(name: string, type: KeyType, seed = name): NoteSigner {
  const secret = nodeSha256(Buffer.from(`homeward test key ${seed}`));
  const der = Buffer.concat([privatePrefix, secret]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
  return {
    key: toVerifierKey({ name, type, publicKey: new Uint8Array(publicKey) }),
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
  };
}
