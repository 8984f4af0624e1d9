/** The keys of one node: made once by `homeward keygen`, loaded at every start. */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { generateSealingKeys } from '@homeward/contract/sealing';
import { formatVerifierKey, toVerifierKey, type KeyType, type NoteSigner } from '@homeward/tlog';
import { generateSigningKey, toSigningKey, type SigningKey } from './ed25519.ts';
import { readKeyFile, writeKeyFile, type KeyFile, type KeyPurpose } from './key-file.ts';

export interface SealingKey {
  readonly publicKey: Uint8Array;
  readonly privateKey: Uint8Array;
}

/** What a node holds. A host has no sealing key: it opens nothing, whoever seizes it. */
export interface HostKeys {
  readonly role: 'host';
  readonly log: NoteSigner;
  readonly receipt: NoteSigner;
}

export interface MemberKeys {
  readonly role: 'party' | 'observer';
  readonly witness: NoteSigner;
  readonly sealing: SealingKey;
  /** Signs this node's own requests for payloads. */
  readonly node: SigningKey;
}

export type NodeKeys = HostKeys | MemberKeys;

export type NodeKeysResult =
  { readonly ok: true; readonly keys: NodeKeys } | { readonly ok: false; readonly says: string };

export interface KeyPlan {
  readonly role: 'host' | 'party' | 'observer';
  /** Name of the node, such as `party-a.example`: its witness key carries it. */
  readonly name: string;
  /** Origin of the log: its key carries it. Only a host needs it. */
  readonly origin?: string;
}

const purposesOf = {
  host: ['log', 'receipt'],
  party: ['witness', 'sealing', 'node'],
  observer: ['witness', 'sealing', 'node'],
} as const satisfies Record<KeyPlan['role'], readonly KeyPurpose[]>;

const noteTypes = { log: 'note', receipt: 'note', witness: 'cosignature' } as const satisfies Partial<
  Record<KeyPurpose, KeyType>
>;

/** Name of the key that signs receipts of a log. */
export function receiptKeyName(origin: string): string {
  return `${origin}/receipts`;
}

/** SHA-256 of a raw public key, lowercase hex: how people compare keys by telephone. */
export function fingerprintOf(publicKey: Uint8Array): string {
  return createHash('sha256').update(publicKey).digest('hex');
}

/**
 * Makes the key files a node of this role needs in `folder`, each of mode 0600, and says what became public. Rejects,
 * with nothing written, for a name that no key can carry and where a key file is already there.
 */
export async function generateNodeKeys(folder: string, plan: KeyPlan): Promise<readonly KeyFile[]> {
  const made: KeyFile[] = [];
  for (const purpose of purposesOf[plan.role]) {
    const key = await toKeyFile(purpose, nameOf(purpose, plan));
    toPublicLine(key);
    made.push(key);
  }
  await assertNoKeyThere(made.map(({ purpose }) => join(folder, `${purpose}.key`)));
  for (const key of made) await writeKeyFile(join(folder, `${key.purpose}.key`), key);
  return made;
}

/** Makes the key a person signs acts with. `label` is for the holder's own eyes and goes nowhere. */
export async function generateActKey(path: string, label: string): Promise<KeyFile> {
  const key = await toKeyFile('act', label);
  await writeKeyFile(path, key);
  return key;
}

/** The public line of a key: a vkey for keys that sign notes, base64 for the others. */
export function toPublicLine(key: KeyFile): string {
  const type = noteTypes[key.purpose as keyof typeof noteTypes] as KeyType | undefined;
  if (type === undefined) return key.publicKey;
  return formatVerifierKey(toVerifierKey({ name: key.name, type, publicKey: fromBase64(key.publicKey) }));
}

export async function loadNodeKeys(folder: string, role: KeyPlan['role']): Promise<NodeKeysResult> {
  const found = new Map<KeyPurpose, KeyFile>();
  for (const purpose of purposesOf[role]) {
    const path = join(folder, `${purpose}.key`);
    const file = await readKeyFile(path);
    if (!file.ok) {
      const remedy = file.why === 'absent' ? ' Make the keys of this node with: homeward keygen' : '';
      return { ok: false, says: file.says + remedy };
    }
    if (file.key.purpose !== purpose) {
      return { ok: false, says: `${path} holds a key for "${file.key.purpose}", not for "${purpose}".` };
    }
    if (purpose !== 'sealing' && !isPair(file.key)) {
      return { ok: false, says: `The two halves of ${path} do not belong together.` };
    }
    found.set(purpose, file.key);
  }
  const get = (purpose: KeyPurpose): KeyFile => {
    const key = found.get(purpose);
    if (key === undefined) throw new Error(`the key for ${purpose} was not loaded`);
    return key;
  };
  if (role === 'host') {
    return {
      ok: true,
      keys: { role, log: toNoteSigner(get('log'), 'note'), receipt: toNoteSigner(get('receipt'), 'note') },
    };
  }
  const sealing = get('sealing');
  return {
    ok: true,
    keys: {
      role,
      witness: toNoteSigner(get('witness'), 'cosignature'),
      sealing: { publicKey: fromBase64(sealing.publicKey), privateKey: fromBase64(sealing.privateKey) },
      node: toSigningKey(fromBase64(get('node').privateKey)),
    },
  };
}

async function assertNoKeyThere(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    if ((await stat(path).catch(() => undefined)) !== undefined) {
      throw Object.assign(new Error(`${path} exists`), { code: 'EEXIST' });
    }
  }
}

export function toNoteSigner(file: KeyFile, type: KeyType): NoteSigner {
  const { publicKey, sign } = toSigningKey(fromBase64(file.privateKey));
  return { key: toVerifierKey({ name: file.name, type, publicKey }), sign };
}

function isPair(file: KeyFile): boolean {
  const { publicKey } = toSigningKey(fromBase64(file.privateKey));
  return toBase64(publicKey) === file.publicKey;
}

function nameOf(purpose: KeyPurpose, { name, origin }: KeyPlan): string {
  if (purpose === 'log' || purpose === 'receipt') {
    if (origin === undefined) throw new RangeError('a host needs the origin of its log');
    return purpose === 'log' ? origin : receiptKeyName(origin);
  }
  return name;
}

async function toKeyFile(purpose: KeyPurpose, name: string): Promise<KeyFile> {
  if (purpose === 'sealing') {
    const { publicKey, privateKey } = await generateSealingKeys();
    return { purpose, name, publicKey: toBase64(publicKey), privateKey: toBase64(privateKey) };
  }
  const { publicKey, seed } = generateSigningKey();
  return { purpose, name, publicKey: toBase64(publicKey), privateKey: toBase64(seed) };
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}
