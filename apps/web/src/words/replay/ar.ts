/** Arabic: the replay. The keys are those of `en.ts`. */
import type { Translation } from '../form/translation.ts';
import type english from './en.ts';

export default {
  'replay.title': 'الإعادة',
  'replay.lead': 'اللوحة كما كانت بعد أي إجراء. لا شيء هنا يغيّر السجل.',
  'replay.slider': 'الموضع في السجل',
  'replay.at': 'الإجراءات: {{position}} من {{of}}',
  'replay.play': 'تشغيل',
  'replay.pause': 'إيقاف مؤقت',
  'replay.first': 'إلى البداية',
  'replay.last': 'إلى النهاية',
  'replay.back': 'إجراء إلى الخلف',
  'replay.next': 'إجراء إلى الأمام',
  'replay.speed': 'إجراءات في الثانية',
  'replay.end': 'هذه هي النهاية: مطابقة للوحة المباشرة.',
} satisfies Translation<typeof english>;
