/** Each crossing: the steps over it, the step people look at, and its head counts. */
import { useId } from 'react';
import { Mark, type MarkKind } from '../marks/mark.tsx';
import { Status } from '../marks/note.tsx';
import { useNow } from '../browser/use-now.ts';
import { Label } from '../words/label.tsx';
import { useWords } from '../words/use-words.ts';
import type { BoardView, CrossingLegView, CrossingView, StepView } from '../reading/board-view.ts';
import { LegName, LegSwatch, legClass } from './leg-name.tsx';
import { WholeList } from './whole-list.tsx';

const marks: Readonly<Record<StepView['stage'], MarkKind>> = {
  manifest: 'waiting',
  departed: 'under-way',
  released: 'under-way',
  // Return is verified by what both confirm later, not by a step that is settled.
  received: 'under-way',
  closed: 'well',
  halted: 'held',
};

function Count({ value }: { readonly value: number | undefined }) {
  const { t, number } = useWords();
  return value === undefined ? (
    <td className="hw-uncounted">
      <Mark kind="unsure" />
      <span className="hw-hidden">{t('word.notCounted')}</span>
    </td>
  ) : (
    <td translate="no">{number(value)}</td>
  );
}

/** Heads of one step by those who count them. A blank is "not counted yet", never zero. */
function HeadCounts({ step }: { readonly step: StepView }) {
  const { t } = useWords();
  const differ = (one: number | undefined, other: number | undefined) =>
    one !== undefined && other !== undefined && one !== other;
  const mismatch =
    differ(step.departureByGiver, step.departureByNeutral) ||
    differ(step.arrivalByReceiver, step.arrivalByNeutral);
  return (
    <>
      <table className="hw-heads">
        <caption className="hw-hidden">{t('board.heads')}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('board.giver')}</th>
            <th scope="col">{t('board.neutral')}</th>
            <th scope="col">{t('board.receiver')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('board.departure')}</th>
            <Count value={step.departureByGiver} />
            <Count value={step.departureByNeutral} />
            <td />
          </tr>
          <tr>
            <th scope="row">{t('board.arrival')}</th>
            <td />
            <Count value={step.arrivalByNeutral} />
            <Count value={step.arrivalByReceiver} />
          </tr>
        </tbody>
      </table>
      {mismatch ? (
        <p className="hw-attention">
          <Status kind="held">{t('board.mismatch')}</Status>
        </p>
      ) : null}
    </>
  );
}

/** Later than this after the window opened, a movement that has not begun is late. */
const lateAfterMs = 5 * 60_000;

/** When the movement is planned, and how late it is at the moment that the board shows. */
function Window({ leg, now }: { readonly leg: CrossingLegView; readonly now: number }) {
  const { t, number, timeOn } = useWords();
  if (leg.opens === '') return null;
  const begun = leg.steps.some(({ stage }) => stage !== 'manifest' && stage !== 'halted');
  const done = leg.received >= leg.persons;
  const late = now - Date.parse(leg.opens);
  return (
    <p className="hw-small hw-quiet" translate="no">
      {t('board.window', { from: timeOn(leg.opens, now), to: timeOn(leg.closes, Date.parse(leg.opens)) })}
      {done ? null : now > Date.parse(leg.closes) ? (
        <>
          {' · '}
          <Status kind="unsure">{t('board.windowClosed')}</Status>
        </>
      ) : !begun && late > lateAfterMs ? (
        <>
          {' · '}
          <Status kind="waiting">{t('board.late', { minutes: number(Math.floor(late / 60_000)) })}</Status>
        </>
      ) : null}
    </p>
  );
}

function CrossingLeg({
  board,
  leg,
  now: moment,
}: {
  readonly board: BoardView;
  readonly leg: CrossingLegView;
  readonly now: number;
}) {
  const { t, number } = useWords();
  const ends = board.legs.find(({ id }) => id === leg.leg);
  const now = leg.now;
  const total = leg.steps.length + leg.stepsToCome;
  return (
    <li className={`hw-crossing-leg ${legClass(leg.order)}`}>
      <h4>
        <LegSwatch order={leg.order} />
        {ends === undefined ? null : <LegName {...ends} />}
      </h4>
      <Window leg={leg} now={moment} />
      <p className="hw-crossing-now" translate="no">
        {now === undefined ? (
          <Status kind="waiting">
            {leg.acknowledged
              ? t('board.notice.acknowledged')
              : leg.notified
                ? t('board.notice.open')
                : t('board.notice.none')}
          </Status>
        ) : (
          <>
            <strong>{t('board.stepOf', { step: number(now.step), of: number(total) })}</strong>{' '}
            <Status kind={marks[now.stage]}>{t(`stage.${now.stage}`)}</Status>
          </>
        )}
      </p>
      <ol className="hw-steps" aria-label={t('board.steps')}>
        {leg.steps.map((step) => (
          <li key={step.step} className={`hw-step hw-step-${step.stage}`}>
            <span className="hw-hidden">
              {number(step.step)}: {t(`stage.${step.stage}`)}
            </span>
          </li>
        ))}
        {Array.from({ length: Math.min(leg.stepsToCome, 200) }, (_, at) => (
          <li key={`next-${String(at)}`} className="hw-step hw-step-to-come" aria-hidden="true" />
        ))}
      </ol>
      {leg.stepsToCome > 0 ? (
        <span className="hw-hidden">
          {t('stage.to-come')}: {number(leg.stepsToCome)}
        </span>
      ) : null}
      {now === undefined ? null : (
        <>
          <dl className="hw-pairs">
            <div>
              <dt>{t('board.vehicle')}</dt>
              <dd>
                <Label text={now.vehicle} max={24} />
              </dd>
            </div>
            <div>
              <dt>{t('board.received')}</dt>
              <dd translate="no">{t('figure.of', { n: number(leg.received), of: number(leg.persons) })}</dd>
            </div>
          </dl>
          <HeadCounts step={now} />
        </>
      )}
    </li>
  );
}

/** A crossing at work from which nothing is heard for so long is shown as not heard of. */
const silentAfterMs = 10 * 60_000;

/**
 * `now` is the moment the board shows. Times are those the signers claim, so an age is rough; it is told only where
 * somebody is on the way and word is overdue.
 */
function Crossing({
  board,
  crossing,
  now,
}: {
  readonly board: BoardView;
  readonly crossing: CrossingView;
  readonly now: number;
}) {
  const { t, timeOn, ago } = useWords();
  const today = useNow(60_000);
  const silent = crossing.heard === undefined ? 0 : now - Date.parse(crossing.heard);
  const atWork = crossing.legs.some(({ steps }) => steps.some(({ stage }) => stage !== 'closed'));
  const id = useId();
  return (
    <section className="hw-panel hw-crossing" role="group" aria-labelledby={id}>
      <div className="hw-crossing-head">
        <h3 id={id}>
          <Label text={crossing.label} max={60} />
        </h3>
        <span className="hw-quiet hw-small" translate="no">
          {t('board.heard')}{' '}
          {crossing.heard === undefined ? (
            <Status kind="unsure">{t('word.never')}</Status>
          ) : (
            <>
              <time dateTime={crossing.heard}>{timeOn(crossing.heard, today)}</time>
              {atWork && silent > silentAfterMs ? (
                <>
                  {' · '}
                  <Status kind="unsure">{ago(silent)}</Status>
                </>
              ) : null}
            </>
          )}
        </span>
      </div>
      {crossing.legs.length === 0 ? (
        <p className="hw-quiet">{t('board.crossing.quiet')}</p>
      ) : (
        <WholeList className="hw-crossing-legs">
          {crossing.legs.map((leg) => (
            <CrossingLeg key={leg.leg} board={board} leg={leg} now={now} />
          ))}
        </WholeList>
      )}
    </section>
  );
}

/** The crossings beside each other, so that a difference between them is seen and not read. */
export function CrossingsPanel({ board, now }: { readonly board: BoardView; readonly now: number }) {
  const { t } = useWords();
  if (board.crossings.length === 0) return null;
  return (
    <div className="hw-crossings">
      <h2 className="hw-hidden">{t('board.crossings')}</h2>
      {board.crossings.map((crossing) => (
        <Crossing key={crossing.id} board={board} crossing={crossing} now={now} />
      ))}
    </div>
  );
}
