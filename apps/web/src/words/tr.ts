import { english } from './en.ts';
export const turkish = english;
