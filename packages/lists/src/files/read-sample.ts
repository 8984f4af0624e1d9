/** The part of a file by which its encoding is told. */
import { closeSync, openSync, readSync } from 'node:fs';

/** The first bytes of a file, by which its format is told. */
export function readHead(path: string): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(4096);
    return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, 0));
  } finally {
    closeSync(file);
  }
}

/** Reads the first part of a file that shows its encoding: up to the first bytes that are not ASCII. */
export function readSample(path: string): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(1 << 16);
    const first = readSync(file, buffer, 0, buffer.length, 0);
    let position = first;
    let sample = buffer.subarray(0, first);
    while (!sample.some((byte) => byte >= 0x80) && position > 0) {
      const next = Buffer.alloc(1 << 16);
      const got = readSync(file, next, 0, next.length, position);
      if (got === 0) break;
      position += got;
      sample = next.subarray(0, got);
      // A later sample may start inside a letter; its first bytes are skipped like its last ones.
      let start = 0;
      while (start < 3 && (sample[start] ?? 0) >= 0x80 && (sample[start] ?? 0) < 0xc0) start += 1;
      sample = sample.subarray(start);
    }
    return sample;
  } finally {
    closeSync(file);
  }
}
