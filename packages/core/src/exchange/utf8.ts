/**
 * The text of strict UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF), or undefined.
 * The core has no `TextDecoder`. Cost: one pass.
 */
export function parseUtf8(bytes: Uint8Array): string | undefined {
  let text = '';
  let i = 0;
  while (i < bytes.length) {
    const units: number[] = [];
    while (i < bytes.length && units.length < 8192) {
      const lead = bytes[i]!;
      if (lead < 0x80) {
        units.push(lead);
        i += 1;
        continue;
      }
      const more =
        lead >= 0xc2 && lead < 0xe0
          ? 1
          : lead >= 0xe0 && lead < 0xf0
            ? 2
            : lead >= 0xf0 && lead < 0xf5
              ? 3
              : 0;
      if (more === 0 || i + more >= bytes.length) return undefined;
      let point = lead & (0x3f >> more);
      for (let k = 1; k <= more; k += 1) {
        const next = bytes[i + k]!;
        if ((next & 0xc0) !== 0x80) return undefined;
        point = (point << 6) | (next & 0x3f);
      }
      const least = more === 1 ? 0x80 : more === 2 ? 0x800 : 0x10000;
      if (point < least || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return undefined;
      if (point < 0x10000) units.push(point);
      else units.push(0xd7c0 + (point >> 10), 0xdc00 | (point & 0x3ff));
      i += more + 1;
    }
    text += String.fromCharCode(...units);
  }
  return text;
}
