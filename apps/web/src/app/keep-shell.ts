/** Keeps the pages in the browser, so that they open without a network. */
import { watchRenewal } from '../browser/renewal.ts';
import { toScriptAddress } from '../browser/script-address.ts';

/** Lets the browser keep the pages for use without a network. Data of the node is never kept this way. */
export function keepShell(): void {
  if (import.meta.env.DEV || !('serviceWorker' in navigator)) return;
  watchRenewal(navigator.serviceWorker);
  const register = () => {
    navigator.serviceWorker.register(toScriptAddress('/sw.js'), { scope: '/' }).catch(() => {
      // A browser may forbid it (private mode): the pages then need the node, and nothing else changes.
    });
  };
  if (document.readyState === 'complete') register();
  else addEventListener('load', register, { once: true });
}
