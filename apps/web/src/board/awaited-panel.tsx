/** What is awaited: first of this node's party, then of the others. */
import { useId } from 'react';
import { Mark } from '../marks/mark.tsx';
import { Status } from '../marks/note.tsx';
import { namesOf } from '../telling/reason.ts';
import { useWords } from '../words/use-words.ts';
import type { AwaitedView, BoardView } from '../reading/board-view.ts';
import { FittingList } from './fitting-list.tsx';
import { LegName, LegSwatch } from './leg-name.tsx';

/** One thing that is awaited, where, and where it is not this side's to do, whose. */
function AwaitedLine({ one, whose }: { readonly one: AwaitedView; readonly whose: string | undefined }) {
  const { t, number, counted } = useWords();
  const { leg, order, tranche, step, place, persons, list, has, needs } = one;
  const parts = [
    ...(tranche === undefined ? [] : [t('word.tranche', { number: number(tranche) })]),
    ...(step === undefined ? [] : [t('board.step', { step: number(step) })]),
  ];
  const params = {
    persons: persons === undefined ? '' : counted('n.persons', persons),
    place: place === undefined ? '' : t(`word.place.${place}`),
    list: list === undefined ? '' : t(`list.${list}`),
    signed:
      has === undefined || needs === undefined ? '' : t('figure.of', { n: number(has), of: number(needs) }),
  };
  return (
    <li className="hw-hold" data-awaited={one.kind}>
      <Mark kind="waiting" />
      <div>
        <p className="hw-hold-where hw-small hw-quiet">
          {whose === undefined ? null : <strong>{whose}</strong>}
          {leg === undefined || order === undefined ? null : (
            <>
              <LegSwatch order={order} />
              <LegName {...leg} />
            </>
          )}
          {parts.map((part, at) => (
            <span key={part}>
              {at > 0 || leg !== undefined || whose !== undefined ? (
                <span className="hw-no-wall">· </span>
              ) : null}
              {part}
            </span>
          ))}
        </p>
        <p>{t(`awaited.${one.kind}`, params)}</p>
      </div>
    </li>
  );
}

const keyOf = ({ kind, parties, tranche, order, step, place, list }: AwaitedView): string =>
  [kind, parties.join('/'), tranche, order, step, place, list].join(' ');

/**
 * What the exchange waits for, as the core derives it from the state: first of the side whose node this is, then of
 * the others. `own` is the party of the node; without one nobody is first.
 */
export function AwaitedPanel({
  board,
  own,
}: {
  readonly board: BoardView;
  readonly own: string | undefined;
}) {
  const id = useId();
  const words = useWords();
  const { t, number, list } = words;
  const names = namesOf(board, words);
  const mine = board.awaited.filter(({ parties }) => parties.some((party) => party === own));
  const others = board.awaited.filter((one) => !mine.includes(one));
  const takesPart = board.parties.some((party) => party.id === own);
  const ofOthers = t('board.awaited.others', { n: number(others.length) });
  const theirs = others.map((one) => (
    <AwaitedLine key={keyOf(one)} one={one} whose={list(one.parties.map(names.party))} />
  ));
  if (board.status === 'unopened') return null;
  return (
    <section className="hw-panel hw-awaited" translate="no" role="group" aria-labelledby={id} data-own={own}>
      <h2 id={id}>{t('board.awaited')}</h2>
      {!takesPart || own === undefined ? null : (
        <>
          <h3>{t('board.awaited.own', { party: names.party(own) })}</h3>
          {mine.length > 0 ? (
            <FittingList className="hw-hold-list">
              {mine.map((one) => (
                <AwaitedLine key={keyOf(one)} one={one} whose={undefined} />
              ))}
            </FittingList>
          ) : board.awaited.length > 0 ? (
            <p>
              <Status kind="well">{t('board.awaited.nothing')}</Status>
            </p>
          ) : null}
        </>
      )}
      {board.awaited.length === 0 ? (
        <p className="hw-quiet">{t('board.awaited.none')}</p>
      ) : others.length === 0 ? null : takesPart ? (
        <>
          {/* The wall opens nothing: where this side's own need the room, the others' are counted. */}
          {mine.length > 0 ? (
            <p className="hw-only-wall hw-quiet">{ofOthers}</p>
          ) : (
            <div className="hw-only-wall hw-awaited-wall">
              <h3>{ofOthers}</h3>
              <FittingList className="hw-hold-list">{theirs}</FittingList>
            </div>
          )}
          <details className="hw-awaited-others hw-no-wall">
            <summary>{ofOthers}</summary>
            <ul className="hw-hold-list">{theirs}</ul>
          </details>
        </>
      ) : (
        <FittingList className="hw-hold-list">{theirs}</FittingList>
      )}
    </section>
  );
}
