import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { createNodeClient } from '@homeward/contract';
import {
  canonicalText,
  encodeAct,
  preAuthEncoding,
  sealEnvelope,
  type Act,
  type KeyFingerprint,
} from '@homeward/core/exchange';
import { fingerprintOf, readKeyFile, toSigningKey } from '@homeward/server';
import { parseVerifierKey } from '@homeward/tlog';
import { toPlainText } from '../plain-text.ts';
import { readArguments, refuseInput, refuseUsage } from '../usage.ts';
import { findLog } from '../verify/log-source.ts';
import { verifyPublished } from '../verify/verify-published.ts';
import { planApproval, type Approval } from './approval.ts';

const help = `Usage: homeward approve ACT-ID --node URL --key FILE [--log-key VKEY] [--yes]

Shows the act ACT-ID decoded from its bytes and the six words of what you would sign, and signs your approval with
your own key when you say so. Everything is checked on this machine: the whole log is read from the node and
verified first, so a node or a page that shows you another act cannot have it approved.

  --node URL      your own party's node
  --key FILE      your key, made with: homeward keygen --act LABEL --out FILE
  --log-key VKEY  the log's verifier key as you were given it by another way; without it, the key that the node shows
  --yes           sign without asking; compare the six words first

Read the six words to the person who proposed it, over another channel, before you say yes.
Exit: 0 approved, 1 not approved, 2 bad usage or input.
`;

/** Reads an act and signs its approval. */
export async function run(args: readonly string[]): Promise<number> {
  const parsed = readArguments(
    args,
    {
      node: { type: 'string' },
      key: { type: 'string' },
      'log-key': { type: 'string' },
      yes: { type: 'boolean' },
    },
    help,
  );
  if (!parsed.ok) return parsed.exitCode;
  const [id, ...more] = parsed.positionals;
  const { node, key: keyFile, 'log-key': logKey, yes } = parsed.values;
  if (id === undefined || more.length > 0 || !/^[0-9a-f]{64}$/u.test(id)) {
    return refuseUsage('approve needs one act id of 64 hex digits.', help);
  }
  if (node === undefined || keyFile === undefined)
    return refuseUsage('approve needs --node and --key.', help);
  if (!/^https?:\/\//u.test(node) || !URL.canParse(node))
    return refuseUsage(`--node takes an address such as http://127.0.0.1:7402, not "${node}".`, help);
  if (logKey !== undefined && !parseVerifierKey(logKey).ok)
    return refuseUsage(
      '--log-key takes a verifier key: name+8 hex digits+base64, as keygen printed it.',
      help,
    );
  const file = await readKeyFile(keyFile);
  if (!file.ok) return refuseInput(file.says);
  if (file.key.purpose !== 'act')
    return refuseInput(`${keyFile} is a key for ${file.key.purpose}, not for acts.`);
  const key = toSigningKey(Buffer.from(file.key.privateKey, 'base64'));
  const by = fingerprintOf(key.publicKey) as KeyFingerprint;

  const client = createNodeClient(node);
  const found = await client.findAct(id);
  if (!found.ok)
    return refuseInput(`${node}: ${toPlainText(`${found.problem.title} ${found.problem.detail}`)}`);
  const log = await findLog(node);
  if (!log.ok) return refuseInput(log.says);
  const verification = await verifyPublished(log.log, logKey === undefined ? {} : { key: logKey });
  if (!verification.ok || verification.root === undefined) {
    const [first] = verification.findings;
    const why = first === undefined ? '' : toPlainText(` ${first.path} [${first.rule}]: ${first.says}`);
    process.stderr.write(
      `The log of this node does not verify; nothing was signed.${why} See: homeward verify ${node}\n`,
    );
    return 1;
  }
  const plan = planApproval(verification.ledger, id, Buffer.from(found.body.envelope, 'base64'), by);
  if (!plan.ok) {
    process.stderr.write(`${plan.says} Nothing was signed.\n`);
    return 1;
  }
  const { approval } = plan;
  process.stderr.write(toText(approval));
  if (yes !== true && !(await isAgreed())) {
    process.stderr.write('Nothing was signed.\n');
    return 1;
  }
  const act = encodeAct({
    exchange: approval.envelope.act.exchange,
    kind: approval.kind,
    body: approval.body,
    by,
    role: approval.signer.role,
    after: { size: verification.size, root: verification.root },
    nonce: randomBytes(16).toString('base64url'),
    at: new Date().toISOString(),
  } as Act);
  const submitted = await client.submitAct(sealEnvelope(act, by, key.sign(preAuthEncoding(act))));
  if (!submitted.ok) {
    const { title, detail } = submitted.problem;
    process.stderr.write(`${toPlainText(`Refused: ${title} ${detail}`)}\n`);
    return 1;
  }
  if (!('receipt' in submitted.body)) {
    process.stderr.write(
      'Signed. The host cannot be reached now: your node keeps the approval and hands it in when it can; ' +
        'it counts once the log holds it.\n',
    );
  }
  process.stdout.write(`${JSON.stringify({ approved: id, ...submitted.body })}\n`);
  return 0;
}

function toText({ envelope, kind, hash, words, sentence, signer }: Approval): string {
  const lines = JSON.stringify(JSON.parse(canonicalText(envelope.act)), null, 2).split('\n');
  const content = lines.map(toPlainText).join('\n');
  return `
${toPlainText(sentence)}

${content}

You would sign: ${kind}, as ${signer.role} of ${signer.party}
  over ${hash}
  words ${words}

`;
}

async function isAgreed(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    process.stderr.write('There is no terminal to ask at; use --yes after comparing the six words.\n');
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question('Sign? Type yes: ')).trim() === 'yes';
  } finally {
    terminal.close();
  }
}
