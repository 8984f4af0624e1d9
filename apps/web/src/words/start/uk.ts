/** Ukrainian: the start page. The keys are those of `en.ts`. */
import type { Translation } from '../form/translation.ts';
import type english from './en.ts';

export default {
  'start.title': 'Щоб люди поверталися додому',
  'start.lead':
    'Цей вузол бере участь в обмінах між державами, які не мусять довіряти одна одній. Усе, що вони роблять разом, — один підписаний протокол; кожен вузол зберігає його повністю і перевіряє сам.',
  'start.exchanges': 'Обміни',
  'start.noExchange': 'Жодного обміну ще не відкрито.',
  'start.nodes': 'Вузли',
  'start.nodes.lead':
    'Кожен зберігає власну копію протоколу. Відкрийте сторінку іншого, щоб побачити те саме табло звідти.',
  'start.this': 'ця сторінка',
  'start.open': 'Відкрити його сторінку',
  'start.record': 'Протокол',
  'start.replay': 'Повтор',
  'start.verified': 'Підтверджені повернення',
  'start.alarms': 'Цей вузол подає тривогу',
  'start.noAnswer': 'Вузол не відповідає. Те, що тут стоїть, отримано {{ago}}.',
  'start.asking': 'Запитуємо вузол …',
  'start.size': 'Актів зберігається',
  'start.cosigned': 'Підписали як свідки',
  'start.role': 'Роль',
  'start.heard': 'Останній зв’язок',
  'start.name': 'Вузол',
  'start.gallery': 'Кожна складова в кожному стані',
  'node.host': 'веде журнал',
  'node.party': 'сторона',
  'node.observer': 'спостерігач',
  'alarm.fork': 'Дві історії: контрольні точки суперечать одна одній',
  'alarm.rollback': 'Журнал повернувся до старішої контрольної точки',
  'alarm.rewrite': 'Вміст журналу не відповідає підписаному кореню',
  'alarm.dropped-act': 'Акта немає в журналі або він не на обіцяному місці',
  'alarm.other-witness': 'Обмін допускає цю сторону з іншим ключем свідка, ніж у цього вузла',
  'alarm.refused-act': 'У журналі є акт, який правила відхиляють',
  'alarm.frozen': 'За дозволений час не з’явилося новішої контрольної точки',
  'alarm.store': 'Дані самого вузла не відповідають тому, що він підписав',
} satisfies Translation<typeof english>;
