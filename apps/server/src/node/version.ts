/** The program's version, as nodes tell it: the one of package.json, where releases set it. */
import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};
export const version = manifest.version;
