/**
 * Tells the schema library not to compile text into code: the policy of the pages forbids it, and the library's own
 * attempt to find out would be reported as a breach. Workers import this first; the page
 * itself does the same in `first-paint.js`, before any module is read.
 */
const place = globalThis as { __zod_globalConfig?: { jitless?: boolean } };
// Whichever comes first, this file or the library: both use the one object.
place.__zod_globalConfig ??= {};
place.__zod_globalConfig.jitless = true;
