/** Checks the signature of an act by this runtime, at once. */
import { toIsSigned, type IsSigned } from '@homeward/ledger';
import { verifyEd25519 } from '@homeward/keys';

export const isSignedNow: IsSigned = toIsSigned(verifyEd25519);
