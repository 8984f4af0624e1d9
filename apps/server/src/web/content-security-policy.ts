/**
 * What a page of this node may load and do: its own files and nothing else, and no string becomes code but through
 * the one policy of the pages, which makes addresses of its own files only. It goes out with scripts too, because a
 * worker obeys the policy its own file came with.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types homeward',
].join('; ');
