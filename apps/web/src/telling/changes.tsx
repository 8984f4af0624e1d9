/** What an act changed, figure by figure: before, and after. */
import type { Change, ChangeValue } from '../reading/change.ts';
import { useWords } from '../words/use-words.ts';

export function Changes({ changes }: { readonly changes: readonly Change[] }) {
  const { t, number, quote, has, leg } = useWords();
  if (changes.length === 0) return <p className="hw-quiet">{t('record.changes.none')}</p>;
  const say = (value: ChangeValue) =>
    value === undefined
      ? t('word.nothing')
      : typeof value === 'boolean'
        ? t(value ? 'word.yes' : 'word.no')
        : typeof value === 'number'
          ? number(value)
          : has(`status.${value}`)
            ? t(`status.${value}` as 'status.open')
            : has(`tranche.${value}`)
              ? t(`tranche.${value}` as 'tranche.proposed')
              : quote(value, 60);
  const about = ({ what, about: whom }: Change) =>
    typeof whom !== 'string'
      ? leg(whom)
      : what === 'verdict'
        ? t(`verdict.${whom}` as 'verdict.not-held')
        : quote(whom, 60);
  return (
    <div className="hw-table-frame">
      <table className="hw-table">
        <thead>
          <tr>
            <th scope="col">{t('change.what')}</th>
            <th scope="col" className="hw-end">
              {t('change.from')}
            </th>
            <th scope="col" className="hw-end">
              {t('change.to')}
            </th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={`${change.what} ${about(change)}`}>
              <th scope="row">{t(`change.${change.what}`, { about: about(change) })}</th>
              <td className="hw-end">{say(change.from)}</td>
              <td className="hw-end">{say(change.to)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
