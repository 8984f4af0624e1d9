export { historyFile, readHistory } from './history.ts';
export type { History, HistoryEvent, HistoryFigure, HistoryTotal } from './history.ts';
