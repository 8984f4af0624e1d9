/** The other nodes, with the time since each was last heard. */
import type { NodeStatus } from '@homeward/contract';
import { useNow } from '../browser/use-now.ts';
import { useNodeStatus } from './use-node-status.ts';

export interface PeerHeard {
  readonly peer: NodeStatus['peers'][number];
  /** Milliseconds since this page's node heard of it; infinite where it never did. */
  readonly silent: number;
}

/**
 * When this page's node last heard of each other. The node's own times are compared with the node's own clock, and what
 * has passed since its answer is measured on this device: a clock set wrong on either makes no node look silent.
 */
export function usePeers(): readonly PeerHeard[] {
  const { data, dataUpdatedAt } = useNodeStatus();
  const now = useNow(1000);
  return (data?.peers ?? []).map((peer) => ({
    peer,
    silent:
      data === undefined || peer.lastHeard === undefined
        ? Infinity
        : Math.max(0, Date.parse(data.at) - Date.parse(peer.lastHeard)) + Math.max(0, now - dataUpdatedAt),
  }));
}
