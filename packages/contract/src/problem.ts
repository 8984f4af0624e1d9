/**
 * How a node says no: RFC 9457 problem documents (`application/problem+json`), one row per kind.
 *
 * A reader who has only the reply finds here what it means and what to do. Titles are fixed per kind; `detail`
 * says what was found this time. No problem carries personal data, a stack trace or a value from a payload.
 */
import * as z from 'zod';

/** What a problem kind means, for every reply of that kind. */
export interface ProblemRow {
  readonly status: number;
  readonly title: string;
}

/** Refusals of the node itself: before, around and besides the rules of an exchange. */
export const nodeProblems = {
  // the request
  'route-unknown': { status: 404, title: 'There is nothing at this address.' },
  'method-unknown': { status: 405, title: 'This address does not take that method.' },
  'request-malformed': { status: 400, title: 'The request does not have the form this address takes.' },
  'host-unexpected': { status: 421, title: 'The Host header does not name this node.' },
  'media-type-unknown': { status: 415, title: 'The body is not of a type this address takes.' },
  'body-too-large': { status: 413, title: 'The body is larger than this address takes.' },
  'role-differs': { status: 404, title: 'A node of this role does not do that.' },
  'not-authenticated': { status: 401, title: 'The request is not signed by a key this node knows.' },
  'not-addressed': { status: 403, title: 'The payload is not addressed to the party that asks.' },
  // an act, before the rules of its exchange are asked
  'act-too-large': { status: 413, title: 'The act is larger than a log entry may be (65,535 bytes).' },
  'act-malformed': { status: 400, title: 'The body is not an envelope of one act in its canonical form.' },
  'act-unsigned': { status: 400, title: 'The act carries no signature.' },
  'act-kind-unknown': { status: 400, title: 'No act of this kind exists.' },
  'signature-wrong': { status: 403, title: 'The signature does not verify under the key the act names.' },
  'key-unknown': { status: 403, title: 'The act is signed by a key that is not enrolled.' },
  'opener-unknown': { status: 403, title: 'The key that signed may not open an exchange in this log.' },
  'after-unknown': { status: 409, title: 'The act names a checkpoint that this log never had.' },
  interlock: { status: 409, title: 'The database’s own interlock refuses the act.' },
  'exchange-unknown': { status: 404, title: 'No exchange of this id is in the log.' },
  // things asked for
  'act-unknown': { status: 404, title: 'No act of this id is in the log.' },
  'payload-unknown': { status: 404, title: 'No payload of this hash is kept here.' },
  'payload-erased': { status: 410, title: 'The payload was erased: its keys were destroyed.' },
  'payload-differs': { status: 422, title: 'The payload’s ciphertext does not hash to its address.' },
  'payload-malformed': { status: 400, title: 'The body is not a sealed payload.' },
  'payload-conflict': { status: 409, title: 'A payload of this hash is kept with other recipients.' },
  'log-unknown': { status: 404, title: 'The log has no such tile or checkpoint.' },
  // the node
  'host-unreachable': {
    status: 502,
    title: 'The host did not answer. The act is kept and will be sent again.',
  },
  'slow-down': { status: 429, title: 'The party has sent more than its allowance. Send again later.' },
  overloaded: { status: 503, title: 'The node has too much waiting. Send again later.' },
  stopping: { status: 503, title: 'The node is stopping. Send again when it is back.' },
  halted: {
    status: 503,
    title: 'The node found something wrong with the log and accepts nothing until an operator has looked.',
  },
  frozen: {
    status: 503,
    title:
      'The node has seen nothing recent of the log and takes nothing that lets people move until it has.',
  },
  broken: { status: 500, title: 'The node failed. The act was not acknowledged.' },
} as const satisfies Record<string, ProblemRow>;

export type NodeProblemKind = keyof typeof nodeProblems;

export const problemMediaType = 'application/problem+json';

/** A problem document. Members beyond these are facts of the refusal, by the names the core gives them. */
export const Problem = z
  .looseObject({
    type: z.string().describe('URN of the kind: `urn:homeward:problem:<kind>`.'),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    kind: z.string(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

/** A problem of the node itself. */
export function toNodeProblem(kind: NodeProblemKind, detail: string): Problem {
  const { status, title } = nodeProblems[kind];
  return { type: `urn:homeward:problem:${kind}`, title, status, detail, kind };
}
