/** The table as a page: what `spec/access.md` shows, so that people read what the code asks. */
import { deskRoleNames, deskRoles } from './role.ts';
import { grantOf, permissionNames, permissions, walledOff, type Row } from './table.ts';

const signs = { may: '●', two: '2', never: '·' } as const;

/** Roles and permissions as two tables in Markdown, ending with a newline. */
export function printAccess(): string {
  const roles = deskRoleNames.map(
    (role) => `| ${role} | ${deskRoles[role].is} | ${deskRoles[role].negotiates ? 'yes' : 'no'} |`,
  );
  const rows = permissionNames.map((permission) => {
    const { compartment, scope }: Row = permissions[permission];
    const cells = deskRoleNames.map((role) => signs[grantOf(permission, role)]);
    const walled = walledOff.has(compartment) ? `${compartment} (walled off)` : compartment;
    return `| ${permission} | ${walled} | ${scope} | ${cells.join(' | ')} |`;
  });
  return [
    '| role | is | negotiates |',
    '|---|---|---|',
    ...roles,
    '',
    `| permission | compartment | whose | ${deskRoleNames.join(' | ')} |`,
    `|---|---|---|${deskRoleNames.map(() => ':-:').join('|')}|`,
    ...rows,
    '',
  ].join('\n');
}
