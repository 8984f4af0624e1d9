/** Arabic: the start page. The keys are those of `en.ts`. */
import type { Translation } from '../form/translation.ts';
import type english from './en.ts';

export default {
  'start.title': 'كي يعود الناس إلى بيوتهم',
  'start.lead':
    'تشارك هذه العقدة في عمليات تبادل بين قوى لا تحتاج إلى الثقة ببعضها. ما تفعله معًا هو سجل واحد موقَّع؛ وكل عقدة تحفظه كاملًا وتتحقق منه بنفسها.',
  'start.exchanges': 'عمليات التبادل',
  'start.noExchange': 'لم تُفتح أي عملية تبادل بعد.',
  'start.nodes': 'العقد',
  'start.nodes.lead': 'تحتفظ كل عقدة بنسختها من السجل. افتح صفحة عقدة أخرى لترى اللوحة نفسها من هناك.',
  'start.this': 'هذه الصفحة',
  'start.open': 'افتح صفحتها',
  'start.record': 'السجل',
  'start.replay': 'الإعادة',
  'start.verified': 'العودات المؤكدة',
  'start.alarms': 'هذه العقدة تطلق إنذارًا',
  'start.noAnswer': 'العقدة لا تجيب. ما يظهر هنا وصل {{ago}}.',
  'start.asking': 'تُسأل العقدة …',
  'start.size': 'الإجراءات المحفوظة',
  'start.cosigned': 'شارك في التوقيع',
  'start.role': 'الدور',
  'start.heard': 'آخر اتصال',
  'start.name': 'العقدة',
  'start.gallery': 'كل مكوّن في كل حالة',
  'node.host': 'مضيف',
  'node.party': 'طرف',
  'node.observer': 'مراقب',
  'alarm.fork': 'تاريخان: نقاط تحقق متناقضة',
  'alarm.stale': 'لا يعرض مضيف السجل إلا نقاط تحقق أقدم',
  'alarm.rollback': 'عاد السجل إلى نقطة تحقق أقدم',
  'alarm.rewrite': 'محتوى السجل لا يطابق جذره الموقَّع',
  'alarm.dropped-act': 'إجراء غائب عن السجل أو ليس في موضعه الموعود',
  'alarm.other-witness': 'تقبل عملية تبادل هذا الطرف بمفتاح شاهد غير مفتاح هذه العقدة',
  'alarm.refused-act': 'في السجل إجراء ترفضه القواعد',
  'alarm.frozen': 'لا نقطة تحقق أحدث في الوقت المسموح',
  'alarm.store': 'بيانات العقدة نفسها لا تطابق ما وقّعته',
} satisfies Translation<typeof english>;
