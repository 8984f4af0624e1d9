/** Turkish: the start page. The keys are those of `en.ts`. */
import type { Translation } from '../form/translation.ts';
import type english from './en.ts';

export default {
  'start.title': 'İnsanlar evlerine dönsün diye',
  'start.lead':
    'Bu düğüm, birbirine güvenmek zorunda olmayan güçler arasındaki değişimlere katılır. Birlikte yaptıkları tek bir imzalı kayıttır; her düğüm tümünü saklar ve kendisi denetler.',
  'start.exchanges': 'Değişimler',
  'start.noExchange': 'Henüz bir değişim açılmadı.',
  'start.nodes': 'Düğümler',
  'start.nodes.lead':
    'Her biri kaydın kendi kopyasını saklar. Aynı panoyu oradan görmek için bir başkasının sayfasını açın.',
  'start.this': 'bu sayfa',
  'start.open': 'Sayfasını aç',
  'start.record': 'Kayıt',
  'start.replay': 'Tekrar',
  'start.verified': 'Doğrulanmış dönüşler',
  'start.alarms': 'Bu düğüm alarm veriyor',
  'start.noAnswer': 'Düğüm yanıt vermiyor. Burada duranlar {{ago}} alındı.',
  'start.asking': 'Düğüme soruluyor …',
  'start.size': 'Saklanan işlemler',
  'start.cosigned': 'Birlikte imzalayanlar:',
  'start.role': 'Rol',
  'start.heard': 'Son haber',
  'start.name': 'Düğüm',
  'start.gallery': 'Her bileşen her durumda',
  'node.host': 'günlüğü tutan',
  'node.party': 'taraf',
  'node.observer': 'gözlemci',
  'alarm.fork': 'İki ayrı geçmiş: birbiriyle çelişen denetim noktaları',
  'alarm.stale': 'Günlüğü tutan düğüm yalnızca eski denetim noktaları gösteriyor',
  'alarm.rollback': 'Günlük daha eski bir denetim noktasına döndü',
  'alarm.rewrite': 'Günlüğün içeriği imzalı köküne uymuyor',
  'alarm.dropped-act': 'Bir işlem günlükte yok ya da söz verilen yerinde değil',
  'alarm.other-witness': 'Bir değişim bu tarafı, bu düğümünkinden başka bir tanık anahtarıyla kabul ediyor',
  'alarm.refused-act': 'Günlükte kuralların reddettiği bir işlem var',
  'alarm.frozen': 'İzin verilen sürede yeni denetim noktası gelmedi',
  'alarm.store': 'Düğümün kendi verileri imzaladığına uymuyor',
} satisfies Translation<typeof english>;
