/** The title of the browser's window. */
import { useEffect } from 'react';
import { useWords } from '../words/use-words.ts';

/** Names the page in the browser's own window. Our own words only: a label of somebody else never stands there. */
export function usePageTitle(title: string): void {
  const { t } = useWords();
  const product = t('product');
  useEffect(() => {
    document.title = title === '' ? product : `${title} · ${product}`;
  }, [title, product]);
}
