/** The table is small enough to be tried whole: every permission × every role × every way a subject can fail. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActorId, PartyId } from '../exchange/act/ids.ts';
import { readFileSync } from 'node:fs';
import { denialToSentence, isEnough, may, needsTwo, type Denial, type Person, type Subject } from './may.ts';
import { printAccess } from './print.ts';
import { deskRoleNames, deskRoles, type DeskRole } from './role.ts';
import { grantOf, permissionNames, permissions, walledOff, type Permission, type Row } from './table.ts';

const [own, other] = ['A', 'B'] as unknown as readonly [PartyId, PartyId];
const [ann, bob] = ['ann', 'bob'] as unknown as readonly [ActorId, ActorId];
const person = (...roles: readonly DeskRole[]): Person => ({ actor: ann, party: own, roles: new Set(roles) });
/** A subject of which everything holds that anybody asks. */
const granted: Subject = {
  party: own,
  addressedTo: [other, own],
  isCurrentStep: true,
  enquirer: ann,
  signed: [bob],
  roles: deskRoleNames,
  isReturned: true,
  hasConsent: true,
};
const rowOf = (permission: Permission): Row => permissions[permission];
const cells = permissionNames.flatMap((permission) => deskRoleNames.map((role) => ({ permission, role })));

describe('the table', () => {
  it('[AC-1] answers every permission for every role, and denies what it does not name', () => {
    expect(cells).toHaveLength(permissionNames.length * deskRoleNames.length);
    for (const { permission, role } of cells) {
      const denial = may(person(role), permission, granted);
      const grant = grantOf(permission, role);
      expect([permission, role, denial === undefined]).toEqual([permission, role, grant !== 'never']);
      if (grant === 'never') expect(denial?.kind).toBe('RoleMayNot');
    }
    for (const permission of permissionNames)
      expect(may(person(), permission, granted)?.kind).toBe('RoleMayNot');
  });

  it('[AC-1] has a role for every permission, none twice, and never one alone beside two', () => {
    for (const permission of permissionNames) {
      const { may: one, two } = rowOf(permission);
      expect(one.length === 0 || two.length === 0, permission).toBe(true);
      expect(one.length + two.length, permission).toBeGreaterThan(0);
      expect(new Set([...one, ...two]).size, permission).toBe(one.length + two.length);
    }
  });

  it('[AC-1] names every permission by a capability and a verb', () => {
    for (const permission of permissionNames) expect(permission).toMatch(/^[a-z]+\.[a-z-]+$/u);
  });

  it('[AC-2] a subject that says nothing is refused wherever something is asked of it', () => {
    for (const { permission, role } of cells) {
      if (grantOf(permission, role) === 'never') continue;
      const { scope } = rowOf(permission);
      const asks = scope !== 'shared' || permission === 'act.sign';
      expect([permission, may(person(role), permission, {}) === undefined]).toEqual([permission, !asks]);
    }
  });

  it('[AC-2] every denial is a sentence that names the permission', () => {
    const denials: readonly Denial[] = [
      ...cells.flatMap(({ permission, role }) => may(person(role), permission, {}) ?? []),
      { kind: 'Negotiates', permission: 'medical.read', role: 'coordinator' },
      { kind: 'SignedAlready', permission: 'people.invite' },
      { kind: 'NotReturned', permission: 'family.tell' },
      { kind: 'NoConsent', permission: 'maltreatment.release' },
    ];
    for (const denial of denials) {
      expect(denialToSentence(denial)).toMatch(/^[A-Z].*\.$/u);
      expect(denialToSentence(denial)).toContain(denial.permission);
    }
    expect(new Set(denials.map(({ kind }) => kind)).size).toBe(10);
  });
});

describe('whose it is', () => {
  const without: Readonly<
    Record<Row['scope'], { readonly subject: Subject; readonly kind: Denial['kind'] | undefined }>
  > = {
    own: { subject: { ...granted, party: other }, kind: 'OfOtherParty' },
    addressed: { subject: { ...granted, addressedTo: [other] }, kind: 'NotAddressed' },
    step: { subject: { ...granted, isCurrentStep: false }, kind: 'NotCurrentStep' },
    enquiry: { subject: { ...granted, enquirer: bob }, kind: 'NotOwnEnquiry' },
    shared: {
      subject: { ...granted, party: other, addressedTo: [], isCurrentStep: false, enquirer: bob },
      kind: undefined,
    },
  };

  it('[AC-3] nobody does anything to what is another’s', () => {
    for (const { permission, role } of cells) {
      if (grantOf(permission, role) === 'never') continue;
      const { subject, kind } = without[rowOf(permission).scope];
      expect([permission, may(person(role), permission, subject)?.kind]).toEqual([permission, kind]);
    }
  });
});

describe('the walls', () => {
  const negotiators = deskRoleNames.filter((role) => deskRoles[role].negotiates);

  it('[AC-4] whoever negotiates is kept out, whatever else they are', () => {
    for (const permission of permissionNames.filter((one) => walledOff.has(rowOf(one).compartment))) {
      for (const negotiator of negotiators) {
        for (const role of deskRoleNames) {
          const denial = may(person(negotiator, role), permission, granted);
          expect([permission, denial?.kind]).toEqual([
            permission,
            grantOf(permission, role) === 'never' ? 'RoleMayNot' : 'Negotiates',
          ]);
        }
      }
    }
    expect(negotiators).toEqual(['mediator', 'coordinator', 'approver']);
  });

  it('[AC-8] an operator reads no personal data', () => {
    const reachable = permissionNames.filter((one) => grantOf(one, 'operator') !== 'never');
    const compartments = new Set(reachable.map((one) => rowOf(one).compartment));
    expect([...compartments].sort()).toEqual(['node', 'people', 'record']);
    expect(grantOf('payload.read', 'operator')).toBe('never');
  });

  it('[AC-9] a mediator reads no person and no list', () => {
    const reachable = permissionNames.filter((one) => grantOf(one, 'mediator') !== 'never');
    for (const permission of reachable) {
      const { compartment, scope } = rowOf(permission);
      expect(['persons', 'family', 'medical', 'maltreatment', 'interview']).not.toContain(compartment);
      if (compartment === 'negotiation' || compartment === 'movement')
        expect(scope, permission).toBe('shared');
    }
    expect(reachable.filter((one) => one.startsWith('lists.'))).toEqual([]);
  });
});

describe('two persons', () => {
  const double = permissionNames.filter(needsTwo);

  it('[AC-5] the same human does not sign twice, by whichever role', () => {
    for (const permission of double) {
      for (const role of rowOf(permission).two) {
        const again: Subject = { ...granted, signed: [bob, ann] };
        expect(may(person(role), permission, again)?.kind).toBe('SignedAlready');
        expect(may(person(...rowOf(permission).two), permission, again)).toBeDefined();
      }
    }
    expect(double).toContain('approvals.approve');
  });

  it('[AC-5] enough are two humans where it takes two, and one elsewhere', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...permissionNames),
        fc.array(fc.constantFrom(ann, bob)),
        (permission, signed) => {
          expect(isEnough(permission, signed)).toBe(new Set(signed).size >= (needsTwo(permission) ? 2 : 1));
        },
      ),
    );
  });
});

describe('what single permissions ask', () => {
  it('[AC-6] no family is told before a verified return', () => {
    for (const subject of [{ ...granted, isReturned: false }, { party: own }]) {
      expect(may(person('liaison'), 'family.tell', subject)?.kind).toBe('NotReturned');
    }
    expect(may(person('liaison'), 'family.tell', granted)).toBeUndefined();
  });

  it('[AC-7] maltreatment leaves its compartment with consent, and by two', () => {
    expect(may(person('medic'), 'maltreatment.release', { ...granted, hasConsent: false })?.kind).toBe(
      'NoConsent',
    );
    expect(needsTwo('maltreatment.release')).toBe(true);
  });

  it('[AC-10] an act is shown for signing to whom the record allows it', () => {
    fc.assert(
      fc.property(fc.subarray([...deskRoleNames]), fc.subarray([...deskRoleNames]), (held, roles) => {
        const signers = held.filter((role) => grantOf('act.sign', role) !== 'never');
        const denial = may(person(...held), 'act.sign', { ...granted, roles });
        expect(denial === undefined).toBe(signers.some((role) => roles.includes(role)));
      }),
    );
  });

  it('[AC-11] one more role takes nothing away, but for the wall', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...permissionNames),
        fc.subarray([...deskRoleNames]),
        fc.constantFrom(...deskRoleNames),
        (permission, roles, more) => {
          if (may(person(...roles), permission, granted) !== undefined) return;
          const denial = may(person(...roles, more), permission, granted);
          expect(denial === undefined || denial.kind === 'Negotiates').toBe(true);
        },
      ),
    );
  });
});

describe('the page', () => {
  it('[AC-1] shows every cell, none empty, as the code answers', () => {
    const page = readFileSync(new URL('../../../../spec/access.md', import.meta.url), 'utf8');
    expect(page).toContain(printAccess());
    const lines = printAccess()
      .split('\n')
      .filter((line) => /^\| [a-z]+\.[a-z-]+ \|/u.test(line));
    expect(lines).toHaveLength(permissionNames.length);
    for (const line of lines) {
      const columns = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      expect(columns).toHaveLength(3 + deskRoleNames.length);
      expect(columns).not.toContain('');
      columns.slice(3).forEach((cell, index) => {
        const grant = grantOf(columns[0] as Permission, deskRoleNames[index]!);
        expect(cell).toBe({ may: '●', two: '2', never: '·' }[grant]);
      });
    }
  });
});
