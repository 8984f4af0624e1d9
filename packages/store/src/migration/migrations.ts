import { first } from './0001-first.ts';

/** Every change of the tables, in order. One that has been released is never edited: a correction is a new one. */
export const migrations: readonly { readonly name: string; readonly sql: string }[] = [
  { name: '0001-first', sql: first },
];
