/** Numbers and codes that are near each other: slips of one or two signs in identifiers that are long enough. */
import { getEditDistance } from '../../names/index.ts';
import type { NearFinder, NearLevels, NearSearch } from './near-finder.ts';
import { addNearKeys, levelPairs, PairCollector } from './pair-collector.ts';

/** The levels of two identifiers by number, best first. */
export const identifierLevel = { missing: 0, same: 1, oneEdit: 2, twoEdits: 3, different: 4 } as const;

const identifiersMax = 400_000;

function findNearIdentifiers(texts: readonly string[], search?: NearSearch): NearLevels {
  const collector = new PairCollector(texts.length, search?.own);
  const skipped = texts.length > identifiersMax ? 0 : addNearKeys(collector, texts, search?.mostEdits);
  return levelPairs(
    collector,
    texts.length,
    skipped,
    (a, b) => {
      const shorter = Math.min(texts[a]!.length, texts[b]!.length);
      const distance = getEditDistance(texts[a]!, texts[b]!, 2);
      if (distance <= 1 && shorter >= 4) return identifierLevel.oneEdit;
      return distance <= 2 && shorter >= 8 ? identifierLevel.twoEdits : identifierLevel.different;
    },
    identifierLevel.different,
  );
}

const none = (): readonly string[] => [];

/** The finder of identifiers. */
export const nearIdentifiers: NearFinder = {
  find: (texts, _described, _rare, search) => findNearIdentifiers(texts, search),
  getKeys: none,
  getWantedKeys: none,
  getSlipKeys: (texts, _described, value) => (texts[value] === '' ? [] : [texts[value]!]),
  valuesMax: identifiersMax,
};
