export { toSite, verifierPath } from './to-site.ts';
export type { SiteOptions } from './to-site.ts';
