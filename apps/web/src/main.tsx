/** Starts the pages in a browser. */
import './theme/library.css';
import './theme/tokens.css';
import './theme/base.css';
import './theme/parts.css';
import './theme/print.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { keepShell } from './app/keep-shell.ts';
import { createAppRouter } from './app/routes.ts';
import { ThemeProvider } from './theme/provider.tsx';
import { startWords } from './words/start-words.ts';

const queries = new QueryClient({
  // A node answers or does not; what it said stays on the page, marked with its age, until it answers again.
  defaultOptions: { queries: { retry: false, networkMode: 'always', staleTime: 2000 } },
});

await startWords();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ThemeProvider>
      <QueryClientProvider client={queries}>
        <RouterProvider router={createAppRouter()} />
      </QueryClientProvider>
    </ThemeProvider>
  </StrictMode>,
);
keepShell();
