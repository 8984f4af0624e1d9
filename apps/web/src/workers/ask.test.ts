import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Answerer, Asker, toProgramFailure } from './ask.ts';

interface Table {
  readonly double: { readonly ask: number; readonly answer: number };
  readonly count: { readonly ask: number; readonly answer: string; readonly progress: number };
}

/** Two ends of a real channel of the platform. */
function connect(answers: ConstructorParameters<typeof Answerer<Table, string, string>>[1]) {
  const { port1, port2 } = new MessageChannel();
  const heard: string[] = [];
  const told: string[] = [];
  const answerer = new Answerer<Table, string, string>(port2, answers, {
    word: (word) => heard.push(word),
    toFailure: toProgramFailure,
  });
  const asker = new Asker<Table, string, string>(port1, {
    word: (word) => told.push(word),
    toError: ({ code, message }) => new Error(`${code}: ${message}`),
  });
  return { asker, answerer, heard, told, close: () => port1.close() };
}

describe('a page and its worker', () => {
  it('[WB-21] give each question its own answer, whatever the order in which they are ready', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 12 }), async (turns) => {
        const { asker, close } = connect({
          double: async (n) => {
            for (let turn = 0; turn < turns[n]!; turn += 1) await Promise.resolve();
            return n * 2;
          },
          count: (n) => String(n),
        });
        const answers = await Promise.all(turns.map((_, n) => asker.ask('double', n)));
        close();
        expect(answers).toEqual(turns.map((_, n) => n * 2));
      }),
      { numRuns: 30 },
    );
  });

  it('[WB-21] tell progress before the answer, and words in both directions', async () => {
    const { asker, answerer, heard, told, close } = connect({
      double: (n) => n * 2,
      count: (n, say) => {
        for (let at = 1; at <= n; at += 1) say(at);
        return 'done';
      },
    });
    const steps: number[] = [];
    asker.tell('begin');
    expect(await asker.ask('count', 3, (at) => steps.push(at))).toBe('done');
    expect(steps).toEqual([1, 2, 3]);
    expect(heard).toEqual(['begin']);
    answerer.tell('news');
    expect(await asker.ask('double', 2)).toBe(4);
    expect(told).toEqual(['news']);
    close();
  });

  it('[WB-21] pass a fault on, and let nobody wait for a worker that has ended', async () => {
    const { asker, close } = connect({
      double: () => {
        throw new RangeError('too large');
      },
      count: async () => new Promise<string>(() => undefined),
    });
    await expect(asker.ask('double', 1)).rejects.toThrow('program: too large');
    const waits = asker.ask('count', 1);
    asker.end(new Error('stopped'));
    await expect(waits).rejects.toThrow('stopped');
    await expect(asker.ask('double', 1)).rejects.toThrow('stopped');
    close();
  });
});
