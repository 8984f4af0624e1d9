/**
 * Where a person signs: their key, their own node, and the whole log of that node, read and verified on this machine.
 *
 * Law     Nothing is signed over a log that does not verify. What is signed comes after the very tree that verified.
 */
import { randomBytes } from 'node:crypto';
import { createNodeClient, type NodeClient } from '@homeward/contract';
import {
  encodeAct,
  preAuthEncoding,
  sealEnvelope,
  type Act,
  type ActKind,
  type Base64Hash,
  type KeyFingerprint,
  type Role,
} from '@homeward/core/exchange';
import { fingerprintOf, readKeyFile, toSigningKey, type SigningKey } from '@homeward/keys';
import type { Finding, Ledger } from '@homeward/ledger';
import { parseVerifierKey } from '@homeward/tlog';
import { toPlainText } from '../plain-text.ts';
import { refuseInput, refuseUsage } from '../usage.ts';
import { findLog } from '../verify/log-source.ts';
import { verifyPublished } from '../verify/verify-published.ts';

export interface SigningSession {
  readonly client: NodeClient;
  readonly by: KeyFingerprint;
  /** The signer's raw public key, base64. */
  readonly publicKey: Base64Hash;
  /** The log's state, folded here from the verified log. */
  readonly ledger: Ledger;
  /** Why the history of an exchange is not witnessed by all of its own, in words; nothing where it is. */
  findUnwitnessed(exchange: string): string | undefined;
  /** An envelope of one act by this person, after the tree that was verified. */
  sign(act: {
    readonly exchange: string;
    readonly kind: ActKind;
    readonly role: Role;
    readonly body: unknown;
  }): Uint8Array;
  /** Hands a signed act to the node; says on standard error why not, and gives the exit code. */
  handIn(envelope: Uint8Array, said: Readonly<Record<string, string>>): Promise<0 | 1>;
}

export type OpenedSession =
  { readonly ok: true; readonly session: SigningSession } | { readonly ok: false; readonly exitCode: 1 | 2 };

/** Options that every command takes by which a person signs. */
export const sessionOptions = {
  node: { type: 'string' },
  key: { type: 'string' },
  'log-key': { type: 'string' },
  yes: { type: 'boolean' },
} as const;

export interface SessionWish {
  readonly command: string;
  readonly help: string;
  readonly node: string | undefined;
  readonly keyFile: string | undefined;
  readonly logKey: string | undefined;
}

/** Reads the key, judges the options, reads and verifies the log; says on standard error what is wrong. */
export async function openSession(wish: SessionWish): Promise<OpenedSession> {
  const { command, help, node, keyFile, logKey } = wish;
  const no = (exitCode: 1 | 2): OpenedSession => ({ ok: false, exitCode });
  if (node === undefined || keyFile === undefined) {
    return no(refuseUsage(`${command} needs --node and --key.`, help));
  }
  if (!/^https?:\/\//u.test(node) || !URL.canParse(node)) {
    return no(refuseUsage(`--node takes an address such as http://127.0.0.1:7402, not "${node}".`, help));
  }
  if (logKey !== undefined && !parseVerifierKey(logKey).ok) {
    return no(
      refuseUsage('--log-key takes a verifier key: name+8 hex digits+base64, as keygen printed it.', help),
    );
  }
  const file = await readKeyFile(keyFile);
  if (!file.ok) return no(refuseInput(file.says));
  if (file.key.purpose !== 'act') {
    return no(refuseInput(`${keyFile} is a key for ${file.key.purpose}, not for acts.`));
  }
  const key = toSigningKey(Buffer.from(file.key.privateKey, 'base64'));
  const log = await findLog(node);
  if (!log.ok) return no(refuseInput(log.says));
  const verification = await verifyPublished(log.log, {
    ...(logKey === undefined ? {} : { key: logKey }),
  });
  const { root, size, ledger, findings, findingCount } = verification;
  const ofLog = findings.filter((finding) => exchangeOf(finding) === undefined);
  if (root === undefined || ofLog.length > 0 || findingCount > findings.length) {
    const first = ofLog[0] ?? findings[0];
    const why = first === undefined ? '' : toPlainText(` ${first.path} [${first.rule}]: ${first.says}`);
    process.stderr.write(
      `The log of this node does not verify; nothing was signed.${why} See: homeward verify ${node}\n`,
    );
    return no(1);
  }
  return {
    ok: true,
    session: toSession(
      { client: createNodeClient(node), key, ledger, findings },
      { size, root: root as Base64Hash },
    ),
  };
}

/** The exchange whose cosigners a finding is about: whom one exchange waits for holds up no other. */
function exchangeOf({ fault }: Finding): string | undefined {
  return fault.kind === 'witness' ? fault.exchange : undefined;
}

function toSession(
  read: {
    readonly client: NodeClient;
    readonly key: SigningKey;
    readonly ledger: Ledger;
    readonly findings: readonly Finding[];
  },
  after: Act['after'],
): SigningSession {
  const { client, key, ledger, findings } = read;
  const by = fingerprintOf(key.publicKey) as KeyFingerprint;
  return {
    client,
    by,
    publicKey: Buffer.from(key.publicKey).toString('base64') as Base64Hash,
    ledger,
    findUnwitnessed: (exchange) => {
      const finding = findings.find((each) => exchangeOf(each) === exchange);
      return finding === undefined ? undefined : toPlainText(finding.says);
    },
    sign(act) {
      const nonce = randomBytes(16).toString('base64url');
      const content = encodeAct({ ...act, by, after, nonce, at: new Date().toISOString() } as Act);
      return sealEnvelope(content, by, key.sign(preAuthEncoding(content)));
    },
    async handIn(envelope, said) {
      const submitted = await client.submitAct(envelope);
      if (!submitted.ok) {
        const { title, detail } = submitted.problem;
        process.stderr.write(`${toPlainText(`Refused: ${title} ${detail}`)}\n`);
        return 1;
      }
      if (!('receipt' in submitted.body)) {
        process.stderr.write(
          'Signed. The host cannot be reached now: your node keeps the act and hands it in when it can; ' +
            'it counts once the log holds it.\n',
        );
      }
      process.stdout.write(`${JSON.stringify({ ...said, ...submitted.body })}\n`);
      return 0;
    },
  };
}
