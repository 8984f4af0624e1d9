/** What a CSV file is written in: its encoding by its bytes, its delimiter by its header. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251' | 'koi8-u';

/** Decides by the byte order mark, then by validity as UTF-8, then by which range holds the small Cyrillic letters. */
export function detectEncoding(sample: Uint8Array): Encoding {
  if (sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf) return 'utf-8';
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be';
  let zeroEven = 0;
  let zeroOdd = 0;
  for (let at = 0; at < sample.length; at += 1)
    if (sample[at] === 0) {
      if (at % 2 === 0) zeroEven += 1;
      else zeroOdd += 1;
    }
  if (zeroOdd > sample.length / 20 && zeroEven === 0) return 'utf-16le';
  if (zeroEven > sample.length / 20 && zeroOdd === 0) return 'utf-16be';
  try {
    // A sample may end inside a letter: the rest would come with the next part.
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true });
    return 'utf-8';
  } catch {
    // Not UTF-8: one byte per letter. Names are mostly small letters, and the two tables keep those in different rows.
  }
  let windows = 0;
  let koi = 0;
  for (const byte of sample) {
    if (byte >= 0xe0 || byte === 0xb3 || byte === 0xbf || byte === 0xba) windows += 1;
    if ((byte >= 0xc0 && byte <= 0xdf) || byte === 0xa6 || byte === 0xa7 || byte === 0xa4) koi += 1;
  }
  return koi > windows ? 'koi8-u' : 'windows-1251';
}

/**
 * The delimiter of a header line: the commonest of comma, semicolon, tab and bar outside quotes. A comma counts a third:
 * it also stands inside a header ("Surname, name, patronymic"), the others hardly ever do.
 */
export function detectDelimiter(header: string): string {
  const plain = header.replace(/"[^"]*"/gu, '');
  let best = ',';
  let most = 0;
  for (const sign of [',', ';', '\t', '|']) {
    const count = (plain.split(sign).length - 1) * (sign === ',' ? 1 : 3);
    if (count > most) {
      most = count;
      best = sign;
    }
  }
  return best;
}
