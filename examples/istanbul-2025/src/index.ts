/** The exchange of the demo as data: its people, its terms, its script, and a player for the rules alone. */
export type { Actor } from './actors.ts';
export type { Chooser } from './choosing.ts';
export { longestInCaptivityFirst } from './choosing.ts';
export type { PlanningFigures } from './choosing-throughout.ts';
export type { Figures } from './figures.ts';
export { figuresFor } from './figures.ts';
export type { LinkageFigures, Linker } from './linking.ts';
export { linkByEvidence } from './linking.ts';
export { plannedWith } from './planning.ts';
export type { Played } from './play.ts';
export { actFor, actorOf, play, seenIn, waitingList } from './play.ts';
export type { Paper, Payloads } from './script/payloads.ts';
export { unsealedPayloads } from './script/payloads.ts';
export { writeScript } from './script/script.ts';
export type { Seen, Task } from './script/task.ts';
export { nonceOf } from './script/task.ts';
export type { World } from './world.ts';
export { createWorld } from './world.ts';
