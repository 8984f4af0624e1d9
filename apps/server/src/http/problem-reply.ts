/** Problem documents as HTTP responses (RFC 9457). */
import { problemMediaType, toNodeProblem, type NodeProblemKind, type Problem } from '@homeward/contract';

export function toProblemResponse(problem: Problem): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'content-type': problemMediaType, 'cache-control': 'no-store' },
  });
}

export function nodeProblem(kind: NodeProblemKind, detail: string): Response {
  return toProblemResponse(toNodeProblem(kind, detail));
}
