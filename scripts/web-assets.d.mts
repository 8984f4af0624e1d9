/** Makes sure that the built pages are those of the sources at hand, and names their folder. */
export function ensureWebAssets(options?: { readonly always?: boolean }): string;
