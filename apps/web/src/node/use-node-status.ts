/** What this page's node says of itself, asked again every few seconds. */
import { useQuery } from '@tanstack/react-query';
import { createNodeClient, type NodeStatus } from '@homeward/contract';

/** The node this page came from; the only one a page asks for data. */
export const node = createNodeClient(location.origin);

/** A node's answer that was a problem instead. */
export class NodeFault extends Error {
  override readonly name = 'NodeFault';
  readonly kind: string;
  constructor(problem: { readonly kind: string; readonly title: string }) {
    super(problem.title);
    this.kind = problem.kind;
  }
}

/** What this page's node says of itself, asked again every five seconds; kept on show while it is silent. */
export function useNodeStatus() {
  return useQuery<NodeStatus>({
    queryKey: ['status'],
    queryFn: async () => {
      const reply = await node.getStatus();
      if (!reply.ok) throw new NodeFault(reply.problem);
      return reply.body;
    },
    refetchInterval: 5000,
    refetchIntervalInBackground: true,
  });
}
