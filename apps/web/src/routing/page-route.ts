/**
 * What a page says of itself to the router, in its own `route.ts`: its address, what of it the query holds, the words it
 * needs beside those of the shell, and how it is loaded. `app/routes.ts` has one line for each.
 */
import { lazyRouteComponent } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import type { Capability } from '../words/catalogue.ts';
import { wantWords } from '../words/start-words.ts';

/** A page that keeps nothing in its query. */
export const noSearch = (): { readonly [name: string]: never } => ({});

export function pageRoute<const Path extends string, Search extends object>({
  path,
  search,
  words,
  load,
}: {
  readonly path: Path;
  /** Keeps of a query, which anybody may have written, what the page knows. */
  readonly search: (query: Readonly<Record<string, unknown>>) => Search;
  readonly words: readonly Capability[];
  readonly load: () => Promise<{ readonly Page: ComponentType }>;
}) {
  return {
    path,
    validateSearch: search,
    loader: async () => wantWords(words),
    component: lazyRouteComponent(load, 'Page'),
  };
}
