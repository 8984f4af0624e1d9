import { useWords } from '../words/use-words.ts';
export function TrainingPage() {
  const { t } = useWords();
  return <h1>{t('nav.training')}</h1>;
}
