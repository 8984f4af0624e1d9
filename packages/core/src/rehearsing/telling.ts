/** A rehearsal as text for people: the timeline, the outcome of everybody, the figures of each leg. */
import type { LegFigures, OutcomeCount } from './outcome.ts';
import type { RehearsalResult, TimelineEntry } from './rehearse.ts';

export function toText(result: RehearsalResult): string {
  const { title, about, status, acts, refusedActs, timeline, legs, outcomes, awaited, differences } = result;
  return [
    title,
    ...(about === undefined ? [] : [about]),
    '',
    ...timeline.flatMap(entryLines),
    '',
    'Figures of each leg',
    ...legs.map(legLine),
    '',
    'Outcome of every person',
    ...(outcomes.length === 0 ? ['  nobody is in the scenario'] : outcomes.map(outcomeLine)),
    '',
    ...(awaited.length === 0
      ? []
      : [
          'Awaited',
          ...awaited.map(({ kind, parties, leg, tranche, persons, list }) => {
            const about = [
              ...(tranche === undefined ? [] : [`tranche ${tranche}`]),
              ...(leg === undefined ? [] : [`leg ${leg}`]),
              ...(list === undefined ? [] : [`${list} list`]),
              ...(persons === undefined ? [] : [`${persons} persons`]),
            ];
            return `  ${kind} of ${parties.join(' or ')}${about.length === 0 ? '' : ` (${about.join(', ')})`}`;
          }),
          '',
        ]),
    `The exchange is ${status} after ${acts} acts; ${refusedActs} were refused.`,
    ...differences.map(
      ({ what, expected, found }) =>
        `Not as the scenario says: ${what} should be ${expected}, and is ${found}.`,
    ),
    '',
  ].join('\n');
}

function entryLines({
  number,
  day,
  does,
  note,
  acts,
  refused,
  asExpected,
  meantToBeRefused,
}: TimelineEntry): readonly string[] {
  const accepted = acts.filter((one) => one.accepted).length;
  const head = `${String(number).padStart(4)}  ${day}  `;
  const mark = asExpected ? '' : ' — NOT AS EXPECTED';
  const verdict =
    refused === undefined
      ? `accepted (${accepted} ${accepted === 1 ? 'act' : 'acts'})${meantToBeRefused ? ', and should have been refused' : ''}`
      : `REFUSED${meantToBeRefused && asExpected ? ', as expected' : ''}`;
  return [
    `${head}${does}: ${verdict}${mark}`,
    ...(refused === undefined
      ? []
      : [
          `${' '.repeat(18)}${refused.kind}: ${refused.sentence}`,
          ...(refused.act === undefined
            ? []
            : [`${' '.repeat(18)}by ${refused.act} of ${refused.by ?? ''}, after ${accepted} accepted`]),
        ]),
    ...(note === undefined ? [] : [`${' '.repeat(18)}${note}`]),
  ];
}

function legLine({
  leg,
  from,
  to,
  lane,
  end,
  agreed,
  approved,
  moving,
  reached,
  reported,
  received,
  notGoing,
  unlisted,
  labels,
}: LegFigures): string {
  const others = [
    ...(approved === 0 ? [] : [`approved ${approved}`]),
    ...(moving === 0 ? [] : [`moving ${moving}`]),
    ...(received === 0 ? [] : [`received ${received}, not confirmed by both`]),
    ...(reported === 0 ? [] : [`${reported} of them only reported, ${reached - reported} verified`]),
    ...(notGoing === 0 ? [] : [`did not go ${notGoing}`]),
    ...(unlisted === 0 ? [] : [`of no list ${unlisted}`]),
    ...labels,
  ];
  return `  ${leg} (${from} ${ends[end]}${to === undefined ? '' : ` ${to}`}, ${lane}): ${reached} of ${agreedText(agreed)} ${arrived[end]}${others.length === 0 ? '' : `; ${others.join('; ')}`}`;
}

const ends: Readonly<Record<LegFigures['end'], string>> = {
  home: 'to',
  custody: 'into custody of',
  accommodation: 'to accommodation in',
  free: 'to freedom where they are',
};
const arrived: Readonly<Record<LegFigures['end'], string>> = {
  home: 'returned',
  custody: 'in custody',
  accommodation: 'accommodated',
  free: 'set free',
};

const agreedText = (agreed: LegFigures['agreed']): string =>
  typeof agreed === 'number'
    ? `${agreed}`
    : agreed.kind === 'up-to'
      ? `up to ${agreed.persons}`
      : `everybody who is ${agreed.category}`;

const outcomeLine = ({ group, outcome, count, numbers }: OutcomeCount): string =>
  `  ${group}: ${count} ${outcome} (${numbers})`;
