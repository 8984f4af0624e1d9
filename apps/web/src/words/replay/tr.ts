/** Turkish: the replay. The keys are those of `en.ts`. */
import type { Translation } from '../form/translation.ts';
import type english from './en.ts';

export default {
  'replay.title': 'Tekrar',
  'replay.lead': 'Panonun herhangi bir işlemden sonraki hâli. Buradaki hiçbir şey kaydı değiştirmez.',
  'replay.slider': 'Kayıttaki yer',
  'replay.at': '{{of}} işlemin {{position}} tanesinden sonra',
  'replay.play': 'Oynat',
  'replay.pause': 'Duraklat',
  'replay.first': 'Başa',
  'replay.last': 'Sona',
  'replay.back': 'Bir işlem geri',
  'replay.next': 'Bir işlem ileri',
  'replay.speed': 'Saniyede işlem',
  'replay.end': 'Burası son: canlı panonun aynısı.',
} satisfies Translation<typeof english>;
