/** The tranches of an exchange: how far each is, and who has approved it. */
import { useId } from 'react';
import type { MarkKind } from '../marks/mark.tsx';
import { Status } from '../marks/note.tsx';
import { useWords } from '../words/use-words.ts';
import type { BoardView, TrancheView } from '../reading/board-view.ts';
import { FittingList } from './fitting-list.tsx';
import { ProgressBar } from './progress-bar.tsx';

const marks: Readonly<Record<TrancheView['status'], MarkKind>> = {
  planned: 'unsure',
  proposed: 'agreed',
  approved: 'approved',
  scheduled: 'approved',
  'under-way': 'under-way',
  returned: 'verified',
  certified: 'verified',
  withdrawn: 'stopped',
  cancelled: 'stopped',
};

/** Certified, withdrawn or cancelled, with nobody on the way. */
function isOver({ status, legs }: TrancheView): boolean {
  return (
    (status === 'certified' || status === 'withdrawn' || status === 'cancelled') &&
    legs.every(({ underWay }) => underWay === 0)
  );
}

/** Over before anybody returned: there is nothing to draw. */
function isEmpty(tranche: TrancheView): boolean {
  return isOver(tranche) && tranche.legs.every(({ returned }) => returned === 0);
}

/** The tranches in their order, each with its state and how far each direction of it has come. */
export function TranchesPanel({ board }: { readonly board: BoardView }) {
  const id = useId();
  const { t, number, quote, list } = useWords();
  if (board.tranches.length === 0) return null;
  // Where there is no room for all, those that are over go first.
  const over = board.tranches.flatMap((tranche, at) => (isOver(tranche) ? [at] : []));
  return (
    <section className="hw-panel hw-tranches" role="group" aria-labelledby={id}>
      <h2 id={id}>{t('board.tranches')}</h2>
      <p className="hw-small hw-quiet hw-tranche-key">{t('board.tranche.key')}</p>
      <FittingList className="hw-tranche-list" hideFirst={over}>
        {board.tranches.map((tranche) => (
          <li key={tranche.id} className="hw-tranche">
            <div className="hw-tranche-head" translate="no">
              <h3>{t('word.tranche', { number: number(tranche.number) })}</h3>
              <Status kind={marks[tranche.status]}>{t(`tranche.${tranche.status}`)}</Status>
            </div>
            {(isEmpty(tranche) ? [] : tranche.legs).map((leg) => (
              <div key={leg.leg} className="hw-tranche-leg">
                <ProgressBar progress={leg} order={leg.order} />
                <span className="hw-tranche-figures" translate="no">
                  {t('figure.of', { n: number(leg.returned), of: number(leg.agreed) })}
                </span>
              </div>
            ))}
            {tranche.status === 'proposed' ? (
              <>
                <p className="hw-small hw-quiet">
                  {t('board.approvals', {
                    list: list(
                      tranche.approvals.map(({ party, has, needs }) =>
                        t('word.approvalOf', {
                          party: quote(party, 40),
                          has: number(has),
                          needs: number(needs),
                        }),
                      ),
                    ),
                  })}
                </p>
                {tranche.voided > 0 ? <p className="hw-small hw-quiet">{t('board.voided')}</p> : null}
              </>
            ) : null}
          </li>
        ))}
      </FittingList>
    </section>
  );
}
