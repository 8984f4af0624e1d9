/** Ukrainian: the replay. The keys are those of `en.ts`. */
import type { Translation } from '../form/translation.ts';
import type english from './en.ts';

export default {
  'replay.title': 'Повтор',
  'replay.lead': 'Табло, яким воно було після будь-якого акта. Ніщо тут не змінює протоколу.',
  'replay.slider': 'Місце в протоколі',
  'replay.at': 'Актів: {{position}} з {{of}}',
  'replay.play': 'Відтворити',
  'replay.pause': 'Пауза',
  'replay.first': 'На початок',
  'replay.last': 'У кінець',
  'replay.back': 'На акт назад',
  'replay.next': 'На акт уперед',
  'replay.speed': 'Актів за секунду',
  'replay.end': 'Це кінець: те саме, що поточне табло.',
} satisfies Translation<typeof english>;
