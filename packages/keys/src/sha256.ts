/** SHA-256 of the runtime: about five times the portable one. */
import { createHash } from 'node:crypto';
import type { Sha256 } from '@homeward/tlog';

export const nativeSha256: Sha256 = (message) => createHash('sha256').update(message).digest();
