import { faultToSentence, toSentence } from '@homeward/core/exchange';
import type { ActRefusal } from './ledger.ts';

/** A refusal in plain words, for an alarm or a verdict. */
export function refusalToSentence(refusal: ActRefusal): string {
  switch (refusal.kind) {
    case 'fault':
      return faultToSentence(refusal.fault);
    case 'exchange-unknown':
      return 'it belongs to an exchange that the log does not hold.';
    case 'opener-unknown':
      return 'its signer may not open exchanges in this log.';
    case 'signature-wrong':
      return 'its signature does not verify.';
    case 'after-unknown':
      return 'it follows a tree that this log never was.';
    case 'interlock':
      return refusal.says;
    case 'refused':
      return toSentence(refusal.refusal);
  }
}
