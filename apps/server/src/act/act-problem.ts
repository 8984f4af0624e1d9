/** Why an act was refused, as the problem document its sender gets. */
import { toExchangeProblem, toNodeProblem, type Problem } from '@homeward/contract';
import { faultToSentence, type EnvelopeFault } from '@homeward/core/exchange';
import type { ActRefusal } from '@homeward/ledger';

export function toActProblem(refusal: ActRefusal): Problem {
  switch (refusal.kind) {
    case 'fault':
      return toFaultProblem(refusal.fault);
    case 'exchange-unknown':
      return toNodeProblem('exchange-unknown', 'The act belongs to an exchange that this log does not hold.');
    case 'opener-unknown':
      return toNodeProblem(
        'opener-unknown',
        'The operator of the host names the fingerprints of such keys under "openers" in its configuration.',
      );
    case 'signature-wrong':
      return toNodeProblem(
        'signature-wrong',
        'The signature is not one of the key that the act names, over this very content.',
      );
    case 'after-unknown':
      return toNodeProblem(
        'after-unknown',
        `The act follows a tree of ${String(refusal.size)} acts that this log never was. Read the newest checkpoint and sign again.`,
      );
    case 'interlock':
      return toNodeProblem('interlock', refusal.says);
    case 'refused':
      return toExchangeProblem(refusal.refusal);
  }
}

function toFaultProblem(fault: EnvelopeFault): Problem {
  const detail = faultToSentence(fault);
  switch (fault.kind) {
    case 'oversize':
      return toNodeProblem('act-too-large', detail);
    case 'unknown-kind':
      return toNodeProblem('act-kind-unknown', detail);
    case 'not-an-envelope':
      return fault.pointer.startsWith('/signatures')
        ? toNodeProblem('act-unsigned', detail)
        : toNodeProblem('act-malformed', detail);
    case 'not-utf8':
    case 'not-json':
    case 'too-deep':
    case 'not-canonical':
    case 'key-differs':
    case 'wrong-shape':
      return { ...toNodeProblem('act-malformed', detail), fault };
  }
}
