/**
 * The data with one thing wrong, at every place in turn: a field or an element that is `true`, or a field too many.
 * What stands under a key of `whole` is replaced, and not entered. With each, the path of what was changed.
 */
export function* changeEach(
  data: unknown,
  whole: readonly string[] = [],
): Generator<readonly [path: string, changed: unknown]> {
  if (typeof data !== 'object' || data === null) return;
  if (!Array.isArray(data)) yield ['importance', { ...data, importance: 1 }];
  for (const [key, value] of Object.entries(data)) {
    const put = (one: unknown): unknown =>
      Array.isArray(data)
        ? data.map((old: unknown, at) => (String(at) === key ? one : old))
        : { ...data, [key]: one };
    yield [key, put(true)];
    if (whole.includes(key)) continue;
    for (const [path, one] of changeEach(value, whole)) yield [`${key}/${path}`, put(one)];
  }
}
