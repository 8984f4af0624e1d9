/** What outlives the handover: undertakings, what is said to have broken them, and corrections of the record. */
import { findIn, getFrom, isIn, setIn } from '../state/persistent-map.ts';
import { refuseOthers } from './rule.ts';
import type { Rules } from './rule.ts';

export const aftermathRules: Rules<'UndertakingGiven' | 'BreachAlleged' | 'BreachAnswered' | 'Corrected'> = {
  UndertakingGiven: {
    roles: ['coordinator', 'guarantor', 'mediator'],
    period: 'always',
    refuse: (state, { body }) => {
      if (isIn(state.undertakings, body.undertaking)) return { kind: 'KnownAlready', what: 'undertaking' };
      if (body.guarantor !== undefined && !isIn(state.parties, body.guarantor)) {
        return { kind: 'Unknown', what: 'party' };
      }
      return body.persons.every((person) => isIn(state.entries, person))
        ? undefined
        : { kind: 'Unknown', what: 'entry' };
    },
    evolve: (state, { body }, signer) => ({
      ...state,
      undertakings: setIn(state.undertakings, body.undertaking, {
        undertaking: body.undertaking,
        by: signer.party.id,
        guarantor: body.guarantor,
        lane: body.lane,
        persons: body.persons,
        until: body.until,
        alleged: 0,
      }),
    }),
  },
  BreachAlleged: {
    roles: ['coordinator', 'guarantor', 'observer'],
    period: 'always',
    refuse: (state, { body }) =>
      isIn(state.undertakings, body.undertaking) ? undefined : { kind: 'Unknown', what: 'undertaking' },
    evolve: (state, { body }, signer, id) => {
      const undertaking = getFrom(state.undertakings, body.undertaking);
      return {
        ...state,
        undertakings: setIn(state.undertakings, body.undertaking, {
          ...undertaking,
          alleged: undertaking.alleged + 1,
        }),
        allegations: setIn(state.allegations, id, {
          id,
          undertaking: body.undertaking,
          by: signer.party.id,
          answered: false,
        }),
      };
    },
  },
  BreachAnswered: {
    roles: ['coordinator', 'guarantor', 'mediator'],
    period: 'always',
    refuse: (state, { body }, signer) => {
      const allegation = findIn(state.allegations, body.allegation);
      if (allegation === undefined) return { kind: 'Unknown', what: 'allegation' };
      if (allegation.answered) return { kind: 'AnsweredAlready' };
      const { by, guarantor } = getFrom(state.undertakings, allegation.undertaking);
      return refuseOthers(signer, by, ...(guarantor === undefined ? [] : [guarantor]));
    },
    evolve: (state, { body }) => {
      const allegation = getFrom(state.allegations, body.allegation);
      const answered = { ...allegation, answered: true };
      return { ...state, allegations: setIn(state.allegations, allegation.id, answered) };
    },
  },
  Corrected: {
    roles: [
      'mediator',
      'coordinator',
      'approver',
      'officer',
      'medic',
      'observer',
      'commissioner',
      'guarantor',
    ],
    period: 'always',
    refuse: (state, { body }) => (isIn(state.acts, body.act) ? undefined : { kind: 'Unknown', what: 'act' }),
    evolve: (state, { body }) => ({
      ...state,
      corrections: setIn(state.corrections, body.act, (findIn(state.corrections, body.act) ?? 0) + 1),
    }),
  },
};
