/** Access: who may do and see what, as data. For the routes and buttons of the desks: none asks yet. */
export { denialToSentence, isEnough, may, needsTwo, type Denial, type Person, type Subject } from './may.ts';
export { printAccess } from './print.ts';
export { deskRoleNames, deskRoles, type DeskRole } from './role.ts';
export {
  grantOf,
  permissionNames,
  permissions,
  walledOff,
  type Compartment,
  type Grant,
  type Permission,
  type Row,
  type Scope,
} from './table.ts';
