/**
 * What may stand between a reader and the real node: a liar, or a network that fails. It passes everything on, byte for
 * byte, except the paths it was told to falsify, and as long as the network is there.
 */
import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What to answer instead: other bytes, or nothing (404). Undefined passes the true answer on. */
export type Lie = (path: string, truth: Buffer) => Buffer | 'missing' | undefined;

/** `there`; `silent`: connections stay open and nothing comes through; `gone`: every connection ends at once. */
export type Network = 'there' | 'silent' | 'gone';

export interface HostileNode {
  readonly url: string;
  tell(lie: Lie | undefined): void;
  /** What is open keeps its bytes while the network is silent, and ends when that is over. */
  setNetwork(network: Network): void;
  stop(): Promise<void>;
}

export async function startHostileNode(target: string): Promise<HostileNode> {
  let lie: Lie | undefined;
  let network: Network = 'there';
  const answers = new Set<ServerResponse>();
  const to = new URL(target);
  const server = createServer((asked, answer) => {
    if (network === 'gone') {
      answer.destroy();
      return;
    }
    answers.add(answer);
    answer.on('close', () => answers.delete(answer));
    if (network === 'silent') return;
    const path = asked.url ?? '/';
    const passed = request(
      {
        host: to.hostname,
        port: to.port,
        path,
        method: asked.method,
        headers: { ...asked.headers, host: to.host, 'accept-encoding': 'identity' },
      },
      (truth) => {
        if (lie === undefined || path.startsWith('/v1/stream')) {
          answer.writeHead(truth.statusCode ?? 502, truth.headers);
          truth.on('data', (chunk: Buffer) => {
            if (network === 'there') answer.write(chunk);
          });
          truth.on('end', () => {
            if (network === 'there') answer.end();
          });
          return;
        }
        const chunks: Buffer[] = [];
        truth.on('data', (chunk: Buffer) => chunks.push(chunk));
        truth.on('end', () => {
          const body = Buffer.concat(chunks);
          const said = lie?.(path, body);
          if (said === 'missing') {
            answer.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
            return;
          }
          const headers = { ...truth.headers };
          delete headers['content-length'];
          delete headers.etag;
          answer.writeHead(truth.statusCode ?? 502, headers).end(said ?? body);
        });
      },
    );
    passed.on('error', () => answer.destroy());
    answer.on('close', () => passed.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    tell: (next) => {
      lie = next;
    },
    setNetwork: (next) => {
      network = next;
      if (next !== 'silent') for (const answer of answers) answer.destroy();
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
