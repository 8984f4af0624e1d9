/** Every component in every state, on invented figures. Connected to nothing. */
import './gallery.css';
import { toEntryFinding, type Finding } from '@homeward/ledger';
import { Button, NativeSelect, Progress, Slider, TextInput } from '@mantine/core';
import { usePageTitle } from '../../browser/page-title.ts';
import { ExchangeCards } from '../../board/exchange-card.tsx';
import { ExchangeStatus } from '../../board/exchange-status.tsx';
import { Board } from '../../board/board.tsx';
import { Mark, type MarkKind } from '../../marks/mark.tsx';
import { Note } from '../../marks/note.tsx';
import { Changes } from '../../telling/changes.tsx';
import { RecordIndex, RecordLine, recordLineClass } from '../../telling/record-line.tsx';
import { toSentence } from '../../telling/sentence.ts';
import { FaultWords } from '../../replica/replica-notes.tsx';
import type { ReplicaFault } from '../../replica/protocol.ts';
import { NodesTable } from '../../node/nodes-table.tsx';
import { FileReport } from '../../telling/file-report.tsx';
import { LogReport } from '../../telling/log-report.tsx';
import { Stages } from '../../telling/stages.tsx';
import { Compared } from '../../telling/compared.tsx';
import type {
  ComparedNote,
  FileAnswer,
  Stage,
  StageProgress,
  VerificationReport,
} from '../../verifier/protocol.ts';
import type { ActLine } from '../../reading/act-line.ts';
import { Label } from '../../words/label.tsx';
import { useWords } from '../../words/use-words.ts';
import {
  inventBoard,
  inventChanges,
  inventLines,
  inventMany,
  inventStatus,
  type GalleryState,
} from './invented.ts';

const marks: readonly MarkKind[] = [
  'agreed',
  'approved',
  'under-way',
  'verified',
  'waiting',
  'held',
  'refused',
  'stopped',
  'unsure',
  'well',
  'proven',
  'unchecked',
  'fault',
];
const states: readonly GalleryState[] = ['unopened', 'open', 'suspended', 'completed', 'cancelled'];

const labels = [
  ['markup', '<script>alert(1)</script><img src=x onerror=alert(2)>&lt;b&gt;'],
  ['bidi', 'A\u202Egnissim si eman siht\u202C B\u2066C\u2069'],
  ['hidden', 'in\u200Bvi\u2060sible\u00AD\uFEFF\u0007'],
  ['long', 'x'.repeat(10_000)],
  ['emoji', '👩‍⚕️🏳️ Z\u0351\u036B\u0343\u036A\u0302\u036B\u033D\u034F\u0334\u0319\u0324'],
] as const;

function toFileFinding(
  path: string,
  problem: 'EntryWrong' | 'FileMissing',
  rule: string,
  says: string,
): Finding {
  return { path, rule, says, fault: { kind: 'file', problem } };
}
function toCosignatureFinding(names: readonly string[]): Finding {
  const fault = { kind: 'witness', problem: 'CosignatureMissing', names } as const;
  return { path: 'checkpoint', rule: 'ND-41', says: '', fault };
}

const bad: VerificationReport = {
  ok: false,
  size: 1200,
  root: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=',
  origin: 'gallery.example/log',
  note: '',
  log: 'gallery.example/log+00000000+AQ==',
  witnesses: ['party-a+00000000+BA=='],
  cosigners: [
    { name: 'party-a', key: 'party-a+00000000+BA==', at: '2030-01-02T07:00:00.000Z' },
    { name: 'stranger', key: '', at: '' },
  ],
  findings: [
    ...[
      toFileFinding('tile/entries/003', 'EntryWrong', 'LG-53', 'Entry 812 is not the one in the tree.'),
      toFileFinding('tile/0/002', 'FileMissing', 'LG-52', 'The file is missing.'),
      toEntryFinding(812, 'ConditionMet', { kind: 'signature' }),
      toEntryFinding(813, 'ConditionMet', { kind: 'after', size: 800 }),
      toEntryFinding(814, 'ConditionMet', { kind: 'nonce' }),
      toEntryFinding(977, 'StepReleased', { kind: 'refused', refusal: { kind: 'StepClosed' } }),
      toCosignatureFinding(['party-b', '\u202eb-ytrap']),
    ].map((finding) => ({ kind: 'log', finding }) as const),
    {
      kind: 'fork',
      size: 900,
      had: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=',
      now: 'Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=',
    },
    { kind: 'other-log', origin: 'gallery.example/log', was: ['earlier.example/log'] },
    {
      kind: 'other-key',
      had: 'gallery.example/log+11111111+AQ==',
      now: 'gallery.example/log+00000000+AQ==',
    },
  ],
  findingCount: 9,
  exchanges: [],
  earlier: undefined,
  milliseconds: 4200,
};
const toGood = (title: string): VerificationReport => ({
  ...bad,
  ok: true,
  findings: [],
  findingCount: 0,
  exchanges: [{ id: 'gallery', title, hash: '0123456789abcdef'.repeat(4), acts: 1200 }],
});
const files = (line: ActLine | undefined): readonly FileAnswer[] => [
  {
    kind: 'proven',
    index: 8,
    size: 1200,
    root: bad.root,
    origin: bad.origin,
    logKey: bad.log,
    logKnown: true,
    cosigners: bad.cosigners,
    signature: 'ok',
    line,
    json: '',
  },
  {
    kind: 'proven',
    index: 8,
    size: 1200,
    root: bad.root,
    origin: bad.origin,
    logKey: bad.log,
    logKnown: false,
    cosigners: [],
    signature: 'none',
    line: undefined,
    json: '',
  },
  { kind: 'wrong', problem: 'SignatureWrong', text: 'A signature does not verify.' },
  { kind: 'malformed', text: 'The line "index" is missing.' },
  { kind: 'no-act' },
  { kind: 'no-key' },
];
const logFaults: readonly ReplicaFault[] = [
  { kind: 'gap', expected: 812, got: 814 },
  { kind: 'changed', index: 812 },
  { kind: 'shrunk', had: 1200, size: 900 },
  { kind: 'other-log', origin: 'gallery.example/other', was: 'gallery.example/log' },
];
const compared: readonly ComparedNote[] = [
  { kind: 'same', size: 900 },
  { kind: 'fork', size: 900, here: bad.root, there: 'Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=' },
  { kind: 'newer', size: 1300, have: 1200 },
  { kind: 'foreign' },
  { kind: 'unproved' },
];
const progress: ReadonlyMap<Stage, StageProgress> = new Map([
  ['checkpoint', { stage: 'checkpoint', state: 'done', done: 1, of: 1 }],
  ['entries', { stage: 'entries', state: 'running', done: 512, of: 1200 }],
  ['signatures', { stage: 'signatures', state: 'running', done: 431, of: 1200 }],
  ['rules', { stage: 'rules', state: 'failed', done: 512, of: 1200 }],
]);

function Controls() {
  const { t } = useWords();
  return (
    <section className="hw-panel hw-stack" aria-labelledby="t-controls">
      <h2 id="t-controls">{t('gallery.controls')}</h2>
      <div className="hw-row">
        <Button>{t('gallery.button')}</Button>
        <Button variant="default">{t('gallery.button')}</Button>
        <Button disabled>{t('gallery.button.off')}</Button>
        <Button loading loaderProps={{ 'aria-label': t('loading') }} aria-label={t('loading')}>
          {t('gallery.button')}
        </Button>
      </div>
      <TextInput label={t('gallery.field')} placeholder={t('record.search.hint')} />
      <TextInput label={t('gallery.field')} error={t('missing.text')} defaultValue={t('gallery.partyA')} />
      <NativeSelect label={t('gallery.choice')} data={[t('gallery.partyA'), t('gallery.partyB')]} />
      <Slider defaultValue={40} label={null} thumbLabel={t('replay.slider')} />
      <Progress value={62} aria-label={t('loading')} />
      <div className="hw-row">
        {states.map((state) => (
          <ExchangeStatus key={state} status={state} />
        ))}
      </div>
    </section>
  );
}

function Verification({ line }: { readonly line: ActLine | undefined }) {
  const { t } = useWords();
  return (
    <section className="hw-stack" aria-labelledby="t-verify">
      <h2 id="t-verify">{t('gallery.verify')}</h2>
      <Stages progress={progress} />
      <LogReport report={bad} />
      <LogReport report={toGood(t('gallery.exchange'))} />
      {files(line).map((answer, at) => (
        <FileReport key={at} answer={answer} />
      ))}
      {compared.map((answer) => (
        <Compared key={answer.kind} answer={answer} />
      ))}
    </section>
  );
}

export function Page() {
  const words = useWords();
  const { t } = words;
  usePageTitle(t('gallery.title'));
  const lines = inventLines(words);
  const status = inventStatus(words);
  return (
    <div className="hw-stack">
      <Note kind="unsure">{t('gallery.banner')}</Note>
      <div>
        <h1>{t('gallery.title')}</h1>
        <p className="hw-lead">{t('gallery.lead')}</p>
      </div>
      <section className="hw-panel" aria-labelledby="t-marks">
        <h2 id="t-marks">{t('gallery.marks')}</h2>
        <ul className="hw-gallery-marks">
          {marks.map((kind) => (
            <li key={kind}>
              <Mark kind={kind} /> {t(`mark.${kind}`)}
            </li>
          ))}
        </ul>
      </section>
      <section className="hw-panel hw-stack" aria-labelledby="t-notes">
        <h2 id="t-notes">{t('gallery.notes')}</h2>
        <Note kind="well">{t('replay.end')}</Note>
        <Note kind="held">{t('refusal.NoticeNotAcknowledged')}</Note>
        <Note kind="refused">{t('refusal.PersonNotCleared', { entry: lines[0]!.facts.entry ?? '' })}</Note>
        <Note kind="stopped">{t('board.cancelled')}</Note>
        <Note kind="unsure">{t('replica.cut', { ago: words.ago(31_000) })}</Note>
        {logFaults.map((fault) => (
          <Note key={fault.kind} kind="fault">
            <FaultWords fault={fault} />
          </Note>
        ))}
        <p role="status">{t('loading')}</p>
        <p className="hw-quiet">{t('record.none')}</p>
      </section>
      <section className="hw-panel" aria-labelledby="t-labels">
        <h2 id="t-labels">{t('gallery.labels')}</h2>
        <dl className="hw-facts">
          {labels.map(([kind, text]) => (
            <div key={kind} className="hw-gallery-label">
              <dt>{t(`gallery.label.${kind}`)}</dt>
              <dd data-label={kind}>
                <Label text={text} />
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <Controls />
      <section className="hw-panel hw-spaced" aria-labelledby="t-record">
        <h2 id="t-record">{t('gallery.record')}</h2>
        <ul className="hw-stack">
          {lines.map((line) => (
            <li key={line.index}>{toSentence(line, words)}</li>
          ))}
          <li className={recordLineClass}>
            <RecordIndex index={lines[0]!.index} />
            <RecordLine line={{ kind: 'refused', line: lines[0]!, refusal: { kind: 'StepClosed' } }} />
          </li>
          <li className={recordLineClass}>
            <RecordIndex index={4} />
            <RecordLine line={{ kind: 'unread', index: 4, bytes: 12 }} />
          </li>
        </ul>
        <h3>{t('record.changes')}</h3>
        <Changes changes={inventChanges(words)} />
        <Changes changes={[]} />
      </section>
      <section className="hw-stack" aria-labelledby="t-start">
        <h2 id="t-start">{t('start.exchanges')}</h2>
        <ExchangeCards exchanges={status.exchanges} />
        <div className="hw-panel">
          <h3>{t('start.nodes')}</h3>
          <NodesTable
            status={status}
            peers={status.peers.map((peer, at) => ({
              peer,
              silent: peer.lastHeard === undefined ? Infinity : at * 100_000 + 2000,
            }))}
          />
        </div>
      </section>
      <Verification line={lines[1]} />
      <section className="hw-stack hw-gallery-board" aria-labelledby="t-many">
        <h2 id="t-many">{t('gallery.many')}</h2>
        <Board board={inventMany(words)} linked={false} own="B" />
      </section>
      {states.map((state) => (
        <section key={state} className="hw-stack hw-gallery-board" aria-labelledby={`t-board-${state}`}>
          <h2 id={`t-board-${state}`}>{t('gallery.board', { state: t(`status.${state}`) })}</h2>
          <Board board={inventBoard(state, words)} linked={false} own="A" />
        </section>
      ))}
    </div>
  );
}
