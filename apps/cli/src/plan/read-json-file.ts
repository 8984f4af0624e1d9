/** Reads a JSON file and says line and column of what is not JSON. Sizes are bounded before reading. */
import { readFileSync, statSync } from 'node:fs';

const bytesMax = 256 * 1024 * 1024;

export type ReadFile =
  | { readonly isRead: true; readonly data: unknown; readonly text: string }
  | { readonly isRead: false; readonly says: string };

export function readJsonFile(file: string): ReadFile {
  let text: string;
  try {
    const { size } = statSync(file);
    if (size > bytesMax)
      return { isRead: false, says: `${file}: ${size} bytes; at most ${bytesMax} are read.` };
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const why = error instanceof Error ? error.message : 'cannot be read';
    return { isRead: false, says: `${file}: ${isAbsent ? 'there is no such file.' : why}` };
  }
  try {
    return { isRead: true, data: JSON.parse(text), text };
  } catch {
    const before = text.slice(0, findJsonFault(text)).split('\n');
    const line = before.length;
    const column = (before.at(-1)?.length ?? 0) + 1;
    return { isRead: false, says: `${file}:${line}:${column}: expected JSON.` };
  }
}

const token =
  // eslint-disable-next-line no-control-regex -- JSON forbids exactly these in texts
  /[\t\n\r ]*(?:[{}[\],:]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;
const space = /[\t\n\r ]*/y;

/** Where text stops being JSON: the start of the first token that cannot stand there, or the end. */
function findJsonFault(text: string): number {
  let wants: 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end' = 'value';
  const open: string[] = [];
  for (let at = 0; ;) {
    space.lastIndex = at;
    const start = at + (space.exec(text)?.[0].length ?? 0);
    token.lastIndex = at;
    const found = token.exec(text)?.[0];
    if (found === undefined) return start;
    const sign = found.trimStart()[0] ?? '';
    const isValue = wants === 'value' || wants === 'value or ]';
    const isAfter = wants === ', or end';
    if ((wants === 'key' || wants === 'key or }') && sign === '"') wants = ':';
    else if (wants === ':' && sign === ':') wants = 'value';
    else if (isValue && (sign === '{' || sign === '[')) {
      open.push(sign);
      wants = sign === '{' ? 'key or }' : 'value or ]';
    } else if (isValue && !'}],:'.includes(sign)) wants = ', or end';
    else if (
      (sign === '}' && open.at(-1) === '{' && (wants === 'key or }' || isAfter)) ||
      (sign === ']' && open.at(-1) === '[' && (wants === 'value or ]' || isAfter))
    ) {
      open.pop();
      wants = ', or end';
    } else if (isAfter && sign === ',' && open.length > 0) wants = open.at(-1) === '{' ? 'key' : 'value';
    else return start;
    at += found.length;
  }
}
