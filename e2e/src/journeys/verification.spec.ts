import { readFile } from 'node:fs/promises';
import { forkLog } from '../forked-log.ts';
import { startHostileNode } from '../hostile-node.ts';
import { expectThat, journey, type Ground, type Journey, type Reader } from '../journey.ts';

async function verify({ page }: Reader): Promise<string> {
  await page.getByRole('button', { name: /^Verify/u }).click();
  const report = page.locator('[data-verified]');
  await report.waitFor({ timeout: 60_000 });
  return (await report.getAttribute('data-verified')) ?? '';
}

const findings = async ({ page }: Reader): Promise<readonly string[]> =>
  page
    .locator('[data-finding]')
    .evaluateAll((all) => all.map((each) => each.getAttribute('data-finding') ?? ''));

/** Saves the proof of an act and answers with the file's path. */
async function saveProof(ground: Ground, reader: Reader, index: number): Promise<string> {
  await reader.page.goto(`${ground.cluster.urls.H}/record/${String(index)}`);
  await reader.page.getByRole('button', { name: 'Check the proof here' }).click();
  await reader.page.locator('[data-proof="proven"]').waitFor();
  const download = reader.page.waitForEvent('download');
  await reader.page.getByRole('button', { name: 'Save act and proof' }).click();
  return (await download).path();
}

/** Waits until the log has published another size than `before` states. */
async function untilPublished(url: string, before: string): Promise<void> {
  for (;;) {
    const note = await (await fetch(`${url}/log/checkpoint`)).text();
    if (note.split('\n')[1] !== before.split('\n')[1]) return;
  }
}

/** Lets a file fall on the page, as a reader would from a folder. */
async function dropFile({ page }: Reader, target: string, name: string, bytes: Uint8Array): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([called, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(content)], called));
      return transfer;
    },
    [name, [...bytes]] as const,
  );
  for (const event of ['dragenter', 'dragover', 'drop']) {
    await page.dispatchEvent(target, event, { dataTransfer });
  }
}

/** What is read out by itself inside of what is read out by itself. */
const announcedTwice =
  ':is([aria-live], [role="status"], [role="alert"]) :is([aria-live], [role="status"], [role="alert"])';

export const journeys: readonly Journey[] = [
  journey(
    '[WB-30] the whole log verifies in the browser, with progress and what was not checked',
    async (ground) => {
      const reader = await ground.readerOf();
      await reader.page.goto(`${ground.cluster.urls.N1}/verify`);
      expectThat((await verify(reader)) === 'yes', 'the true log verifies');
      for (const stage of ['checkpoint', 'entries', 'signatures', 'rules']) {
        const state = await reader.page.locator(`[data-stage="${stage}"]`).getAttribute('data-state');
        expectThat(state === 'done', `${stage} is done: ${String(state)}`);
      }
      expectThat(
        (await reader.page.getByText('What was not checked').count()) === 1,
        'it says what it left out',
      );
      const shown = await reader.page.locator('[data-state-hash]').first().getAttribute('data-state-hash');
      await reader.page.goto(`${ground.cluster.urls.N1}/exchanges/${ground.finished}/board`);
      const board = reader.page.locator('.hw-board');
      await board.waitFor();
      expectThat((await board.getAttribute('data-hash')) === shown, 'the board shows the verified history');
      // A second visit compares with the first.
      await ground.advance(2);
      await reader.page.goto(`${ground.cluster.urls.N1}/verify`);
      expectThat((await verify(reader)) === 'yes', 'the grown log verifies');
      const earlier = await reader.page.locator('[data-stage="earlier"]').getAttribute('data-state');
      expectThat(earlier === 'done', 'it continues what this browser saw');
      expectThat(reader.complaints.length === 0, `no complaints: ${reader.complaints.join('; ')}`);
      await reader.close();
    },
  ),

  journey('[WB-31] a tampered byte, a missing file and a fork each show as what they are', async (ground) => {
    const hostile = await startHostileNode(ground.cluster.urls.H);
    const reader = await ground.readerOf({ serviceWorkers: 'block' });
    const lies = [
      {
        what: 'a changed byte in an act',
        wanted: ['EntryWrong', 'BundleMalformed', 'RootWrong'],
        lie: (path: string, truth: Buffer) => {
          if (!path.startsWith('/log/tile/entries/000')) return undefined;
          const changed = Buffer.from(truth);
          changed[changed.length - 20]! ^= 1;
          return changed;
        },
      },
      {
        what: 'a changed hash',
        wanted: ['TileWrong'],
        lie: (path: string, truth: Buffer) => {
          if (!path.startsWith('/log/tile/0/000')) return undefined;
          const changed = Buffer.from(truth);
          changed[40]! ^= 1;
          return changed;
        },
      },
      {
        what: 'a missing file',
        wanted: ['FileMissing'],
        lie: (path: string) => (path.startsWith('/log/tile/0/000') ? ('missing' as const) : undefined),
      },
      {
        what: 'a checkpoint nobody signed',
        wanted: ['SignatureWrong'],
        lie: (path: string, truth: Buffer) => {
          if (path !== '/log/checkpoint') return undefined;
          const lines = truth.toString().split('\n');
          lines[1] = String(Number(lines[1]) - 1);
          return Buffer.from(lines.join('\n'));
        },
      },
    ];
    for (const { what, wanted, lie } of lies) {
      hostile.tell(lie);
      await reader.page.goto(`${hostile.url}/verify`);
      expectThat((await verify(reader)) === 'no', `${what} is found`);
      const found = await findings(reader);
      expectThat(
        found.some((each) => wanted.includes(each)),
        `${what} shows as ${wanted.join(' or ')}: ${found.join(' ')}`,
      );
    }
    // A fork: what was verified once, and then another history that the log signed as well.
    hostile.tell(undefined);
    await reader.page.goto(`${hostile.url}/verify`);
    expectThat((await verify(reader)) === 'yes', 'without lies it verifies');
    const forked = await forkLog(ground.cluster.urls.H, ground.cluster.logSigner);
    hostile.tell((path) => {
      const file = /^\/log\/((?:checkpoint|tile).*)$/u.exec(path)?.[1];
      if (file === undefined) return undefined;
      const bytes = forked.files.get(file);
      return bytes === undefined ? 'missing' : Buffer.from(bytes);
    });
    await reader.page.goto(`${hostile.url}/verify`);
    expectThat((await verify(reader)) === 'no', 'a fork is found');
    const only = await findings(reader);
    // Nobody has cosigned the second history, which is told besides.
    const uncosigned = ['QuorumMissed', 'CosignatureMissing'];
    expectThat(
      only[0] === 'fork' && only.slice(1).every((each) => uncosigned.includes(each)),
      `a fork shows as a fork first, then that nobody has cosigned it: ${only.join(' ')}`,
    );
    // In the paper that a reader keeps as evidence it stands too.
    await reader.page.emulateMedia({ media: 'print' });
    expectThat(await reader.page.locator('[data-finding="fork"]').isVisible(), 'the finding is printed');
    await reader.page.emulateMedia({ media: null });
    expectThat(
      (await reader.page.locator('[data-cosigned="yes"]').count()) === 0,
      'nobody is said to have cosigned a history that does not verify',
    );
    // A node that falls silent and a check that is stopped leave no stage under way.
    const running = reader.page.locator('[data-stage][data-state="running"]');
    hostile.setNetwork('gone');
    await reader.page.getByRole('button', { name: 'Verify again' }).click();
    await reader.page.locator('[data-fault="silent"]').waitFor();
    expectThat((await running.count()) === 0, 'nothing goes on without the node');
    hostile.setNetwork('silent');
    await reader.page.getByRole('button', { name: 'Verify the whole log' }).click();
    await running.first().waitFor();
    await reader.page.getByRole('button', { name: 'Stop', exact: true }).click();
    await reader.page.locator('[data-fault="stopped"]').waitFor();
    expectThat((await running.count()) === 0, 'nothing goes on after a stop');
    await reader.close();
    await hostile.stop();
  }),

  journey('[WB-33] a checkpoint of another node is compared by proof', async (ground) => {
    const { urls } = ground.cluster;
    const reader = await ground.readerOf();
    const { page } = reader;
    await page.goto(`${urls.A}/verify`);
    expectThat((await verify(reader)) === 'yes', 'the true log verifies');
    const others = page.locator('[data-cosigned]');
    expectThat((await others.count()) === 3, 'every other node is named');
    const link = page.locator('[data-cosigned] a').first();
    const address = (await link.getAttribute('href')) ?? '';
    expectThat(!address.startsWith(urls.A), 'the comparison is made by the other node’s page');
    await page.goto(address);
    await page.locator('[data-compared="same"]').waitFor();
    // By hand, with an older checkpoint than the log of now, and with one that the log never signed.
    const older = await (await fetch(`${urls.H}/log/checkpoint`)).text();
    await ground.advance(1);
    const compare = async (note: string, wanted: string) => {
      await page.locator('textarea').fill(note);
      await page.getByRole('button', { name: 'Compare with this node’s log' }).click();
      await page.locator(`[data-compared="${wanted}"]`).waitFor();
      expectThat((await page.locator(announcedTwice).count()) === 0, `${wanted} is read out once`);
    };
    await page.goto(`${urls.B}/verify`);
    await compare(older, 'same');
    const lines = older.split('\n');
    lines[2] = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';
    await compare(lines.join('\n'), 'foreign');
    await compare('nothing of the kind', 'foreign');
    // The log signed another history too.
    const forked = await forkLog(urls.H, ground.cluster.logSigner);
    await compare(new TextDecoder().decode(forked.checkpoint), 'fork');
    await page.emulateMedia({ media: 'print' });
    expectThat(await page.locator('[data-compared="fork"]').isVisible(), 'a fork is printed');
    await page.emulateMedia({ media: null });
    // A node that shows an older checkpoint than the one brought along has nothing to compare it with.
    const hostile = await startHostileNode(urls.B);
    hostile.tell((path) => (path === '/log/checkpoint' ? Buffer.from(older) : undefined));
    await page.goto(`${hostile.url}/verify`);
    await ground.advance(1);
    await untilPublished(urls.H, older);
    await compare(await (await fetch(`${urls.H}/log/checkpoint`)).text(), 'newer');
    // A node that is silent is no fault of the record, and neither is a check that the reader stopped.
    hostile.setNetwork('gone');
    await page.getByRole('button', { name: 'Compare with this node’s log' }).click();
    await page.locator('[data-fault="silent"]').waitFor();
    expectThat((await page.locator(announcedTwice).count()) === 0, 'a silent node is read out once');
    await hostile.stop();
    expectThat(reader.complaints.length === 0, `no complaints: ${reader.complaints.join('; ')}`);
    await reader.close();
  }),

  journey(
    '[WB-32] an act is saved with its proof and verified from the file, without a network',
    async (ground) => {
      const reader = await ground.readerOf({ acceptDownloads: true });
      const file = await saveProof(ground, reader, 25);
      const bytes = await readFile(file);
      expectThat(bytes.toString().startsWith('c2sp.org/tlog-proof@v1\n'), 'the file is a tlog-proof');
      await reader.page.goto(`${ground.cluster.urls.H}/verify`);
      await reader.page.evaluate(async () => navigator.serviceWorker.ready);
      await reader.page.reload();
      await reader.page.locator('input[type=file]').waitFor({ state: 'attached' });
      await reader.context.setOffline(true);
      await reader.page.reload();
      const choose = reader.page.locator('input[type=file]');
      await choose.setInputFiles(file);
      await reader.page.locator('[data-file="proven"]').waitFor();
      expectThat(
        (await reader.page.locator(announcedTwice).count()) === 0,
        'what the file says is read out once',
      );
      // This browser never verified the log: what holds here holds under keys that came with the file.
      await reader.page.locator('[data-log="unknown"]').waitFor();
      expectThat(
        (await reader.page.locator('[data-file] .hw-mark-proven').count()) === 0,
        'nothing under a key of the file’s own has a shield',
      );
      const changed = Buffer.from(bytes);
      const at = changed.indexOf('index 25');
      changed.write('index 24', at);
      await choose.setInputFiles({ name: 'b.tlog-proof', mimeType: 'text/plain', buffer: changed });
      await reader.page.locator('[data-file="wrong"]').waitFor();
      await choose.setInputFiles({
        name: 'c.tlog-proof',
        mimeType: 'text/plain',
        buffer: Buffer.from('no proof'),
      });
      await reader.page.locator('[data-file="malformed"]').waitFor();
      // Let fall, here and on another page, without a network still.
      await dropFile(reader, '.hw-drop', 'd.tlog-proof', bytes);
      await reader.page.locator('[data-file="proven"]').waitFor();
      await reader.page.getByRole('link', { name: 'Start', exact: true }).click();
      await reader.page.locator('[data-start]').waitFor();
      await dropFile(reader, 'main', 'e.tlog-proof', changed);
      await reader.page.locator('[data-file="wrong"]').waitFor();
      // Once the log was verified here, its key is known.
      await reader.context.setOffline(false);
      expectThat((await verify(reader)) === 'yes', 'the log verifies');
      await dropFile(reader, 'body', 'f.tlog-proof', bytes);
      await reader.page.locator('[data-log="known"]').waitFor();
      expectThat(reader.complaints.length === 0, `no complaints: ${reader.complaints.join('; ')}`);
      await reader.close();
    },
  ),
];
