/**
 * The parts of a workbook (XLSX, ODS): a ZIP archive, unpacked within bounds.
 *
 * Law: no part is unpacked before the sizes that the archive states are added up, and none beyond its stated size.
 */
import { err, ok, type Result } from '@homeward/core/result';
import { unzipSync } from 'fflate';

/** All wanted parts together may unpack to so many bytes. */
export const unpackedBytesMax = 400 << 20;
/** A workbook file may have so many bytes. */
export const workbookBytesMax = 200 << 20;
const partsMax = 10_000;

export type Parts = Readonly<Record<string, Uint8Array>>;

/** @param isWanted by the name of a part inside the archive */
export function unpack(bytes: Uint8Array, isWanted: (name: string) => boolean): Result<Parts, string> {
  let size = 0;
  let parts = 0;
  try {
    const found = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        parts += 1;
        if (parts > partsMax || !isWanted(name)) return false;
        size += originalSize;
        return size <= unpackedBytesMax;
      },
    });
    if (size > unpackedBytesMax) {
      return err(
        `the workbook unpacks to more than ${unpackedBytesMax >> 20} MB; save the sheet alone as CSV`,
      );
    }
    return ok(found);
  } catch {
    return err('the workbook is damaged: its archive cannot be unpacked');
  }
}
