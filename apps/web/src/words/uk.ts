import { english } from './en.ts';
export const ukrainian = english;
