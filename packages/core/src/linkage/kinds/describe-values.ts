/** What is known of each value of a column by itself, before any two are compared. */
import { getCoarseKey, getFineKey, getNameForm, type NameForm, type NameRole } from '../../names/index.ts';
import type { ColumnKind } from '../columns/known-columns.ts';
import { findPlace, getPlaceKey } from './places.ts';

export interface TextForm {
  readonly text: string;
  readonly fold: string;
  readonly edits: string;
  readonly place: number | undefined;
  readonly words: readonly string[];
}

/** What is known of each value by itself; index = value, 0 is missing. */
export interface DescribedValues {
  readonly kind: ColumnKind;
  readonly names: readonly (NameForm | undefined)[] | undefined;
  readonly texts: readonly (TextForm | undefined)[] | undefined;
  readonly dates: Int32Array | undefined;
  /** Values with one key count as one in blocking and in rarity. */
  readonly groupKeys: readonly string[];
}

/** Looks at each distinct value once. */
export function describeValues(kind: ColumnKind, texts: readonly string[]): DescribedValues {
  const plain = { kind, names: undefined, texts: undefined, dates: undefined, groupKeys: texts };
  switch (kind) {
    case 'family_name':
    case 'given_name':
    case 'patronymic':
    case 'full_name': {
      const role: NameRole =
        kind === 'patronymic' ? 'patronymic' : kind === 'given_name' ? 'given' : 'family';
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
      return { ...plain, names, groupKeys };
    }
    case 'date':
    case 'age': {
      const scale = kind === 'age' ? 10_000 : 1;
      const dates = new Int32Array(new SharedArrayBuffer(texts.length * 4));
      for (const [value, text] of texts.entries()) dates[value] = Number(text) * scale;
      return { ...plain, dates };
    }
    case 'identifier':
    case 'category':
      return plain;
    case 'place':
    case 'text': {
      const forms = texts.map((text): TextForm | undefined => {
        if (text === '') return undefined;
        const fold = kind === 'place' ? getPlaceKey(text) : getFineKey(text);
        return {
          text,
          fold,
          edits: kind === 'place' ? fold : getCoarseKey(fold),
          place: kind === 'place' ? findPlace(text) : undefined,
          words: text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ''),
        };
      });
      const groupKeys = forms.map((form) =>
        form === undefined ? '' : form.place === undefined ? `f${form.fold}` : `p${form.place}`,
      );
      return { ...plain, texts: forms, groupKeys };
    }
  }
}
