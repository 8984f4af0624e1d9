/**
 * The one Trusted Types policy of the page. Under `require-trusted-types-for 'script'` nothing else can make an
 * address of code, and this makes one only for files of this node: the service worker and built assets.
 */
declare global {
  interface Window {
    /** Trusted Types, where the browser has them. */
    readonly trustedTypes?: {
      createPolicy(
        name: string,
        rules: { createScriptURL(text: string): string },
      ): { createScriptURL(text: string): unknown };
    };
  }
}

const isOurs = (address: URL): boolean =>
  address.origin === location.origin && /^\/(?:sw\.js|assets\/[\w.-]+\.js|src\/.*)$/u.test(address.pathname);

const policy = window.trustedTypes?.createPolicy('homeward', {
  createScriptURL(text: string): string {
    const address = new URL(text, location.href);
    if (!isOurs(address)) throw new TypeError('This page runs code of its own node only.');
    return address.href;
  },
});

/** Passes an address of our own code to the browser. Throws for any other address. */
export function toScriptAddress(text: string): URL {
  return (policy?.createScriptURL(text) ?? text) as unknown as URL;
}
