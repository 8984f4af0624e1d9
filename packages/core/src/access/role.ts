/**
 * The roles of the people of a node: those that sign in the record, and those that work at a desk or ask at a page
 * and never sign. One type, so that no desk invents a role of its own.
 */
import type { Role } from '../exchange/act/vocabulary.ts';

/** A role at a node. Every role of the record is one. */
export type DeskRole =
  | Role
  | 'operator' // keeps a node running: settings, backups, keys of the node; reads no personal data
  | 'liaison' // speaks with families
  | 'reception' // receives persons who came home
  | 'family' // asks for a person; knows the own enquiry only
  | 'public'; // anybody: journalist, citizen

/** What each role is, in the order of the table. */
export const deskRoles: Readonly<Record<DeskRole, { readonly is: string; readonly negotiates: boolean }>> = {
  mediator: { is: 'hosts the talks, proposes, follows disputes', negotiates: true },
  coordinator: { is: 'keeps registry and lists, reconciles, plans', negotiates: true },
  approver: { is: 'second pair of eyes', negotiates: true },
  officer: { is: 'movement, counts, steps and identity at the crossing', negotiates: false },
  medic: { is: 'fitness, screening, health and maltreatment records', negotiates: false },
  observer: { is: 'a neutral: private interviews, head counts, certificates', negotiates: false },
  commissioner: { is: 'a member of a Mixed Medical Commission', negotiates: false },
  guarantor: { is: 'answers for named conditions', negotiates: false },
  operator: { is: 'keeps a node running', negotiates: false },
  liaison: { is: 'speaks with families', negotiates: false },
  reception: { is: 'receives persons who came home', negotiates: false },
  family: { is: 'asks for one person', negotiates: false },
  public: { is: 'anybody', negotiates: false },
};

export const deskRoleNames: readonly DeskRole[] = Object.keys(deskRoles) as DeskRole[];
