/** Results as lines of CSV or JSON: pairs, explanations, clusters, rows that were put aside. */
import { createExplainer, type DedupeResult, type LinkResult } from '@homeward/core/linkage';
import type { EncodedList } from '../list/list.ts';

/** A cell of CSV, quoted only where it must be. */
export function toCell(text: string): string {
  return /[",\n\r]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Lines of the pairs file, header first; each ends with a line feed. */
export function* toPairLines(result: LinkResult): Generator<string> {
  yield 'left_id,right_id,probability,weight,decision,margin\n';
  const left = result.leftIds.map(toCell);
  const right = result.rightIds === result.leftIds ? left : result.rightIds.map(toCell);
  for (const pair of result.pairs)
    yield `${left[pair.left]!},${right[pair.right]!},${pair.probability.toFixed(6)},${pair.weight.toFixed(4)},${pair.decision},${pair.margin.toFixed(4)}\n`;
}

/** Lines of the explanations file: for each pair, in the order of the pairs file, its `Explanation` as JSON. */
export function* toExplanationLines(result: LinkResult, report: (share: number) => void): Generator<string> {
  const explain = createExplainer(result);
  for (const [index, pair] of result.pairs.entries()) {
    report(index / result.pairs.length);
    yield `${JSON.stringify(explain(pair.left, pair.right))}\n`;
  }
}

/** Lines of the clusters file: every record with the number of its cluster; a person alone has a cluster of one. */
export function* toClusterLines(result: DedupeResult): Generator<string> {
  yield 'id,cluster\n';
  const clusterOf = new Int32Array(result.leftIds.length).fill(-1);
  for (const [index, rows] of result.clusters.entries()) for (const row of rows) clusterOf[row] = index;
  let alone = result.clusters.length;
  for (const [row, id] of result.leftIds.entries()) {
    let cluster = clusterOf[row]!;
    if (cluster < 0) {
      cluster = alone;
      alone += 1;
    }
    yield `${toCell(id)},${cluster}\n`;
  }
}

/** Lines of the rejects file. */
export function* toRejectLines(lists: readonly EncodedList[]): Generator<string> {
  yield 'file,line,reason,row\n';
  for (const list of lists) {
    for (const reject of list.rejects)
      yield `${toCell(list.path)},${reject.line},${toCell(reject.reason)},${toCell(reject.text)}\n`;
    if (list.moreRejects > 0) yield `${toCell(list.path)},,${list.moreRejects} more rows like these,\n`;
  }
}
