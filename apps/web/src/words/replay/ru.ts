/** Russian: the replay. The keys are those of `en.ts`. */
import type { Translation } from '../form/translation.ts';
import type english from './en.ts';

export default {
  'replay.title': 'Повтор',
  'replay.lead': 'Табло, каким оно было после любого акта. Ничто здесь не меняет протокола.',
  'replay.slider': 'Место в протоколе',
  'replay.at': 'Актов: {{position}} из {{of}}',
  'replay.play': 'Воспроизвести',
  'replay.pause': 'Пауза',
  'replay.first': 'В начало',
  'replay.last': 'В конец',
  'replay.back': 'На акт назад',
  'replay.next': 'На акт вперёд',
  'replay.speed': 'Актов в секунду',
  'replay.end': 'Это конец: то же, что текущее табло.',
} satisfies Translation<typeof english>;
