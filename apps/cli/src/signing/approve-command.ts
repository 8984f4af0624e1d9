import { toPlainText } from '../plain-text.ts';
import { readArguments, refuseInput, refuseUsage } from '../usage.ts';
import { planApproval, type Approval } from './approval.ts';
import { isAgreed, toShownAct } from './consent.ts';
import { sessionOptions, openSession } from './signing-session.ts';

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
  const parsed = readArguments(args, sessionOptions, help);
  if (!parsed.ok) return parsed.exitCode;
  const [id, ...more] = parsed.positionals;
  const { node, key: keyFile, 'log-key': logKey, yes } = parsed.values;
  if (id === undefined || more.length > 0 || !/^[0-9a-f]{64}$/u.test(id)) {
    return refuseUsage('approve needs one act id of 64 hex digits.', help);
  }
  const opened = await openSession({ command: 'approve', help, node, keyFile, logKey });
  if (!opened.ok) return opened.exitCode;
  const { session } = opened;
  const found = await session.client.findAct(id);
  if (!found.ok)
    return refuseInput(
      `${session.client.baseUrl}: ${toPlainText(`${found.problem.title} ${found.problem.detail}`)}`,
    );
  const plan = planApproval(session.ledger, id, Buffer.from(found.body.envelope, 'base64'), session.by);
  if (!plan.ok) {
    process.stderr.write(`${plan.says} Nothing was signed.\n`);
    return 1;
  }
  const { approval } = plan;
  const unwitnessed = session.findUnwitnessed(approval.envelope.act.exchange);
  if (unwitnessed !== undefined) {
    process.stderr.write(`${unwitnessed} Nothing was signed.\n`);
    return 1;
  }
  process.stderr.write(toText(approval));
  if (!(await isAgreed(yes))) return 1;
  const { kind, body, signer, envelope } = approval;
  const signed = session.sign({ exchange: envelope.act.exchange, kind, role: signer.role, body });
  return session.handIn(signed, { approved: id });
}

function toText({ envelope, kind, hash, words, sentence, signer }: Approval): string {
  return `
${toPlainText(sentence)}

${toShownAct(envelope.act)}

You would sign: ${kind}, as ${signer.role} of ${signer.party}
  over ${hash}
  words ${words}

`;
}
