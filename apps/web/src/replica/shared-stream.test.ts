/** On the locks and channels of the platform itself, as a browser has them. */
import { describe, expect, it } from 'vitest';
import { SharedStream, StreamLostError } from './shared-stream.ts';

let names = 0;
const newName = () => `stream ${(names += 1)}`;

async function join(name: string): Promise<SharedStream<number>> {
  const stream = await SharedStream.join<number>(name);
  if (stream === undefined) throw new Error('This Node has no locks.');
  return stream;
}

async function next(events: AsyncGenerator<number | undefined>): Promise<number | undefined> {
  for (;;) {
    const { value, done } = await events.next();
    if (done === true) return undefined;
    if (value !== undefined) return value;
  }
}

describe('one stream for all pages of a browser', () => {
  it('[WB-21] is read by one page and heard by all, from the moment they join', async () => {
    const name = newName();
    const first = await join(name);
    const others = [await join(name), await join(name), await join(name)];
    expect([first, ...others].map(({ leads }) => leads)).toEqual([true, false, false, false]);
    first.pass(1);
    first.pass(2);
    for (const other of others) {
      const events = other.follow(5000);
      expect([await next(events), await next(events)]).toEqual([1, 2]);
    }
    for (const one of [...others, first]) one.leave();
  });

  it('[WB-21] passes to the next page when the first one goes', async () => {
    const name = newName();
    const first = await join(name);
    const second = await join(name);
    const third = await join(name);
    first.leave();
    // The lock and the word that the stream has ended come by two ways, in either order.
    await next(second.follow(5000)).catch((error: unknown) => expect(error).toBeInstanceOf(StreamLostError));
    expect(await next(second.follow(5000))).toBeUndefined();
    expect([second.leads, third.leads]).toEqual([true, false]);
    second.leave();
    third.leave();
  });

  it('[WB-21] is lost where the page that reads it is silent', async () => {
    const name = newName();
    const first = await join(name);
    const second = await join(name);
    const events = second.follow(20);
    await expect(next(events)).rejects.toThrow(StreamLostError);
    first.leave();
    second.leave();
  });
});
