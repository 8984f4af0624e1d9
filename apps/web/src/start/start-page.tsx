import { useWords } from '../words/use-words.ts';
export function StartPage() {
  const { t } = useWords();
  return <h1>{t('nav.start')}</h1>;
}
