import fc from 'fast-check';

/**
 * In continuous integration properties start from one seed, so that a red gate speaks of the change and not of chance.
 * Everywhere else each run explores anew; what it finds becomes an example of its own.
 */
if (process.env['CI'] === 'true') fc.configureGlobal({ seed: 20250523 });
