/**
 * Where in a JSON text a value stands: the line and column, from 1, of what a JSON pointer (RFC 6901) names. For a member
 * that is not there, the place of the object that it is missing from. The text has been parsed before.
 */
const token = /[\t\n\r ]*([{}[\],:]|"(?:[^"\\]|\\.)*"|[^\t\n\r {}[\],:"]+)/y;

export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Cost: linear in the text. */
export function findPlace(text: string, pointer: string): Place {
  const wanted = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const start = findStart(text, wanted);
  const before = text.slice(0, start).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** The offset of the value at a path, or of the deepest value on the way to it that is there. */
function findStart(text: string, wanted: readonly string[]): number {
  /** Objects and lists that are open: the key or index that is being read in each. */
  const open: { readonly isList: boolean; key: string }[] = [];
  let found = 0;
  let depthFound = -1;
  let isKey = false;
  token.lastIndex = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const sign = match[1] ?? '';
    const inside = open.at(-1);
    if (sign === '}' || sign === ']') {
      open.pop();
      isKey = false;
    } else if (sign === ',') {
      isKey = inside?.isList === false;
      if (inside?.isList === true) inside.key = String(Number(inside.key) + 1);
    } else if (sign === ':') {
      isKey = false;
    } else if (isKey && inside !== undefined) {
      inside.key = JSON.parse(sign) as string;
    } else {
      const isOnTheWay = open.every(({ key }, depth) => key === wanted[depth]);
      if (isOnTheWay && open.length > depthFound) {
        depthFound = open.length;
        found = token.lastIndex - sign.length;
      }
      if (depthFound === wanted.length) return found;
      if (sign === '{') {
        open.push({ isList: false, key: '' });
        isKey = true;
      } else if (sign === '[') {
        open.push({ isList: true, key: '0' });
      }
    }
  }
  return found;
}
