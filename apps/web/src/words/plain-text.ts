/** Text from outside as one string: hidden characters named in angle quotes, the rest as it was written. */
import { toPlainParts } from '@homeward/core/plain-text';

/** At most `max` characters of it. What is hidden and what is not, `@homeward/core/plain-text` decides for every reader. */
export function toPlainText(text: string, max: number): string {
  return toPlainParts(text, max)
    .map((part) => (part.named ? `‹${part.text}›` : part.text))
    .join('');
}
