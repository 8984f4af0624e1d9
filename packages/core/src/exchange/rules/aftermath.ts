/** What outlives the handover: undertakings, what is said to have broken them, and corrections of the record. */
import { findIn, getFrom, isIn, setIn } from '../state/persistent-map.ts';
import { refuseOthers } from './rule.ts';
import {
  actId,
  entryId,
  label,
  lane,
  partyId,
  payloadId,
  roles,
  personsPerActMax,
  sentence,
  shortName,
} from '../act/vocabulary.ts';
import { listOf, members, optional } from '../../json/shape.ts';
import { row } from './rule.ts';

export const aftermathActs = {
  UndertakingGiven: row({
    group: 'after',
    effect: 'none',
    body: members({
      undertaking: shortName,
      guarantor: optional(partyId),
      lane: optional(lane),
      persons: listOf(entryId, 0, personsPerActMax),
      until: label,
    }),
    tell: ({ undertaking, persons: { length }, until }) => ({
      name: undertaking,
      text: undertaking,
      persons: length,
      until,
    }),
    says: 'gave the undertaking {name} until {until}',
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
        named: body.guarantor,
        guarantor: undefined,
        lane: body.lane,
        persons: body.persons,
        until: body.until,
        alleged: 0,
      }),
    }),
  }),
  UndertakingGuaranteed: row({
    group: 'after',
    effect: 'none',
    body: members({ undertaking: shortName }),
    tell: ({ undertaking }) => ({ name: undertaking, text: undertaking }),
    says: 'answers for the undertaking {name}',
    roles: ['guarantor'],
    period: 'always',
    refuse: (state, { body }, signer) => {
      const undertaking = findIn(state.undertakings, body.undertaking);
      if (undertaking === undefined) return { kind: 'Unknown', what: 'undertaking' };
      if (undertaking.guarantor !== undefined) return { kind: 'SignedAlready' };
      // Nobody becomes a guarantor by another's word.
      return refuseOthers(signer, ...(undertaking.named === undefined ? [] : [undertaking.named]));
    },
    evolve: (state, { body }, signer) => {
      const undertaking = getFrom(state.undertakings, body.undertaking);
      const guaranteed = { ...undertaking, guarantor: signer.party.id };
      return { ...state, undertakings: setIn(state.undertakings, body.undertaking, guaranteed) };
    },
  }),
  BreachAlleged: row({
    group: 'after',
    effect: 'none',
    body: members({ undertaking: shortName, evidence: payloadId }),
    tell: ({ undertaking }) => ({ name: undertaking, text: undertaking }),
    says: 'alleged a breach of the undertaking {name}',
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
  }),
  BreachAnswered: row({
    group: 'after',
    effect: 'none',
    body: members({ allegation: actId, text: payloadId }),
    tell: ({ allegation: act }) => ({ act }),
    says: 'answered an alleged breach',
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
  }),
  Corrected: row({
    group: 'after',
    effect: 'none',
    body: members({ act: actId, says: sentence, evidence: optional(payloadId) }),
    tell: ({ act, says }) => ({ act, text: says }),
    says: 'corrected an earlier act',
    roles,
    period: 'always',
    refuse: (state, { body }) => (isIn(state.acts, body.act) ? undefined : { kind: 'Unknown', what: 'act' }),
    evolve: (state, { body }) => ({
      ...state,
      corrections: setIn(state.corrections, body.act, (findIn(state.corrections, body.act) ?? 0) + 1),
    }),
  }),
};
