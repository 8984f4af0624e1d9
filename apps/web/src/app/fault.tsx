/** What stands in a page's place when it cannot be shown, or is not there. */
import { Link } from '@tanstack/react-router';
import { Mark } from '../marks/mark.tsx';
import { Label } from '../words/label.tsx';
import { useWords } from '../words/use-words.ts';
import { usePageTitle } from '../browser/page-title.ts';

/**
 * A page that could not be shown: what failed, in the program's words, and the ways on. After a renewal of the pages an
 * older one asks for a part that is gone, which loading again mends.
 */
export function PageFault({ error }: { readonly error: unknown }) {
  const { t } = useWords();
  usePageTitle(t('fault.title'));
  return (
    <section className="hw-panel hw-stack" role="alert">
      <h1>
        <Mark kind="fault" /> {t('fault.title')}
      </h1>
      <p>{t('fault.text')}</p>
      <p className="hw-mono">
        <Label text={error instanceof Error ? error.message : String(error)} max={400} />
      </p>
      <p>{t('fault.renewed')}</p>
      <p className="hw-row">
        <button type="button" className="hw-go" onClick={() => location.reload()}>
          {t('fault.reload')}
        </button>
        <Link to="/">{t('fault.back')}</Link>
      </p>
    </section>
  );
}

export function NotFound() {
  const { t } = useWords();
  usePageTitle(t('missing.title'));
  return (
    <section className="hw-panel hw-stack">
      <h1>{t('missing.title')}</h1>
      <p>{t('missing.text')}</p>
      <p>
        <Link to="/">{t('fault.back')}</Link>
      </p>
    </section>
  );
}
