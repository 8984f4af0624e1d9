/** Access: who may do and see what, as data. The server asks for each request, the page for each button. */
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
