/** The one question of every desk: may this person do this, to this? */
import type { ActorId, PartyId } from '../exchange/act/ids.ts';
import { deskRoles, type DeskRole } from './role.ts';
import { grantOf, permissions, walledOff, type Permission, type Row } from './table.ts';

/** Who asks: one human of one party's node, by whichever roles they hold. */
export interface Person {
  readonly actor: ActorId;
  readonly party: PartyId;
  readonly roles: ReadonlySet<DeskRole>;
}

/** What is asked about. A member that matters for a permission and is absent counts as not given: the answer is no. */
export interface Subject {
  /** Whose it is. */
  readonly party?: PartyId;
  /** Parties that a sealed payload is addressed to. */
  readonly addressedTo?: readonly PartyId[];
  /** Whether it is the step under way where the person works. */
  readonly isCurrentStep?: boolean;
  /** Who made the enquiry. */
  readonly enquirer?: ActorId;
  /** Of work that takes two: who has signed this very work already. */
  readonly signed?: readonly ActorId[];
  /** Of an act: the roles by which the record lets it be signed. */
  readonly roles?: readonly DeskRole[];
  /** Of news for a family: whether the return is verified. */
  readonly isReturned?: boolean;
  /** Of a record that leaves its compartment: whether the person it is about has consented. */
  readonly hasConsent?: boolean;
}

/** Why not. */
export type Denial =
  | { readonly kind: 'RoleMayNot'; readonly permission: Permission; readonly roles: readonly DeskRole[] }
  | { readonly kind: 'Negotiates'; readonly permission: Permission; readonly role: DeskRole }
  | { readonly kind: 'OfOtherParty'; readonly permission: Permission }
  | { readonly kind: 'NotAddressed'; readonly permission: Permission }
  | { readonly kind: 'NotCurrentStep'; readonly permission: Permission }
  | { readonly kind: 'NotOwnEnquiry'; readonly permission: Permission }
  | { readonly kind: 'SignedAlready'; readonly permission: Permission }
  | { readonly kind: 'ActNotForRole'; readonly permission: Permission; readonly roles: readonly DeskRole[] }
  | { readonly kind: 'NotReturned'; readonly permission: Permission }
  | { readonly kind: 'NoConsent'; readonly permission: Permission };

/**
 * Why a person may not do something; undefined when they may. For work that takes two, undefined means that their
 * signature counts as one of the two: `isEnough` says when both are there.
 */
export function may(person: Person, permission: Permission, subject: Subject): Denial | undefined {
  const row: Row = permissions[permission];
  const held = [...person.roles].filter((role) => grantOf(permission, role) !== 'never');
  if (held.length === 0) {
    return { kind: 'RoleMayNot', permission, roles: [...row.may, ...row.two] };
  }
  const role = [...person.roles].find((one) => deskRoles[one].negotiates);
  if (role !== undefined && walledOff.has(row.compartment)) {
    return { kind: 'Negotiates', permission, role };
  }
  return refuseScope(person, permission, subject) ?? refuseMatter(person, permission, subject, held);
}

function refuseScope(person: Person, permission: Permission, subject: Subject): Denial | undefined {
  switch (permissions[permission].scope) {
    case 'shared':
      return undefined;
    case 'own':
      return subject.party === person.party ? undefined : { kind: 'OfOtherParty', permission };
    case 'addressed':
      return subject.addressedTo?.includes(person.party) === true
        ? undefined
        : { kind: 'NotAddressed', permission };
    case 'step':
      return subject.isCurrentStep === true ? undefined : { kind: 'NotCurrentStep', permission };
    case 'enquiry':
      return subject.enquirer === person.actor ? undefined : { kind: 'NotOwnEnquiry', permission };
  }
}

/** What single permissions ask besides. */
function refuseMatter(
  person: Person,
  permission: Permission,
  subject: Subject,
  held: readonly DeskRole[],
): Denial | undefined {
  if (needsTwo(permission) && subject.signed?.includes(person.actor) === true) {
    return { kind: 'SignedAlready', permission };
  }
  if (permission === 'act.sign') {
    const roles = subject.roles ?? [];
    return held.some((role) => roles.includes(role))
      ? undefined
      : { kind: 'ActNotForRole', permission, roles };
  }
  if (permission === 'family.tell' && subject.isReturned !== true) {
    return { kind: 'NotReturned', permission };
  }
  return permission === 'maltreatment.release' && subject.hasConsent !== true
    ? { kind: 'NoConsent', permission }
    : undefined;
}

/** Whether it takes two persons. */
export function needsTwo(permission: Permission): boolean {
  return permissions[permission].two.length > 0;
}

/** Whether those who have signed are enough: distinct humans, two where it takes two. */
export function isEnough(permission: Permission, signed: readonly ActorId[]): boolean {
  return new Set(signed).size >= (needsTwo(permission) ? 2 : 1);
}

/** One sentence for people, in English. */
export function denialToSentence(denial: Denial): string {
  const roles = (names: readonly DeskRole[]): string => names.join(', ');
  switch (denial.kind) {
    case 'RoleMayNot':
      return `None of your roles may do this (${denial.permission}); it takes one of: ${roles(denial.roles)}.`;
    case 'Negotiates':
      return `Who negotiates (${denial.role}) does not enter here (${denial.permission}), by whatever other role.`;
    case 'OfOtherParty':
      return `This belongs to another party (${denial.permission}).`;
    case 'NotAddressed':
      return `This is sealed to others (${denial.permission}).`;
    case 'NotCurrentStep':
      return `Only the step under way where you work is open to you (${denial.permission}).`;
    case 'NotOwnEnquiry':
      return `This is not your enquiry (${denial.permission}).`;
    case 'SignedAlready':
      return `You have signed already; another person has to (${denial.permission}).`;
    case 'ActNotForRole':
      return `The record lets this act be signed by: ${roles(denial.roles) || 'nobody'} (${denial.permission}).`;
    case 'NotReturned':
      return `Nobody is told before the return is verified (${denial.permission}).`;
    case 'NoConsent':
      return `The person it is about has not consented (${denial.permission}).`;
  }
}
