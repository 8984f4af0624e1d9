/**
 * The picture that a social network shows beside a link, 1200 × 630, as a PNG: the total of verified returns, and how far
 * each direction has come. Drawn from rectangles, so that it needs no font and no browser.
 */
import { crc32, deflateSync } from 'node:zlib';
import type { Publication } from '../public/publication.ts';
import { sumReleased } from '../release/release.ts';

const [width, height] = [1_200, 630];

/** Digits and letters of the two words on the card, 5 × 7, a row of bits each. */
const glyphs: Readonly<Record<string, readonly number[]>> = {
  '0': [14, 17, 19, 21, 25, 17, 14],
  '1': [4, 12, 4, 4, 4, 4, 14],
  '2': [14, 17, 1, 6, 8, 16, 31],
  '3': [31, 2, 4, 2, 1, 17, 14],
  '4': [2, 6, 10, 18, 31, 2, 2],
  '5': [31, 16, 30, 1, 1, 17, 14],
  '6': [6, 8, 16, 30, 17, 17, 14],
  '7': [31, 1, 2, 4, 8, 8, 8],
  '8': [14, 17, 17, 14, 17, 17, 14],
  '9': [14, 17, 17, 15, 1, 2, 12],
  A: [14, 17, 17, 31, 17, 17, 17],
  D: [28, 18, 17, 17, 17, 18, 28],
  E: [31, 16, 16, 30, 16, 16, 31],
  F: [31, 16, 16, 30, 16, 16, 16],
  H: [17, 17, 17, 31, 17, 17, 17],
  I: [14, 4, 4, 4, 4, 4, 14],
  M: [17, 27, 21, 21, 17, 17, 17],
  N: [17, 17, 25, 21, 19, 17, 17],
  O: [14, 17, 17, 17, 17, 17, 14],
  R: [30, 17, 17, 30, 20, 18, 17],
  S: [15, 16, 16, 14, 1, 1, 30],
  T: [31, 4, 4, 4, 4, 4, 4],
  U: [17, 17, 17, 17, 17, 17, 14],
  V: [17, 17, 17, 17, 17, 10, 4],
  W: [17, 17, 17, 21, 21, 21, 10],
  '-': [0, 0, 0, 31, 0, 0, 0],
  ' ': [0, 0, 0, 0, 0, 0, 0],
};

/** Paper, ink, quiet ink, and the hues of directions; an index of two bits would not do, so eight bits each. */
const palette = ['f6f4ef', '1b2026', '4b535c', 'd6d2c9', '875800', '414f94', '75456f', '1f6565'] as const;

class Canvas {
  readonly #pixels = new Uint8Array(width * height);

  rectangle(x: number, y: number, w: number, h: number, colour: number): void {
    for (let row = Math.max(0, y); row < Math.min(height, y + h); row += 1) {
      this.#pixels.fill(colour, row * width + Math.max(0, x), row * width + Math.min(width, x + w));
    }
  }

  text(text: string, x: number, y: number, scale: number, colour: number): void {
    for (const [at, sign] of Array.from(text).entries()) {
      for (const [row, bits] of (glyphs[sign] ?? glyphs['-'] ?? []).entries()) {
        for (let column = 0; column < 5; column += 1) {
          if ((bits & (16 >> column)) === 0) continue;
          this.rectangle(x + (at * 6 + column) * scale, y + row * scale, scale, scale, colour);
        }
      }
    }
  }

  toPng(): Uint8Array {
    const rows = Buffer.alloc((width + 1) * height);
    for (let row = 0; row < height; row += 1) {
      rows.set(this.#pixels.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
    }
    const head = Buffer.alloc(13);
    head.writeUInt32BE(width, 0);
    head.writeUInt32BE(height, 4);
    head.set([8, 3, 0, 0, 0], 8);
    return Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      toChunk('IHDR', head),
      toChunk('PLTE', Buffer.from(palette.join(''), 'hex')),
      toChunk('IDAT', deflateSync(rows, { level: 9 })),
      toChunk('IEND', Buffer.alloc(0)),
    ]);
  }
}

function toChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

export function toCard({ exchanges, asOf }: Publication): Uint8Array {
  const canvas = new Canvas();
  canvas.text('HOMEWARD', 80, 60, 6, 2);
  const ways = exchanges.flatMap((exchange) => exchange.ways);
  const total = sumReleased(ways.map(({ verified }) => verified));
  canvas.text(total.kind === 'shown' ? String(total.value) : '-', 80, 140, 22, 1);
  canvas.text('VERIFIED RETURNS', 80, 320, 8, 1);
  canvas.text(asOf, 80, 400, 6, 2);
  for (const [at, { verified, agreed }] of ways.slice(0, 4).entries()) {
    const y = 480 + at * 34;
    const share =
      verified.kind === 'shown' && agreed !== undefined && agreed > 0 ? verified.value / agreed : 0;
    canvas.rectangle(80, y, 1_040, 22, 3);
    canvas.rectangle(80, y, Math.round(1_040 * Math.min(1, share)), 22, 4 + (at % 4));
  }
  return canvas.toPng();
}
