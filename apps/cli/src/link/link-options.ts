/** The options of `homeward link` and `homeward dedupe`, read and checked. */
import {
  columnKinds,
  type ColumnMapping,
  type ComparedColumn,
  type LabelledPair,
  type LinkSettings,
  type Model,
} from '@homeward/core/linkage';
import { err, ok, type Result } from '@homeward/core/result';
import { readLabels } from '@homeward/lists/files';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

export interface LinkOptions {
  readonly files: readonly string[];
  /** Everything that is read: the lists, and what options name besides. */
  readonly inputs: readonly string[];
  readonly out: string | undefined;
  readonly json: string | undefined;
  readonly report: string | undefined;
  readonly rejects: string | undefined;
  readonly clusters: string | undefined;
  readonly explain: string | undefined;
  readonly explanations: string | undefined;
  readonly modelFile: string | undefined;
  readonly workers: number;
  readonly mapping: ColumnMapping;
  readonly settings: LinkSettings;
}

/** What `link` and `dedupe` say alike of their options. */
export const sharedUsage = `  --threshold P      probability from which a pair is a match
  --review P         probability from which a pair is put before a person
  --margin BITS      how far a match must lie ahead of its rival
  --workers N        threads, 1 to 256 (as many as the machine has)
  --mapping FILE     JSON that names columns: {"Прізвище": "family_name", "№": "id"}
  --explain ID,ID    why these two are a pair or are none
  --model FILE       weights to use; where FILE is not there, those learned are written to it
  --labels FILE      pairs that somebody judged, CSV with id_a, id_b, match (1 or 0): none are needed; those given teach
                     the weights, and precision and recall over them are told
  --report FILE      a page of its own with charts and the pairs to review; it holds names
  --explanations FILE
                     the same for every pair of the result, each a line of JSON; it holds names
  --json FILE        counts, model and columns as JSON
  --rejects FILE     where rows that cannot be read are put aside (OUT.rejects.csv or LIST.csv.rejects.csv)

Exit: 0 done, 2 bad usage or input.
`;

/** Every file that a run may write, by option, for those that were named. */
export function toOutputs(options: LinkOptions): Readonly<Record<string, string | undefined>> {
  const { out, clusters, explanations, json, report, rejects, modelFile } = options;
  const model = modelFile === undefined || existsSync(modelFile) ? undefined : modelFile;
  return {
    '--out': out,
    '--clusters': clusters,
    '--explanations': explanations,
    '--json': json,
    '--report': report,
    '--rejects': rejects,
    '--model': model,
  };
}

/** Reads a mapping file: `{"columns": {"surname": "family_name", "email": {"name": "email", "kind": "identifier"}}}`. */
function parseMapping(path: string): ColumnMapping | string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return `${path}: ${error instanceof Error ? error.message : 'cannot be read'}`;
  }
  const columns: unknown =
    typeof parsed === 'object' && parsed !== null && 'columns' in parsed ? parsed.columns : parsed;
  if (typeof columns !== 'object' || columns === null) return `${path}: an object of columns was expected`;
  const mapping: Record<string, string | ComparedColumn> = {};
  for (const [header, to] of Object.entries(columns as Record<string, unknown>)) {
    if (typeof to === 'string') mapping[header] = to;
    else if (
      typeof to === 'object' &&
      to !== null &&
      'kind' in to &&
      typeof to.kind === 'string' &&
      columnKinds.some((kind) => kind === to.kind)
    ) {
      const name = 'name' in to && typeof to.name === 'string' ? to.name : header;
      mapping[header] = { name, kind: to.kind as ComparedColumn['kind'] };
    } else
      return `${path}: column "${header}": a known column name, or {"name", "kind"} with a kind of ${columnKinds.join(', ')}, was expected`;
  }
  return mapping;
}

function parseShare(text: string | undefined, name: string): number | undefined | string {
  if (text === undefined) return undefined;
  const value = Number(text);
  return value > 0 && value < 1
    ? value
    : `--${name}: a probability between 0 and 1 was expected, not "${text}"`;
}

/** Reads the command line. `files` is checked by the command, which knows how many it wants. */
export function parseOptions(args: readonly string[]): Result<LinkOptions, string> {
  let values;
  let positionals: string[];
  try {
    ({ values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        json: { type: 'string' },
        report: { type: 'string' },
        rejects: { type: 'string' },
        clusters: { type: 'string' },
        explain: { type: 'string' },
        explanations: { type: 'string' },
        model: { type: 'string' },
        labels: { type: 'string' },
        workers: { type: 'string' },
        mapping: { type: 'string' },
        threshold: { type: 'string' },
        review: { type: 'string' },
        margin: { type: 'string' },
        'one-to-one': { type: 'boolean' },
        many: { type: 'boolean' },
      },
    }));
  } catch (error) {
    return err(error instanceof Error ? error.message : 'the options cannot be read');
  }
  const threshold = parseShare(values.threshold, 'threshold');
  const review = parseShare(values.review, 'review');
  if (typeof threshold === 'string') return err(threshold);
  if (typeof review === 'string') return err(review);
  if (values['one-to-one'] === true && values.many === true)
    return err('--one-to-one and --many exclude each other');
  const workers = values.workers === undefined ? availableParallelism() : Number(values.workers);
  if (!Number.isInteger(workers) || workers < 1 || workers > 256)
    return err('--workers: a whole number from 1 to 256 was expected');
  const margin = values.margin === undefined ? undefined : Number(values.margin);
  if (margin !== undefined && !(margin >= 0)) return err('--margin: bits, 0 or more, were expected');
  let mapping: ColumnMapping = {};
  if (values.mapping !== undefined) {
    const read = parseMapping(values.mapping);
    if (typeof read === 'string') return err(read);
    mapping = read;
  }
  let model: Model | undefined;
  if (values.model !== undefined && existsSync(values.model)) {
    try {
      model = JSON.parse(readFileSync(values.model, 'utf8')) as Model;
    } catch {
      return err(`${values.model}: is not a model written by this program`);
    }
    if (!Array.isArray((model as Partial<Model> | null)?.fields) || (model as Partial<Model>).version !== 1)
      return err(`${values.model}: is not a model written by this program`);
  }
  let labels: readonly LabelledPair[] | undefined;
  if (values.labels !== undefined) {
    const read = readLabels(values.labels);
    if (!read.ok) return read;
    labels = read.value;
  }
  const settings: LinkSettings = {
    ...(threshold === undefined ? {} : { threshold }),
    ...(review === undefined ? {} : { review }),
    ...(margin === undefined ? {} : { margin }),
    ...(model === undefined ? {} : { model }),
    ...(labels === undefined ? {} : { labels }),
    oneToOne: values.many !== true,
  };
  return ok({
    files: positionals,
    inputs: [...positionals, ...[values.labels, values.mapping].filter((path) => path !== undefined)],
    out: values.out,
    json: values.json,
    report: values.report,
    rejects: values.rejects,
    clusters: values.clusters,
    explain: values.explain,
    explanations: values.explanations,
    modelFile: values.model,
    workers,
    mapping,
    settings,
  });
}
