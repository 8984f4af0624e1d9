export { LogFold } from './fold-log.ts';
export type { FoldedExchange } from './fold-log.ts';
export type { Publication, PublishedExchange, PublishedLog } from './publication.ts';
export { findMoving, toPublication } from './to-publication.ts';
export type { EnteredClaims } from './to-publication.ts';
