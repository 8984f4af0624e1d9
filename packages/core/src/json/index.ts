/** What other workspaces use to judge JSON that comes from outside. */
export {
  anything,
  byKind,
  decimal,
  either,
  exactly,
  faultsMax,
  findFaults,
  fitting,
  listOf,
  matching,
  members,
  oneOf,
  optional,
  read,
  tableOf,
  text,
  wholeNumber,
  yesOrNo,
} from './shape.ts';
export type { Fault, Of, Optional, Shape } from './shape.ts';
