/** Every language of the public pages, in the order in which they are offered. */
import { arabic } from './ar.ts';
import { english } from './en.ts';
import { russian } from './ru.ts';
import { turkish } from './tr.ts';
import { ukrainian } from './uk.ts';
import type { Words } from './words.ts';

export const allWords: readonly Words[] = [english, ukrainian, russian, turkish, arabic];
