/** Distinct byte strings numbered in the order they come: what makes a column of a million cells cheap to hold. */

/** The dictionary's contents as plain arrays that cross to another thread without copying. */
export interface EncodedStrings {
  readonly arena: Uint8Array<ArrayBuffer>;
  /** Start of each string; one more entry than there are strings. */
  readonly offsets: Uint32Array<ArrayBuffer>;
  readonly count: number;
}

export class ByteDictionary {
  private arena = new Uint8Array(1 << 16);
  private offsets = new Uint32Array(1 << 10);
  private slots = new Int32Array(1 << 11).fill(-1);
  private hashes = new Int32Array(1 << 10);
  private used = 0;
  count = 0;

  /** The number of the bytes `from` … `to` of a buffer; a new one when they were not seen before. */
  add(bytes: Uint8Array, from: number, to: number): number {
    let hash = 0x811c_9dc5;
    for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ bytes[at]!, 0x0100_0193);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x2c1b_3c6d);
    const mask = this.slots.length - 1;
    const length = to - from;
    let slot = hash & mask;
    for (;;) {
      const known = this.slots[slot]!;
      if (known === -1) break;
      if (this.hashes[known] === hash && this.equals(known, bytes, from, length)) return known;
      slot = (slot + 1) & mask;
    }
    const id = this.count;
    this.slots[slot] = id;
    this.store(bytes, from, to, hash);
    if (this.count * 2 > this.slots.length) this.rehash();
    return id;
  }

  private equals(id: number, bytes: Uint8Array, from: number, length: number): boolean {
    const start = this.offsets[id]!;
    if (this.offsets[id + 1]! - start !== length) return false;
    for (let at = 0; at < length; at += 1) if (this.arena[start + at] !== bytes[from + at]) return false;
    return true;
  }

  private store(bytes: Uint8Array, from: number, to: number, hash: number): void {
    const length = to - from;
    if (this.used + length > this.arena.length) {
      const next = new Uint8Array(Math.max(this.arena.length * 2, this.used + length));
      next.set(this.arena);
      this.arena = next;
    }
    for (let at = from; at < to; at += 1) this.arena[this.used + at - from] = bytes[at]!;
    if (this.count + 2 > this.offsets.length) {
      const next = new Uint32Array(this.offsets.length * 2);
      next.set(this.offsets);
      this.offsets = next;
      const hashes = new Int32Array(this.hashes.length * 2);
      hashes.set(this.hashes);
      this.hashes = hashes;
    }
    this.hashes[this.count] = hash;
    this.used += length;
    this.count += 1;
    this.offsets[this.count] = this.used;
  }

  private rehash(): void {
    this.slots = new Int32Array(this.slots.length * 2).fill(-1);
    const mask = this.slots.length - 1;
    for (let id = 0; id < this.count; id += 1) {
      let slot = this.hashes[id]! & mask;
      while (this.slots[slot] !== -1) slot = (slot + 1) & mask;
      this.slots[slot] = id;
    }
  }

  toEncoded(): EncodedStrings {
    return {
      arena: this.arena.slice(0, this.used),
      offsets: this.offsets.slice(0, this.count + 1),
      count: this.count,
    };
  }
}

/** The strings of an encoded dictionary. */
export function decodeStrings({ arena, offsets, count }: EncodedStrings): string[] {
  const decoder = new TextDecoder();
  const out: string[] = [];
  // Where all is ASCII a byte is a letter, and one text is decoded instead of many.
  const whole = arena.some((byte) => byte >= 0x80) ? undefined : decoder.decode(arena);
  for (let id = 0; id < count; id += 1) {
    const [from, to] = [offsets[id], offsets[id + 1]];
    out.push(whole === undefined ? decoder.decode(arena.subarray(from, to)) : whole.slice(from, to));
  }
  return out;
}
