/**
 * Trust policies: which logs are accepted, and which witnesses together are enough.
 *
 *     log homeward.example/exchange-7+…
 *     witness A a.example+…
 *     witness B b.example+…
 *     group parties all A B
 *     quorum parties
 *
 * Law     A name is used only after it is defined, and is a member of at most one group, so that no witness counts
 *         twice [LG-45]. The same public key twice is an error, whatever it is called [LG-46].
 * Why     Stricter than the format in one point: a key may not serve as log and witness either, since a log
 *         that vouches for itself vouches for nothing.
 * Source  C2SP tlog-policy.
 */
import { type CheckpointKeys, type VerifiedCheckpoint, verifyCheckpoint } from './checkpoint.ts';
import type { Ed25519 } from './ed25519.ts';
import { pureSha256, type Sha256 } from './hashing.ts';
import { accept, refuse, type Refused, type Result } from './problem.ts';
import { decodeUtf8, isEqualBytes, utf8ToBytes } from './text.ts';
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from './verifier-key.ts';

/** A log that is accepted. */
export interface PolicyLog {
  readonly key: VerifierKey;
  readonly url?: string;
}

/** A witness. Names are opaque octets, one character each, and mean nothing outside the policy. */
export interface PolicyWitness {
  readonly name: string;
  readonly key: VerifierKey;
  readonly url?: string;
}

/** A group that has witnessed once `threshold` of its members have. */
export interface PolicyGroup {
  readonly name: string;
  readonly threshold: number;
  readonly members: readonly string[];
}

/** A policy. `quorum` names a witness or a group; 'none' asks for no cosignature. */
export interface Policy {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  readonly groups: readonly PolicyGroup[];
  readonly quorum: string;
}

/** The quorum that asks for no cosignature. */
export const quorumNone = 'none';

/** The most logs, witnesses or groups that are read; the format asks for 32 at least. */
const definitionsMax = 1024;

interface Draft {
  readonly logs: PolicyLog[];
  readonly witnesses: PolicyWitness[];
  readonly groups: PolicyGroup[];
  readonly taken: Set<string>;
  quorum: string | undefined;
}

/** One character per octet: names and URLs are opaque, and equal only when their octets are. */
function toOctets(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function malformed(line: number, what: string): Refused {
  return refuse('PolicyMalformed', `Line ${line}: ${what}`);
}

/** The key a word states; its name may be UTF-8. */
function parseKeyWord(
  word: string,
  type: VerifierKey['type'],
  draft: Draft,
  sha256: Sha256,
): Result<VerifierKey> {
  const text = decodeUtf8(Uint8Array.from(word, (octet) => octet.charCodeAt(0)));
  if (text === undefined) return refuse('NotText', 'a verifier key must be UTF-8');
  const key = parseVerifierKey(text, sha256);
  if (!key.ok) return key;
  if (key.value.type !== type) return refuse('KeyTypeUnknown', `the key must be one of type ${type}`);
  const isRepeated = [...draft.logs, ...draft.witnesses].some((other) =>
    isEqualBytes(other.key.publicKey, key.value.publicKey),
  );
  return isRepeated ? refuse('PolicyKeyRepeated', 'the same public key stands here twice') : key;
}

function isDefined(draft: Draft, name: string): boolean {
  return [...draft.witnesses, ...draft.groups].some((defined) => defined.name === name);
}

/** Takes one line into the draft, or says what is wrong with it. */
function takeLine(draft: Draft, words: readonly string[], line: number, sha256: Sha256): Refused | undefined {
  const [keyword, first, second, ...rest] = words;
  const atLine = ({ problem }: Refused) => refuse(problem.kind, `Line ${line}: ${problem.text}`);
  const wrongName = (what: string) => refuse('PolicyNameWrong', `Line ${line}: ${what}`);
  if (keyword === 'log') {
    if (first === undefined || rest.length > 0) return malformed(line, 'expected log <vkey> [<url>]');
    const key = parseKeyWord(first, 'note', draft, sha256);
    if (!key.ok) return atLine(key);
    draft.logs.push({ key: key.value, ...(second !== undefined && { url: second }) });
  } else if (keyword === 'witness') {
    if (first === undefined || second === undefined || rest.length > 1) {
      return malformed(line, 'expected witness <name> <vkey> [<url>]');
    }
    if (first === quorumNone || isDefined(draft, first)) return wrongName('this name is taken');
    const key = parseKeyWord(second, 'cosignature', draft, sha256);
    if (!key.ok) return atLine(key);
    const [url] = rest;
    draft.witnesses.push({ name: first, key: key.value, ...(url !== undefined && { url }) });
  } else if (keyword === 'group') {
    if (first === undefined || second === undefined || rest.length === 0) {
      return malformed(line, 'expected group <name> <k|any|all> <member>...');
    }
    if (first === quorumNone || isDefined(draft, first)) return wrongName('this name is taken');
    for (const member of rest) {
      if (!isDefined(draft, member)) return wrongName('a member is not defined above');
      if (draft.taken.has(member)) return wrongName('a name is a member of more than one group, or twice');
      draft.taken.add(member);
    }
    const threshold =
      second === 'any'
        ? 1
        : second === 'all'
          ? rest.length
          : /^[1-9][0-9]{0,3}$/.test(second)
            ? Number(second)
            : 0;
    if (threshold < 1 || threshold > rest.length) {
      return malformed(line, 'the threshold must be any, all or a number from 1 to the number of members');
    }
    draft.groups.push({ name: first, threshold, members: rest });
  } else if (keyword === 'quorum') {
    if (first === undefined || second !== undefined) return malformed(line, 'expected quorum <name>');
    if (draft.quorum !== undefined) return malformed(line, 'there is more than one quorum');
    if (first !== quorumNone && !isDefined(draft, first)) return wrongName('the quorum is not defined above');
    draft.quorum = first;
  } else {
    return malformed(line, 'expected log, witness, group, quorum or a comment');
  }
  return undefined;
}

/**
 * The policy that the octets of a file state.
 *
 * Contract  Blanks are space and tab only; of the control characters only tab and newline may occur; octets above
 *           0x7F are opaque. Every line ends in a newline.
 */
export function parsePolicy(bytes: Uint8Array, sha256: Sha256 = pureSha256): Result<Policy> {
  if (bytes.some((octet) => (octet < 0x20 && octet !== 0x09 && octet !== 0x0a) || octet === 0x7f)) {
    return refuse('PolicyMalformed', 'A policy must not have control characters other than tab and newline.');
  }
  const lines = toOctets(bytes).split('\n');
  if (lines.pop() !== '')
    return refuse('PolicyMalformed', 'The last line of a policy must end in a newline.');
  const draft: Draft = { logs: [], witnesses: [], groups: [], taken: new Set(), quorum: undefined };
  for (const [at, line] of lines.entries()) {
    const words = line.split(/[ \t]+/).filter((word) => word !== '');
    if (words.length === 0 || words[0]!.startsWith('#')) continue;
    if (Math.max(draft.logs.length, draft.witnesses.length, draft.groups.length) >= definitionsMax) {
      return malformed(at + 1, `more than ${definitionsMax} definitions`);
    }
    const refused = takeLine(draft, words, at + 1, sha256);
    if (refused !== undefined) return refused;
  }
  const { logs, witnesses, groups, quorum } = draft;
  if (quorum === undefined) return refuse('PolicyMalformed', 'The policy has no quorum.');
  return accept({ logs, witnesses, groups, quorum });
}

/**
 * The octets of a policy in its one spelling: logs, witnesses, groups and the quorum, single blanks, no comments and no
 * addresses; a threshold of all members is `all`, another of one is `any`.
 *
 * Law     `parsePolicy` reads from it the same policy without addresses, and the spelling of that is the same again.
 */
export function formatPolicy({ logs, witnesses, groups, quorum }: Policy): Uint8Array {
  const keyOf = ({ key }: { readonly key: VerifierKey }): string =>
    toOctets(utf8ToBytes(formatVerifierKey(key)));
  const threshold = (at: number, of: number): string => (at === of ? 'all' : at === 1 ? 'any' : String(at));
  const lines = [
    ...logs.map((log) => `log ${keyOf(log)}`),
    ...witnesses.map((witness) => `witness ${witness.name} ${keyOf(witness)}`),
    ...groups.map(({ name, threshold: at, members }) =>
      ['group', name, threshold(at, members.length), ...members].join(' '),
    ),
    `quorum ${quorum}`,
  ];
  return Uint8Array.from(`${lines.join('\n')}\n`, (octet) => octet.charCodeAt(0));
}

/** The keys a policy speaks of. */
export function policyKeys({ logs, witnesses }: Policy): CheckpointKeys {
  return { logs: logs.map(({ key }) => key), witnesses: witnesses.map(({ key }) => key) };
}

/**
 * Says whether the witnesses whose names are given are enough [LG-47].
 *
 * Cost    Each group is counted once, in the order of definition, so nesting costs nothing.
 */
export function isQuorum({ groups, quorum, witnesses }: Policy, cosigners: ReadonlySet<string>): boolean {
  if (quorum === quorumNone) return true;
  const witnessed = new Set(witnesses.map(({ name }) => name).filter((name) => cosigners.has(name)));
  for (const { name, threshold, members } of groups) {
    if (members.filter((member) => witnessed.has(member)).length >= threshold) witnessed.add(name);
  }
  return witnessed.has(quorum);
}

/**
 * The checkpoint that `bytes` state, if the policy holds for it: signed by one of the logs, cosigned by a quorum.
 *
 * Contract  `bytes` may come from an adversary. The times of the cosignatures are for the caller to judge.
 */
export async function verifyByPolicy(
  bytes: Uint8Array,
  policy: Policy,
  ed25519: Ed25519,
): Promise<Result<VerifiedCheckpoint>> {
  const checkpoint = await verifyCheckpoint(bytes, policyKeys(policy), ed25519);
  if (!checkpoint.ok) {
    return checkpoint.problem.kind === 'LogSignatureMissing'
      ? refuse('LogUnknown', 'No log of the policy has signed the checkpoint for its own origin.')
      : checkpoint;
  }
  const signers = new Set(checkpoint.value.cosignatures.map(({ key }) => key));
  const names = policy.witnesses.filter(({ key }) => signers.has(key)).map(({ name }) => name);
  return isQuorum(policy, new Set(names))
    ? checkpoint
    : refuse('QuorumMissed', `The ${names.length} known cosignatures are no quorum.`);
}
