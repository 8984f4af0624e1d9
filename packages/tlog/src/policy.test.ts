import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logSigner, signHead, witnessSigners } from '../testing/memory-log.ts';
import { nodeEd25519, toTestSigner } from '../testing/node-crypto.ts';
import {
  formatPolicy,
  formatVerifierKey,
  isQuorum,
  leafHash,
  parsePolicy,
  type Policy,
  policyKeys,
  verifyByPolicy,
} from './index.ts';

const signers = ['A', 'B', 'N1', 'N2', 'N3'].map((name) => toTestSigner(`${name}.test`, 'cosignature'));
const names = ['A', 'B', 'N1', 'N2', 'N3'];
const lines = [
  '# Both parties, and one neutral at least',
  `log ${formatVerifierKey(logSigner.key)} https://host.test/log`,
  '',
  ...signers.map(({ key }, at) => `witness ${names[at]!} ${formatVerifierKey(key)}`),
  '\tgroup  parties\tall A B ',
  'group neutrals any N1 N2 N3',
  'group both all parties neutrals',
  'quorum both',
];

function parse(...text: string[]) {
  return parsePolicy(Buffer.from(`${text.join('\n')}\n`, 'latin1'));
}

function get(...text: string[]): Policy {
  const policy = parse(...text);
  if (!policy.ok) throw new Error(policy.problem.text);
  return policy.value;
}

const keys = lines.slice(1, 8);

describe('policy files', () => {
  test('[LG-45] are read with blanks, tabs, comments and empty lines', () => {
    const policy = get(...lines);
    expect(policy.logs).toEqual([{ key: logSigner.key, url: 'https://host.test/log' }]);
    expect(policy.witnesses.map(({ name }) => name)).toEqual(names);
    expect(policy.groups).toEqual([
      { name: 'parties', threshold: 2, members: ['A', 'B'] },
      { name: 'neutrals', threshold: 1, members: ['N1', 'N2', 'N3'] },
      { name: 'both', threshold: 2, members: ['parties', 'neutrals'] },
    ]);
    expect(policy.quorum).toBe('both');
    expect(get('quorum none')).toEqual({ logs: [], witnesses: [], groups: [], quorum: 'none' });
  });

  test('[LG-45] have one spelling, which says the same', () => {
    const spelled = formatPolicy(get(...lines));
    expect(Buffer.from(spelled).toString('latin1').split('\n')).toEqual([
      `log ${formatVerifierKey(logSigner.key)}`,
      ...signers.map(({ key }, at) => `witness ${names[at]!} ${formatVerifierKey(key)}`),
      'group parties all A B',
      'group neutrals any N1 N2 N3',
      'group both all parties neutrals',
      'quorum both',
      '',
    ]);
    for (const text of [
      lines,
      [...keys, 'group g 2 A B N1', 'group h 1 N2', 'quorum g'],
      ['quorum none'],
      [`witness \xff\xfe ${formatVerifierKey(signers[0]!.key)} https://a.test`, 'quorum \xff\xfe'],
    ]) {
      const { logs, witnesses, ...rest } = get(...text);
      const again = parsePolicy(formatPolicy({ logs, witnesses, ...rest }));
      expect(again).toEqual({
        ok: true,
        value: {
          ...rest,
          logs: logs.map(({ key }) => ({ key })),
          witnesses: witnesses.map(({ name, key }) => ({ name, key })),
        },
      });
      expect(again.ok && formatPolicy(again.value)).toEqual(formatPolicy(get(...text)));
    }
  });

  test.each([
    ['no quorum', keys],
    ['two quorums', [...keys, 'quorum A', 'quorum B']],
    ['an unknown quorum', [...keys, 'quorum Z']],
    ['a quorum before its group', [...keys, 'quorum g', 'group g any A']],
    ['an unknown member', [...keys, 'group g any Z', 'quorum g']],
    ['a group inside itself', [...keys, 'group g any g', 'quorum g']],
    ['a member of two groups', [...keys, 'group g any A B', 'group h any A', 'quorum g']],
    ['a member twice', [...keys, 'group g 2 A A', 'quorum g']],
    ['none as a member', [...keys, 'group g any none', 'quorum g']],
    ['a group called none', [...keys, 'group none any A', 'quorum none']],
    ['a name taken by a witness', [...keys, 'group A any B', 'quorum A']],
    ['a name taken by a group', [...keys, 'group g any A', 'group g any B', 'quorum g']],
    ['a group without members', [...keys, 'group g any', 'quorum g']],
    ['a threshold of 0', [...keys, 'group g 0 A', 'quorum g']],
    ['a threshold above its members', [...keys, 'group g 3 A B', 'quorum g']],
    ['a threshold with a leading zero', [...keys, 'group g 01 A B', 'quorum g']],
    ['a threshold in words', [...keys, 'group g one A B', 'quorum g']],
    ['an unknown keyword', [...keys, 'quorum A', 'colour red']],
    ['words after the quorum', [...keys, 'quorum A B']],
    ['a carriage return', [...keys, 'quorum A\r']],
    ['a log with three words', [`${keys[0]!} x`, 'quorum none']],
    ['a witness without a key', ['witness A', 'quorum A']],
    ['a log key for a witness', [`witness A ${formatVerifierKey(logSigner.key)}`, 'quorum A']],
    ['a witness key for a log', [`log ${formatVerifierKey(signers[0]!.key)}`, 'quorum none']],
    [
      'a key that has been altered',
      [`log ${formatVerifierKey(logSigner.key).replace('exchange', 'exchanges')}`, 'quorum none'],
    ],
  ])('[LG-45] with %s are refused', (_, text) => {
    expect(parse(...text)).toMatchObject({ ok: false });
  });

  test('[LG-45] without a newline at the end are refused; names are octets', () => {
    expect(parsePolicy(Buffer.from('quorum none')).ok).toBe(false);
    const key = formatVerifierKey(signers[0]!.key);
    expect(parse(`witness \xe2\x84\xaa ${key}`, 'quorum K').ok).toBe(false);
    expect(parse(`witness \xff\xfe ${key}`, 'quorum \xff\xfe').ok).toBe(true);
  });

  test('[LG-46] the same public key twice is refused, whatever it is called', () => {
    const { publicKey } = signers[0]!.key;
    const twin = toTestSigner('twin.test', 'cosignature', 'A.test');
    expect(twin.key.publicKey).toEqual(publicKey);
    const asLog = toTestSigner('log.test', 'note', 'A.test');
    for (const line of [
      `witness twin ${formatVerifierKey(twin.key)}`,
      `log ${formatVerifierKey(asLog.key)}`,
      keys[0]!,
    ]) {
      expect(parse(...keys, line, 'quorum A')).toMatchObject({
        problem: { kind: 'PolicyKeyRepeated', rule: 'LG-46' },
      });
    }
  });

  test('[LG-45] 32 logs, 32 witnesses and 32 groups are read', () => {
    const many = Array.from({ length: 32 }, (_, at) => [
      `log ${formatVerifierKey(toTestSigner(`log${at}.test`, 'note').key)}`,
      `witness w${at} ${formatVerifierKey(toTestSigner(`w${at}.test`, 'cosignature').key)}`,
      `group g${at} any w${at}${at > 0 ? ` g${at - 1}` : ''}`,
    ]).flat();
    expect(get(...many, 'quorum g31').groups.length).toBe(32);
  });
});

describe('quorum', () => {
  test('[LG-47] all 32 subsets of the five witnesses', () => {
    const policy = get(...lines);
    for (let subset = 0; subset < 32; subset += 1) {
      const cosigners = new Set(names.filter((_, at) => (subset >> at) & 1));
      const expected =
        cosigners.has('A') && cosigners.has('B') && ['N1', 'N2', 'N3'].some((name) => cosigners.has(name));
      expect(isQuorum(policy, cosigners), [...cosigners].join()).toBe(expected);
    }
    expect(isQuorum(get(...keys, 'quorum none'), new Set())).toBe(true);
    expect(isQuorum(get(...keys, 'quorum N2'), new Set(['N1']))).toBe(false);
    expect(isQuorum(policy, new Set(['parties', 'neutrals', 'both']))).toBe(false);
  });

  test('[LG-47] more cosigners never break a quorum', () => {
    const policy = get(...keys, 'group g 2 A N1 N2', 'group h all g B', 'quorum h');
    fc.assert(
      fc.property(fc.subarray(names), fc.subarray(names), (some, more) => {
        return !isQuorum(policy, new Set(some)) || isQuorum(policy, new Set([...some, ...more]));
      }),
    );
  });

  test('[LG-48] a checkpoint needs its own log, no failing signature, and the quorum', async () => {
    const policy = get(...lines);
    const head = { size: 7, root: leafHash(new Uint8Array(1)) };
    const kind = async (bytes: Uint8Array, by = policy) => {
      const verified = await verifyByPolicy(bytes, by, nodeEd25519);
      return verified.ok ? 'ok' : verified.problem.kind;
    };
    const [a, b, n1] = signers;
    expect(await kind(await signHead(head, [a!, b!, n1!]))).toBe('ok');
    expect(await kind(await signHead(head, [a!, b!]))).toBe('QuorumMissed');
    expect(await kind(await signHead(head, [a!, a!, n1!]))).toBe('QuorumMissed');
    expect(await kind(await signHead(head, witnessSigners))).toBe('QuorumMissed');
    expect(await kind(await signHead(head, [a!, b!, n1!]), { ...policy, logs: [] })).toBe('LogUnknown');
    const forged = toTestSigner('A.test', 'cosignature', 'forged');
    const asA = { key: a!.key, sign: forged.sign };
    expect(await kind(await signHead(head, [asA, b!, n1!]))).toBe('SignatureWrong');
    expect(policyKeys(policy).witnesses.length).toBe(5);
  });
});
