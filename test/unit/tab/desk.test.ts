import assert from 'node:assert/strict';
import { nextStep } from '../../../tab/features/news/list/use-desk.js';

/** A slow network: how long a request takes, in milliseconds. */
const answerMs = 400;

/** Plays one page for a minute. @param moves when its person opens something else. @returns when it looked, and when its notes arrived */
function play(moves: readonly number[], begin: number) {
  const looks: number[] = [];
  const notes: { readonly of: number; readonly at: number }[] = [];
  let exchange = { lookedAt: begin - 6000, notedAt: begin - 5000, newsAt: undefined as number | undefined };
  let free = begin;
  let seen = -Infinity;
  for (;;) {
    // What happened while a request was on its way is noticed when it ends.
    const fresh = moves.filter((at) => at > seen && at <= nextStep(exchange).at);
    if (exchange.newsAt === undefined && fresh[0] !== undefined)
      exchange = { ...exchange, newsAt: Math.max(fresh[0], free) };
    const { what, at } = nextStep(exchange);
    const now = Math.max(at, free);
    if (now > begin + 60_000) return { looks, notes };
    free = now + answerMs;
    if (what === 'look') {
      exchange = { ...exchange, lookedAt: now };
      looks.push(now + answerMs);
    } else {
      exchange = { lookedAt: exchange.lookedAt, notedAt: now, newsAt: undefined };
      seen = now;
      for (const of of moves) if (of <= now) notes.push({ of, at: now + answerMs });
    }
  }
}

describe('the desk', () => {
  it('shows within ten seconds what a colleague opens, whenever it is opened, also when they go on and on', () => {
    for (let phase = 0; phase < 7000; phase += 333) {
      const { looks } = play([], phase);
      for (let first = 20_000; first < 27_000; first += 501)
        for (const moves of [
          [first],
          [first, first + 900],
          [first, first + 900, first + 1800, first + 2700],
        ]) {
          const { notes } = play(moves, 0);
          const last = moves.at(-1) ?? 0;
          const noted = notes.find(({ of }) => of === last)?.at ?? Infinity;
          const shown = looks.find((at) => at - answerMs >= noted) ?? Infinity;
          assert.ok(
            shown - last <= 10_000,
            `phase ${phase}, opened at ${last}: shown after ${shown - last} ms`,
          );
        }
    }
  });

  it('asks no more often than it must: two requests in seven seconds while nothing happens', () => {
    const { looks, notes } = play([0], 0);
    assert.equal(looks.length, 9);
    assert.equal(notes.length, 9);
  });
});
