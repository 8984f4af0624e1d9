/** What a file is, by its first bytes; and what to say of the ones that hold no list. */

export type Format = 'text' | 'workbook' | { readonly refusal: string };

const starts = (bytes: Uint8Array, ...head: readonly number[]): boolean =>
  head.every((byte, at) => bytes[at] === byte);

/** Tells a text file from a workbook, and names what is neither. */
export function detectFormat(head: Uint8Array): Format {
  if (starts(head, 0x50, 0x4b, 0x03, 0x04)) return 'workbook';
  if (starts(head, 0xd0, 0xcf, 0x11, 0xe0)) {
    return {
      refusal:
        'this is an old Excel workbook (.xls), or one that a password locks; open it and save it as .xlsx or as CSV UTF-8',
    };
  }
  if (starts(head, 0x25, 0x50, 0x44, 0x46)) {
    return { refusal: 'this is a PDF; a list as CSV, XLSX or ODS was expected' };
  }
  if (
    starts(head, 0x1f, 0x8b) ||
    starts(head, 0x37, 0x7a, 0xbc, 0xaf) ||
    starts(head, 0x52, 0x61, 0x72, 0x21)
  ) {
    return { refusal: 'this is a packed file; unpack it first' };
  }
  const text = new TextDecoder('latin1').decode(head.subarray(0, 2048)).replace(/^(?:\xef\xbb\xbf)?\s*/u, '');
  if (/^(?:<!doctype html|<html|<table|<\?xml|<meta)/iu.test(text)) {
    return {
      refusal:
        'this is a web page or XML under the name of a list; open it in a spreadsheet program and save it as .xlsx or as CSV UTF-8',
    };
  }
  if (/^[[{]\s*["{[]/u.test(text))
    return { refusal: 'this is JSON; a list as CSV, XLSX or ODS was expected' };
  return 'text';
}
