/** Acts that take effect when several persons have signed the very same content. */
import type { ContentHash } from '../act/ids.ts';
import { contentHash } from '../act/canonical.ts';
import { findIn, setIn } from '../state/persistent-map.ts';
import type { Exchange, Signature } from '../state/state.ts';
import type { Refusal } from './refusal.ts';
import { hasSigned, toSignature, type Signer } from './rule.ts';

function hashOf(kind: string, body: object): ContentHash {
  return contentHash({ kind, body });
}

/** Refuses who has signed the same content already. */
export function refuseSecond(
  state: Exchange,
  kind: string,
  body: object,
  signer: Signer,
): Refusal | undefined {
  const sofar = findIn(state.joint, hashOf(kind, body)) ?? [];
  const isSame = sofar.some(({ key }) => key === signer.key);
  return isSame || hasSigned(state, sofar, signer.actor) ? { kind: 'SignedAlready' } : undefined;
}

/** The state with one more signature, and all of them. Once `isCarried`, they are spent: the same may be agreed again. */
export function withJoint(
  state: Exchange,
  { kind, body, signer }: { readonly kind: string; readonly body: object; readonly signer: Signer },
  isCarried: (signatures: readonly Signature[]) => boolean,
): { readonly state: Exchange; readonly carried: boolean } {
  const hash = hashOf(kind, body);
  const signatures = [...(findIn(state.joint, hash) ?? []), toSignature(signer)];
  const carried = isCarried(signatures);
  return { state: { ...state, joint: setIn(state.joint, hash, carried ? [] : signatures) }, carried };
}
