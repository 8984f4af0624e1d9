export { standingOf } from './obligation.ts';
export type { Evidence, Nature, Obligation, Standing } from './obligation.ts';
export { forGuarantor, toReminders, toTimetable } from './timetable.ts';
export type { RecordedAct, Reminder } from './timetable.ts';
