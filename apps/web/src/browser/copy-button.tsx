/** A button that copies a text, and says that it did. */
import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useWords } from '../words/use-words.ts';

export function CopyButton({
  text,
  children,
}: {
  readonly text: () => string;
  readonly children: ReactNode;
}) {
  const { t } = useWords();
  const [done, setDone] = useState<'copied' | 'refused' | undefined>();
  useEffect(() => {
    if (done === undefined) return undefined;
    const timer = setTimeout(() => setDone(undefined), 4000);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = () => {
    // Without HTTPS a browser gives a page no clipboard: the address bar has the link then.
    const clipboard = (navigator as { readonly clipboard?: Clipboard }).clipboard;
    if (clipboard === undefined) {
      setDone('refused');
      return;
    }
    clipboard.writeText(text()).then(
      () => setDone('copied'),
      () => setDone('refused'),
    );
  };
  return (
    <Button variant="default" onClick={copy}>
      <span role="status">{done === undefined ? children : t(`shell.${done}`)}</span>
    </Button>
  );
}
