/** The little of XML that sheets need: elements one after another, attributes, text. No entity is defined by a file. */

/** One row or shared text may have so many letters. */
const elementLettersMax = 16 << 20;
const chunkBytes = 1 << 20;

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export function decodeText(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/giu,
    (whole, hex, decimal, name) => {
      if (typeof name === 'string') return entities[name.toLowerCase()] ?? whole;
      const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal);
      return code <= 0x10_ffff && code > 0 ? String.fromCodePoint(code) : '';
    },
  );
}

/** An attribute of an opening tag; undefined when it is not there. */
export function getAttribute(tag: string, name: string): string | undefined {
  const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'u').exec(tag);
  const found = match?.[1] ?? match?.[2];
  return found === undefined ? undefined : decodeText(found);
}

/**
 * The elements of one name, in their order, each as its opening tag's inside and its content. Elements of that name are
 * not nested in each other.
 *
 * Cost: one pass; a megabyte of bytes is letters at a time.
 *
 * @throws RangeError when one element is longer than {@link elementLettersMax}
 */
export function* readElements(
  bytes: Uint8Array,
  name: string,
): Generator<{ readonly tag: string; readonly content: string }> {
  const decoder = new TextDecoder('utf-8');
  const open = new RegExp(`<${name}(?=[\\s/>])([^>]*)>`, 'gu');
  const close = `</${name}>`;
  let held = '';
  let done = 0;
  for (;;) {
    open.lastIndex = 0;
    let from = 0;
    for (;;) {
      open.lastIndex = from;
      const match = open.exec(held);
      if (match === null) {
        // What may be the beginning of a tag is kept.
        const last = held.lastIndexOf('<');
        held = last >= from && held.length - last < 4096 ? held.slice(last) : '';
        break;
      }
      const tag = match[1]!;
      if (tag.endsWith('/')) {
        from = match.index + match[0].length;
        yield { tag: tag.slice(0, -1), content: '' };
        continue;
      }
      const start = match.index + match[0].length;
      const end = held.indexOf(close, start);
      if (end < 0) {
        held = held.slice(match.index);
        if (held.length > elementLettersMax) throw new RangeError('an element is too long');
        break;
      }
      from = end + close.length;
      yield { tag, content: held.slice(start, end) };
    }
    if (done >= bytes.length) return;
    held += decoder.decode(bytes.subarray(done, done + chunkBytes), { stream: true });
    done += chunkBytes;
  }
}
