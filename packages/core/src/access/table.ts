/**
 * Who may do what, as one table: permission × role. A role that a row does not name never may.
 *
 * Law     Every desk asks this table and nothing else (`may`). What an act needs in the record is the record's rule
 *         and is asked again by the decider; `act.sign` only says who may be shown an act to sign.
 * Hides   Names of persons: a permission is about a kind of work, a subject about whose it is.
 */
import type { DeskRole } from './role.ts';

/** Whose a subject has to be. */
export type Scope =
  | 'own' // of the person's own party: what its node keeps
  | 'shared' // of the exchange: every member has it
  | 'addressed' // a sealed payload that names the person's party
  | 'step' // the step that is under way where the person works
  | 'enquiry'; // the person's own enquiry

/** What is told by a piece of work: the walls of the house. */
export type Compartment =
  | 'record'
  | 'people'
  | 'persons'
  | 'negotiation'
  | 'movement'
  | 'interview'
  | 'medical'
  | 'maltreatment'
  | 'family'
  | 'node';

/** Compartments that nobody who negotiates enters, whatever other role they hold. */
export const walledOff: ReadonlySet<Compartment> = new Set<Compartment>([
  'interview',
  'medical',
  'maltreatment',
]);

export interface Row {
  readonly compartment: Compartment;
  readonly scope: Scope;
  /** One person of these roles is enough. */
  readonly may: readonly DeskRole[];
  /** It takes two persons of these roles. */
  readonly two: readonly DeskRole[];
}

const signers = [
  'mediator',
  'coordinator',
  'approver',
  'officer',
  'medic',
  'observer',
  'commissioner',
  'guarantor',
] as const satisfies readonly DeskRole[];
const staff = [...signers, 'operator', 'liaison', 'reception'] as const satisfies readonly DeskRole[];
const everybody = [...staff, 'family', 'public'] as const satisfies readonly DeskRole[];
/** Who lets in, grants and recovers, of whatever kind of party. */
const seniors = ['mediator', 'coordinator', 'approver', 'observer'] as const satisfies readonly DeskRole[];
const negotiators = ['coordinator', 'approver'] as const satisfies readonly DeskRole[];

const one = (compartment: Compartment, scope: Scope, ...may: readonly DeskRole[]): Row => ({
  compartment,
  scope,
  may,
  two: [],
});
const two = (compartment: Compartment, scope: Scope, ...roles: readonly DeskRole[]): Row => ({
  compartment,
  scope,
  may: [],
  two: roles,
});

export const permissions = {
  // the record
  'record.read': one('record', 'shared', ...staff),
  'record.read-published': one('record', 'shared', ...everybody),
  'act.sign': one('record', 'shared', ...signers),
  'payload.read': one('record', 'addressed', ...signers),
  'payload.leave': one('record', 'shared', ...signers),
  'exchange.open': one('record', 'shared', 'mediator'),
  'exchange.suspend': one('record', 'shared', 'mediator', 'coordinator', 'approver', 'observer'),
  'exchange.cancel': one('record', 'shared', ...negotiators),
  'terms.propose': one('record', 'shared', 'mediator', 'coordinator'),
  'terms.accept': two('record', 'shared', ...negotiators),
  'conditions.answer': one('record', 'shared', 'mediator', 'guarantor'),
  'undertakings.answer': one('record', 'shared', 'coordinator', 'guarantor'),
  // registry
  'registry.identify': one('persons', 'own', ...negotiators, 'officer', 'medic', 'liaison', 'reception'),
  'registry.read': one('persons', 'own', 'coordinator', 'liaison'),
  'registry.write': one('persons', 'own', 'coordinator'),
  'registry.link': one('persons', 'own', 'coordinator'),
  'registry.import': one('persons', 'own', 'coordinator'),
  'registry.export': two('persons', 'own', ...negotiators),
  'registry.erase': two('persons', 'own', ...negotiators),
  // lists and reconciliation
  'lists.read': one('negotiation', 'own', ...negotiators),
  'lists.draft': one('negotiation', 'own', 'coordinator'),
  'lists.seal': one('negotiation', 'own', 'coordinator'),
  'lists.open': one('negotiation', 'own', 'coordinator'),
  'lists.open-escrow': one('record', 'addressed', 'observer'),
  'lists.add': two('negotiation', 'own', ...negotiators),
  'lists.strike': one('negotiation', 'own', 'coordinator'),
  'reconciliation.read': one('negotiation', 'own', ...negotiators),
  'reconciliation.decide': one('negotiation', 'own', 'coordinator'),
  'reconciliation.comment': one('negotiation', 'own', 'coordinator'),
  // planning and approvals
  'planning.read': one('negotiation', 'own', ...negotiators),
  'planning.write': one('negotiation', 'own', 'coordinator'),
  'planning.propose': one('negotiation', 'shared', 'mediator', 'coordinator'),
  'approvals.read': one('negotiation', 'own', ...negotiators),
  'approvals.approve': two('negotiation', 'own', ...negotiators),
  'approvals.withdraw': one('negotiation', 'own', ...negotiators),
  // movement and crossing
  'movement.schedule': one('movement', 'shared', 'mediator'),
  'movement.read': one('movement', 'addressed', 'coordinator', 'officer', 'observer'),
  'movement.notify': one('movement', 'own', 'coordinator', 'officer'),
  'movement.acknowledge': one('movement', 'own', 'coordinator', 'officer'),
  'crossing.read': one('movement', 'step', 'officer', 'medic', 'observer'),
  'crossing.count': one('movement', 'step', 'officer', 'observer'),
  'crossing.release': one('movement', 'step', 'officer'),
  'crossing.receive': one('movement', 'step', 'officer'),
  'crossing.identify': one('movement', 'step', 'officer'),
  'crossing.halt': one('movement', 'shared', 'mediator', 'coordinator', 'officer', 'medic', 'observer'),
  'device.bind': one('movement', 'own', 'officer', 'medic', 'observer'),
  // interviews, health, maltreatment
  'interviews.read': one('interview', 'own', 'observer'),
  'interviews.write': one('interview', 'own', 'observer'),
  'clearance.record': one('movement', 'shared', 'medic', 'observer'),
  'commission.read': one('medical', 'own', 'commissioner'),
  'commission.decide': one('medical', 'own', 'commissioner'),
  'medical.read': one('medical', 'own', 'medic'),
  'medical.write': one('medical', 'own', 'medic'),
  'medical.break-glass': two('medical', 'own', 'medic', 'reception'),
  'maltreatment.read': one('maltreatment', 'own', 'medic'),
  'maltreatment.write': one('maltreatment', 'own', 'medic'),
  'maltreatment.release': two('maltreatment', 'own', 'medic'),
  // reception and families
  'reception.read': one('persons', 'own', 'medic', 'liaison', 'reception'),
  'reception.write': one('persons', 'own', 'medic', 'reception'),
  'family.read': one('family', 'own', 'liaison'),
  'family.write': one('family', 'own', 'liaison'),
  'family.tell': one('family', 'own', 'liaison'),
  'family.ask': one('family', 'enquiry', 'family'),
  'family.follow': one('family', 'enquiry', 'family'),
  // public statements
  'statements.read': one('record', 'shared', ...everybody),
  'statements.write': one('record', 'own', 'mediator', 'coordinator'),
  'statements.publish': two('record', 'own', ...negotiators, 'mediator'),
  // people, audit, paper
  'people.read': one('people', 'own', ...staff),
  'people.invite': two('people', 'own', ...seniors),
  'people.recover': two('people', 'own', ...seniors),
  'people.revoke': one('people', 'own', ...staff),
  'audit.read': one('people', 'own', 'approver', 'operator'),
  'audit.export': two('people', 'own', ...negotiators),
  'papers.print': one('persons', 'own', 'coordinator', 'officer', 'liaison', 'reception'),
  // operation of a node
  'node.status': one('node', 'own', ...staff),
  'node.configure': one('node', 'own', 'operator'),
  'node.back-up': one('node', 'own', 'operator'),
  'node.restore': two('node', 'own', 'operator', ...seniors),
  'node.change-keys': two('node', 'own', 'operator', ...seniors),
  'node.alarms': one('node', 'own', 'operator', ...seniors),
  'node.dismiss-alarm': two('node', 'own', 'operator', ...seniors),
  'carry.out': one('node', 'own', 'operator', ...seniors),
  'carry.in': one('node', 'own', 'operator', ...seniors),
} as const satisfies Readonly<Record<string, Row>>;

export type Permission = keyof typeof permissions;

export const permissionNames: readonly Permission[] = Object.keys(permissions) as Permission[];

/** One cell of the table. */
export type Grant = 'may' | 'two' | 'never';

export function grantOf(permission: Permission, role: DeskRole): Grant {
  const row: Row = permissions[permission];
  if (row.may.includes(role)) {
    return 'may';
  }
  return row.two.includes(role) ? 'two' : 'never';
}
