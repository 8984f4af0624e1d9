/**
 * What the public pages say, in each language: one table of texts, the reasons of labels, units and kinds of claims.
 * `{name}` stands for a value. The keys are those of `en.ts`; the compiler asks every language for each of them.
 */
import type { BecauseCode, ClaimKind, Unit } from '@homeward/core/statements';
import type { english } from './en.ts';

export type TextKey = keyof typeof english.texts;

export interface Words {
  /** BCP 47. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  /** The language's own name. */
  readonly name: string;
  readonly texts: Readonly<Record<TextKey, string>>;
  readonly reasons: Readonly<Record<BecauseCode, string>>;
  readonly units: Readonly<Record<Unit, string>>;
  readonly kinds: Readonly<Record<ClaimKind, string>>;
}
