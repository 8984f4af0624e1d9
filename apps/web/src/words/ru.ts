import { english } from './en.ts';
export const russian = english;
