/** Another node and when it was last heard of. */
export interface Peer {
  readonly name: string;
  readonly url: string;
  /** RFC 3339 UTC. */
  readonly lastHeard?: string;
  /** Largest log size it showed. */
  readonly lastSize?: number;
  readonly lastProblem?: string;
}

export interface PeerRepository {
  put(name: string, url: string): Promise<void>;
  heard(name: string, size: number | undefined): Promise<void>;
  failed(name: string, problem: string): Promise<void>;
  all(): Promise<readonly Peer[]>;
}
