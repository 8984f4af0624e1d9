/** What a party is called in a sentence. */
import type { Words } from '../words/use-words.ts';

/**
 * A party as a sentence calls it, isolated. The host has no label of its own (the record gives it the exchange's
 * title), so it is called what it is: the mediator.
 */
export function partyName(
  { label, host }: { readonly label: string; readonly host: boolean },
  { t, quote }: Words,
): string {
  return host ? t('word.mediator') : quote(label, 60);
}
