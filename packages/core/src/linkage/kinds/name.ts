/** What all kinds of names have in common: the levels, the canonical form, the description, the finder. */
import {
  alternativeMark,
  getNameForm,
  getNameShare,
  nameLevel,
  nameLevels,
  repairName,
  splitAlternatives,
  type NameRole,
} from '../../names/index.ts';
import { nearNames } from '../near/near-names.ts';
import { getColumnScript } from './column-script.ts';
import { level, missing, type Kind, type Level, type RarityUse } from './kind.ts';

/** The levels that all names have; the last, "different", is each kind's own. */
type CommonLevel = Exclude<keyof typeof nameLevel, 'missing' | 'different'>;

/**
 * Shares of one person's names, and of two persons', at each level.
 *
 * @param x share of pairs whose names stand in different scripts
 */
const common: Readonly<
  Record<CommonLevel, { m: (x: number) => number; u: (x: number, equal: number, near: number) => number }>
> = {
  same: { m: (x) => 0.84 * (1 - x), u: (x, equal) => equal * (1 - x) },
  official: { m: (x) => 0.4 * x, u: (x, equal) => equal * 0.5 * x },
  fine: { m: (x) => 0.03 + 0.2 * x, u: (x, equal) => equal * (0.05 + 0.25 * x) },
  class: { m: (x) => 0.02 + 0.2 * x, u: (x, equal) => equal * (0.1 + 0.25 * x) },
  coarse: { m: (x) => 0.02 + 0.05 * x, u: (_x, _equal, near) => 5e-5 * near },
  reading: { m: (x) => 0.006 + 0.02 * x, u: (_x, _equal, near) => 3e-5 * near },
  weak: { m: () => 0.006, u: (_x, _equal, near) => 1e-4 * near },
  oneEdit: { m: () => 0.025, u: (_x, _equal, near) => 1e-4 * near },
  twoEdits: { m: () => 0.012, u: (_x, _equal, near) => 4e-4 * near },
  part: { m: () => 0.008, u: (_x, _equal, near) => 1e-4 * near },
  initial: { m: () => 0.004, u: (_x, _equal, near) => 5e-4 * near },
};

const rarities: Readonly<Record<CommonLevel, RarityUse>> = {
  same: 'own',
  official: 'own',
  fine: 'own',
  class: 'own',
  coarse: 'near',
  reading: 'near',
  weak: 'none',
  oneEdit: 'near',
  twoEdits: 'near',
  part: 'none',
  initial: 'none',
};

const meetings: Readonly<Record<CommonLevel, Level['meets']>> = {
  same: 'group',
  official: 'group',
  fine: 'group',
  class: 'group',
  coarse: 'near',
  reading: 'near',
  weak: 'near',
  oneEdit: 'near',
  twoEdits: 'near',
  part: 'no',
  initial: 'no',
};

const commonNames = (Object.keys(nameLevel) as (keyof typeof nameLevel)[]).filter(
  (name): name is CommonLevel => name !== 'missing' && name !== 'different',
);

/** How often two persons agree, as a multiple of how often their family names do. */
export interface NameScale {
  readonly levels: Readonly<Record<CommonLevel, Level>>;
  /** Share of pairs of two persons that are at none of the common levels. */
  readonly getRest: (crossScript: number) => number;
}

/** @param factor how many times commoner one name is than one family name */
export function scaleNames(factor: number): NameScale {
  const equal = 2.5e-4 * factor;
  const near = Math.sqrt(factor);
  const getU = (name: CommonLevel, x: number): number => common[name].u(x, equal, near);
  const toLevel = (name: CommonLevel): Level =>
    level(nameLevels[nameLevel[name]]!, common[name].m, (x) => getU(name, x), {
      rarity: rarities[name],
      meets: meetings[name],
    });
  return {
    levels: Object.fromEntries(commonNames.map((name) => [name, toLevel(name)])) as Record<
      CommonLevel,
      Level
    >,
    getRest: (x) => commonNames.reduce((total, name) => total + getU(name, x), 0),
  };
}

/**
 * What a letter shows: it is the name's own but for a slip, and one of some twelve that are usual. Pairs of which one is
 * a letter are a kind of pairs of their own, so these shares are of those.
 */
export const initialLevels: Readonly<Record<'initial' | 'otherInitial', Level>> = {
  initial: level(nameLevels[nameLevel.initial]!, 0.97, 0.08, { rarity: 'own', role: 'initial' }),
  otherInitial: level('another initial', 1 - 0.97, 1 - 0.08, { role: 'other-initial' }),
};

export const swappedLevel: Level = level('family and given name swapped', 0.001, 2e-5, {
  rarity: 'own',
  role: 'swapped',
});

export { missing };

const prepareNames =
  (isWhole: boolean): Kind['prepareCells'] =>
  (cells) => {
    const parted = cells.map((cell) => splitAlternatives(cell, isWhole));
    const script = getColumnScript(parted.flat());
    return (cell) => {
      const names = splitAlternatives(cell, isWhole).map((name) =>
        repairName(name, script)
          .text.toLowerCase()
          .replace(/[(),;/]+/gu, ' ')
          .replace(/\s+/gu, ' ')
          .trim(),
      );
      return [...new Set(names)].filter((name) => name !== '').join(alternativeMark);
    };
  };

const describeNames =
  (role: NameRole): Kind['describe'] =>
  (texts) => {
    const names = texts.map((text) => (text === '' ? undefined : getNameForm(text, role)));
    const groupKeys = names.map((form) =>
      form === undefined
        ? ''
        : form.classes.length === 1
          ? `k${form.classes[0]!}`
          : form.stem === ''
            ? form.text
            : `s${form.stem}`,
    );
    return { names, texts: undefined, dates: undefined, groupKeys };
  };

/** What every kind of name does alike. */
export function nameKind(
  role: NameRole,
  isWhole = false,
): Pick<
  Kind,
  'prepareCells' | 'describe' | 'near' | 'getWorstNear' | 'blocking' | 'isRepeated' | 'getShare'
> {
  return {
    prepareCells: prepareNames(isWhole),
    describe: describeNames(role),
    near: nearNames,
    // In a large dictionary two-letter slips are left to the keys of other fields.
    getWorstNear: (values) => (values > 20_000 ? nameLevel.oneEdit : nameLevel.twoEdits),
    blocking: 'own',
    isRepeated: true,
    getShare: ({ names }, value) => getNameShare(names![value]!),
  };
}
