/** The kinds of acts by what they do to movement, as their rows say: what is never held back, and what is never hurried. */
import { kindsWithEffect, type ActKind } from '@homeward/core/exchange';

/**
 * What stops people or keys from moving. Never rate-limited: none can be repeated without another act between. A halted
 * member still takes them, because nothing moves because of them.
 */
export const stops: ReadonlySet<ActKind> = kindsWithEffect('stops');

/** What lets people move, or move again. Never believed of a log that may have gone on unseen. */
export const starts: ReadonlySet<ActKind> = kindsWithEffect('starts');
