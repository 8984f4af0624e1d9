/**
 * A checkpoint that another node shows, against the log of this one. Two checkpoints of one log that are not of one
 * history prove by themselves that the log told two: both carry its signature.
 */
import {
  decodeUtf8,
  type Ed25519,
  encodeBase64,
  proveConsistency,
  type TileSource,
  verifyCheckpoint,
} from '@homeward/tlog';
import type { ComparedNote } from './protocol.ts';
import { readKeys } from '@homeward/ledger';

const utf8 = new TextEncoder();

/** A checkpoint with many cosignatures stays far below. */
export const noteBytesMax = 32_768;

/** Compares by proof, never by size alone. Cost: the tiles of one consistency proof. */
export async function compareNote(source: TileSource, ed25519: Ed25519, note: string): Promise<ComparedNote> {
  const keys = await readKeys(source);
  const own = await source.read('checkpoint');
  if (keys === undefined || own === undefined) return { kind: 'unproved' };
  const here = await verifyCheckpoint(own, keys, ed25519);
  if (!here.ok) return { kind: 'unproved' };
  const there = await verifyCheckpoint(utf8.encode(note.slice(0, noteBytesMax)), keys, ed25519);
  if (!there.ok) return { kind: 'foreign' };
  const { size } = there.value;
  if (size > here.value.size) return { kind: 'newer', size, have: here.value.size };
  const root = encodeBase64(there.value.root);
  if (size === 0) return { kind: 'same', size };
  let oldRoot = encodeBase64(here.value.root);
  if (size < here.value.size) {
    const proof = await proveConsistency(source, { oldSize: size, tree: here.value });
    if (!proof.ok) return { kind: 'unproved' };
    oldRoot = encodeBase64(proof.value.oldRoot);
  }
  return oldRoot === root ? { kind: 'same', size } : { kind: 'fork', size, here: oldRoot, there: root };
}

/** The address of a node's own page for comparing; the checkpoint travels behind the `#`, which no server sees. */
export function toCompareAddress(node: string, note: string): string {
  const bytes = encodeBase64(utf8.encode(note)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return `${node.replace(/\/$/u, '')}/verify#checkpoint=${bytes}`;
}

/** The checkpoint that an address brought along; empty where it brought none that can be read. */
export function noteOfAddress(hash: string): string {
  const text = /^#?checkpoint=([\w-]{1,60000})$/u.exec(hash)?.[1];
  if (text === undefined) return '';
  try {
    const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return decodeUtf8(Uint8Array.from(plain, (character) => character.charCodeAt(0))) ?? '';
  } catch {
    return '';
  }
}
