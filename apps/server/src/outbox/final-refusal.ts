/**
 * What a host's refusal of an act is worth. Whoever answers at the host's address may be a proxy, a page of maintenance
 * or a host that lies, so a refusal is believed only when it is one of those that this program itself knows.
 *
 * Law     Final is a problem document of a known kind whose status is that of its row in the table, in the document and
 *         in the reply alike. Its words are our own where we have them, and bounded where they are the host's.
 */
import {
  findRefusalStatus,
  nodeProblems,
  toNodeProblem,
  type NodeProblemKind,
  type Problem,
} from '@homeward/contract';

/** What a host says of an act itself, before the rules of its exchange; asking again cannot change it. */
const finalKinds: ReadonlySet<NodeProblemKind> = new Set([
  'act-too-large',
  'act-malformed',
  'act-unsigned',
  'act-kind-unknown',
  'signature-wrong',
  'key-unknown',
  'opener-unknown',
  'after-unknown',
  'interlock',
  'exchange-unknown',
] as const);

/** Longest detail of a refusal that is passed on. */
const detailMax = 2_000;

/** The refusal that ends an act, in a form to pass on; nothing when asking again could give another answer. */
export function toFinalRefusal(status: number, problem: Problem): Problem | undefined {
  const { kind, detail, type } = problem;
  if (problem.status !== status || type !== `urn:homeward:problem:${kind}`) return undefined;
  if (finalKinds.has(kind as NodeProblemKind)) {
    return nodeProblems[kind as NodeProblemKind].status === status
      ? toNodeProblem(kind as NodeProblemKind, detail.slice(0, detailMax))
      : undefined;
  }
  if (findRefusalStatus(kind) !== status) return undefined;
  return { ...problem, title: problem.title.slice(0, 200), detail: detail.slice(0, detailMax) };
}
