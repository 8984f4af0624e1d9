/** Names across Ukrainian, Russian, Belarusian and Latin spellings: repair, skeletons, classes, romanisation, levels. */
export {
  describeRepair,
  getLanguage,
  getScript,
  getUnambiguousScript,
  longestName,
  repairName,
  type Language,
  type RepairedName,
  type RepairStep,
  type Script,
} from './repair.ts';
export { getCoarseKey, getFineKey, getReadings, mostReadings, type Reading } from './skeleton.ts';
export { romanise } from './romanise.ts';
export {
  passportTables,
  romanisationTables,
  type RomanisationId,
  type RomanisationTable,
} from './romanisation-tables.ts';
export {
  findClassOfKey,
  findFatherClasses,
  findGivenName,
  getFatherKey,
  getGivenNameClasses,
  type GivenNameClass,
  type GivenNameFinding,
} from './given-name.ts';
export { getPatronymicKey, isClearlyPatronymic, parsePatronymic, type Patronymic } from './patronymic.ts';
export { getSurnameStem, isOtherFamily, type SurnameStem } from './surname.ts';
export { getAlternatives, getNameForm, type NameForm, type NameRole } from './name-form.ts';
export { alternativeMark, splitAlternatives } from './alternatives.ts';
export { compareNames, isTwoFamilies, nameLevel, nameLevels, type NameLevel } from './compare.ts';
export { getNameShare } from './name-frequencies.ts';
export { getNameSimilarity } from './similarity.ts';
export { readOtherCase, toNominative, type OtherCase } from './cases.ts';
export { parseFullName, splitGiven, type FullName } from './full-name.ts';
export { getAllowedEdits, getEditDistance, getEditDistanceSlowly } from './distance.ts';
export { getJaroWinkler, getJaroWinklerSlowly } from './jaro-winkler.ts';
