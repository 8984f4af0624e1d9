/** The component library, set to the project's look. */
import {
  createTheme,
  DirectionProvider,
  localStorageColorSchemeManager,
  MantineProvider,
} from '@mantine/core';
import type { ReactNode } from 'react';

const theme = createTheme({
  fontFamily: 'var(--hw-font)',
  fontFamilyMonospace: 'var(--hw-font-mono)',
  primaryColor: 'blue',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
});
const colorSchemeManager = localStorageColorSchemeManager({ key: 'homeward-scheme' });

/**
 * The component library without the style elements it would write into the page: variables and helper classes
 * are static sheets (`tokens.css`, `library.css`), so the policy needs neither a nonce nor `unsafe-inline`.
 */
export function ThemeProvider({ children }: { readonly children: ReactNode }) {
  return (
    <DirectionProvider initialDirection={document.documentElement.dir === 'rtl' ? 'rtl' : 'ltr'}>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        colorSchemeManager={colorSchemeManager}
        withCssVariables={false}
        withGlobalClasses={false}
      >
        {children}
      </MantineProvider>
    </DirectionProvider>
  );
}
