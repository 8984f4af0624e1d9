/** What both commands do with a result: files, explanations, the coverage statement. */
import {
  describeCoverage,
  describeExplanation,
  explainPair,
  scoreResult,
  writeReport,
  type LinkResult,
} from '@homeward/core/linkage';
import { toExplanationLines, toPairLines } from '@homeward/lists';
import { writeLines } from '@homeward/lists/files';
import { existsSync } from 'node:fs';
import type { LinkOptions } from './link-options.ts';
import { toPlainLines } from '../plain-text.ts';
import { describeLabels } from './describe-labels.ts';
import { Progress } from './progress.ts';

/** Splits `A,B` where both halves are ids; ids may hold commas themselves. */
function splitIds(text: string, result: LinkResult): readonly [string, string] | undefined {
  const left = new Set(result.leftIds);
  const right = new Set(result.rightIds);
  for (let at = text.indexOf(','); at >= 0; at = text.indexOf(',', at + 1)) {
    const pair = [text.slice(0, at).trim(), text.slice(at + 1).trim()] as const;
    if (left.has(pair[0]) && right.has(pair[1])) return pair;
  }
  return undefined;
}

/** Writes everything that was asked for; returns the exit code. */
export function finishRun(result: LinkResult, options: LinkOptions): number {
  const labels = scoreResult(result);
  if (options.modelFile !== undefined && !existsSync(options.modelFile))
    writeLines(options.modelFile, [`${JSON.stringify(result.model, undefined, 1)}\n`]);
  if (options.json !== undefined)
    writeLines(options.json, [
      `${JSON.stringify({ coverage: result.coverage, model: result.model, compared: result.compared, ignored: result.ignored, labels }, undefined, 1)}\n`,
    ]);
  if (options.report !== undefined) writeLines(options.report, [writeReport(result)]);
  if (options.explanations !== undefined) {
    const progress = new Progress();
    writeLines(
      options.explanations,
      toExplanationLines(result, (share) => progress.show('explaining', share)),
    );
    progress.end();
  }
  if (options.explain !== undefined) {
    const ids = splitIds(options.explain, result);
    const explanation = ids === undefined ? undefined : explainPair(result, ids[0], ids[1]);
    if (explanation === undefined) {
      process.stderr.write('--explain: LEFT-ID,RIGHT-ID of the two lists was expected\n');
      return 2;
    }
    process.stdout.write(toPlainLines(describeExplanation(explanation)));
    if (options.out !== undefined) writeLines(options.out, toPairLines(result));
  } else writeLines(options.out, toPairLines(result));
  if (result.ignored.length > 0)
    process.stderr.write(toPlainLines([`columns not compared: ${result.ignored.join(', ').slice(0, 300)}`]));
  process.stderr.write(`${describeCoverage(result)}\n`);
  if (labels !== undefined) process.stderr.write(`${describeLabels(labels)}\n`);
  return 0;
}
