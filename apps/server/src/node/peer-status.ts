/** What a node knows of the others, for its status. */
import type { NodeRole, NodeStatus } from '@homeward/contract';
import type { Peer } from '@homeward/store';

export function toPeerStatus(
  stored: readonly Peer[],
  known: readonly { readonly name: string; readonly url: string; readonly role: NodeRole }[],
): NodeStatus['peers'] {
  return known.map(({ name, url, role }) => {
    const peer = stored.find((each) => each.name === name);
    return {
      name,
      url,
      role,
      ...(peer?.lastHeard === undefined ? {} : { lastHeard: peer.lastHeard }),
      ...(peer?.lastSize === undefined ? {} : { size: peer.lastSize }),
    };
  });
}
