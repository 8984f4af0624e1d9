/** Lists in files, for Node: reading them, on threads where they are long, and writing results. */
export { readLabels } from './read-labels.ts';
export { readList, type ReadProgress } from './read-list.ts';
export { readLists } from './read-lists.ts';
export { writeLines } from './write-lines.ts';
