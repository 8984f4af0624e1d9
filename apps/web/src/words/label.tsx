/** A text that somebody else wrote, as a part of a page. */
import './label.css';
import { toPlainParts } from '@homeward/core/plain-text';

/**
 * A text that somebody else wrote: isolated in its direction, hidden characters named, cut after `max`.
 *
 * The whole text is never in a title attribute either: a tool tip would show it unguarded.
 */
export function Label({ text, max = 120 }: { readonly text: string; readonly max?: number }) {
  return (
    <bdi className="hw-label">
      {toPlainParts(text, max).map((part, at) =>
        part.named ? (
          <span key={at} className="hw-label-mark">
            {part.text}
          </span>
        ) : (
          part.text
        ),
      )}
    </bdi>
  );
}
