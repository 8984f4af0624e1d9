/**
 * What every request passes before a route sees it, and what every response carries.
 *
 * Why     A page of another origin must not speak to a node on the same machine: a Host header that is not this
 *         node's (DNS rebinding) is refused, and so is any request that changes something and that the browser
 *         says comes from another site. No response allows another origin to read it.
 */
import type { MiddlewareHandler } from 'hono';
import { contentSecurityPolicy } from '../web/content-security-policy.ts';
import { nodeProblem } from './problem-reply.ts';

const headers: readonly (readonly [string, string])[] = [
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
  ['x-frame-options', 'DENY'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['permissions-policy', 'geolocation=(), microphone=(), payment=(), usb=()'],
  ['content-security-policy', contentSecurityPolicy],
];

export interface GuardOptions {
  /** Host header values this node answers to, lowercase, with port where it is not the scheme's own. */
  readonly isOwnHost: (host: string) => boolean;
}

export function guard({ isOwnHost }: GuardOptions): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header('host')?.toLowerCase() ?? '';
    const isForeign =
      c.req.method !== 'GET' && c.req.method !== 'HEAD' && c.req.header('sec-fetch-site') === 'cross-site';
    if (!isOwnHost(host)) c.res = nodeProblem('host-unexpected', 'Ask this node by the name it was given.');
    else if (isForeign) c.res = nodeProblem('not-authenticated', 'Pages of another site may not act here.');
    else await next();
    for (const [name, value] of headers) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  };
}

/** The names of a node: what it listens on, and for a loopback address every spelling of loopback. */
export function ownHosts(listen: {
  readonly host: string;
  readonly port: number;
  readonly names: readonly string[];
}) {
  const loopback = ['127.0.0.1', 'localhost', '[::1]'];
  const isLoopback = ['127.0.0.1', 'localhost', '::1'].includes(listen.host);
  const bare = isLoopback ? loopback : [listen.host.includes(':') ? `[${listen.host}]` : listen.host];
  const names = new Set([
    ...listen.names.map((name) => name.toLowerCase()),
    ...bare.map((name) => `${name}:${String(listen.port)}`),
    ...(listen.port === 80 ? bare : []),
  ]);
  return (host: string): boolean => names.has(host);
}
