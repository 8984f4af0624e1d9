/** One entry of the log as a line of the record: its kind, its sentence, the time it claims. */
import './record-line.css';
import { Mark } from '../marks/mark.tsx';
import type { RecordLine as LineOfRecord } from '../replica/protocol.ts';
import { useWords } from '../words/use-words.ts';
import { toReason } from './reason.ts';
import { toSentence } from './sentence.ts';

/** The class of what a line stands in: a link, or a place of a list. */
export const recordLineClass = 'hw-line';

/** The number of an entry, where its line begins. */
export function RecordIndex({ index }: { readonly index: number }) {
  const { number } = useWords();
  return <span className="hw-line-index hw-number">#{number(index)}</span>;
}

export function RecordLine({ line }: { readonly line: LineOfRecord }) {
  const words = useWords();
  const { t, number, moment } = words;
  if (line.kind === 'unread') {
    return (
      <span>
        <Mark kind="unsure" /> {t('record.unread', { index: number(line.index) })}
      </span>
    );
  }
  return (
    <>
      <span className="hw-line-kind hw-small">{t(`kind.${line.line.kind}`)}</span>
      <span className="hw-line-words">
        {toSentence(line.line, words)}
        {line.kind === 'refused' ? (
          <span className="hw-attention">
            {' '}
            <Mark kind="fault" /> {t('record.refusedAct', { reason: toReason(line.refusal, words) })}
          </span>
        ) : null}
      </span>
      <time className="hw-line-when hw-small hw-quiet" dateTime={line.line.at}>
        {moment(line.line.at)}
      </time>
    </>
  );
}
