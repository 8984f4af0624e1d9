/** For reporters: what a verified return is, how it is counted, how to check it with tools of others. */
import type { Words } from '../words/words.ts';
import { markup, type Piece } from './html.ts';
import { toRoot } from './page.ts';

const questions = [
  ['reporters.what', 'reporters.whatText'],
  ['reporters.how', 'reporters.howText'],
  ['reporters.not', 'reporters.notText'],
  ['reporters.delay', 'reporters.delayText'],
] as const;
const steps = ['reporters.step1', 'reporters.step2', 'reporters.step3', 'reporters.step4'] as const;

export function toReportersPage(words: Words): Piece {
  const { texts } = words;
  return markup`<h1>${texts['reporters.title']}</h1>
    ${questions.map(
      ([title, text]) =>
        markup`<h2>${texts[title]}</h2>
          <p>${texts[text]}</p>`,
    )}
    <h2>${texts['reporters.ten']}</h2>
    <ol>
      ${steps.map((step) => markup`<li>${texts[step]}</li>`)}
    </ol>
    <p><a href="${toRoot('reporters/')}${words.language}/verify/">${texts.check}</a></p>
    <h2>${texts['reporters.quote']}</h2>
    <p>${texts['reporters.quoteText']}</p>
    <h2>${texts['reporters.questions']}</h2>
    <p>${texts['reporters.questionsText']}</p>`;
}
