/**
 * Six words for a hash: what two officers read to each other over the radio to know that they hold the same state,
 * or an approver reads back before signing.
 *
 * Law     256 words, no two alike in their first four letters, so that a word survives a bad line. Each word is one
 *         byte of the SHA-256 of the hash under a prefix of our own.
 * Hides   Nothing. 48 bits stop mistakes and a forger who has one try; they do not replace a signature.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

const spoken =
  'acorn amber anchor anvil apple apron arch arrow ash aspen atlas autumn badger bamboo banjo ' +
  'barley barn basil basket beacon beaver bell bench berry birch bison blanket blossom boat bonfire ' +
  'bottle bow branch bread breeze brick bridge brook bucket butter cabin cactus camel candle canoe ' +
  'canvas carpet carrot castle cedar cello chalk cherry chestnut chimney cider cinder clay cliff ' +
  'clock clover coast cobalt coin comet compass copper coral cotton cradle crane cricket crystal ' +
  'cup curtain cypress daisy dawn desert dolphin donkey drum dune eagle easel echo elbow elm ember ' +
  'falcon farm feather fennel fern fiddle field fig flint flute forest fountain fox garlic garnet ' +
  'gate ginger glacier globe goat granite grape gravel guitar hammer harbour harp harvest hazel ' +
  'heather hedge heron hill honey horizon horse iris island ivory ivy jacket jasmine juniper kettle ' +
  'kite kitten ladder lagoon lake lantern larch laurel lavender leaf lemon lentil lichen lilac lily ' +
  'linen lizard lobster loom lotus magnet mango maple marble meadow melon mill mint mirror mole ' +
  'moss mountain mushroom needle nest nettle nutmeg oak oat ocean olive onion orange orbit orchard ' +
  'otter oven owl paddle palm panda paper parrot pasture peach pearl pebble pencil pepper piano ' +
  'pigeon pillow pine planet plum pocket pond poplar poppy potato prairie pumpkin quail quarry ' +
  'quilt quince rabbit radish rain raven reed ribbon rice river robin rocket rope rose rowan saddle ' +
  'saffron salmon salt sand satin scarf seal shell silver sparrow spring spruce squirrel starling ' +
  'stone stream sugar summer sunrise swan table teapot thistle thunder tiger timber tulip tunnel ' +
  'turtle valley velvet village vine';
export const checkWords: readonly string[] = spoken.split(' ');

/** The check phrase of a hash (lowercase hex): six words with one space between them. */
export function checkPhrase(hash: string): string {
  const bytes = sha256(utf8ToBytes(`homeward/check-phrase/v1 ${hash}`));
  return Array.from(bytes.subarray(0, 6), (byte) => checkWords[byte]!).join(' ');
}
