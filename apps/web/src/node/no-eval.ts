/**
 * Tells the schema library not to compile text into code: the policy of the pages forbids it, and the library's own
 * attempt to find out would be reported as a breach. Imported before anything that parses.
 */
const place = globalThis as { __zod_globalConfig?: { jitless?: boolean } };
// Whichever comes first, this file or the library: both use the one object.
place.__zod_globalConfig ??= {};
place.__zod_globalConfig.jitless = true;
