export { ReleasedCount, sumReleased, toReleased } from './release.ts';
export type { PublicationRules, Released } from './release.ts';
