import assert from 'node:assert/strict';
import { agendaFit, nowAndNext, timedAgenda } from '../../../src/shared/agenda-times.js';

const session = { start: '2026-12-01T07:00:00Z', end: '2026-12-01T08:00:00Z' };
const item = (id: string, minutes?: number) => ({ id, ...(minutes !== undefined && { minutes }) });
const times = (...items: readonly ReturnType<typeof item>[]) =>
  timedAgenda(items, session).map(({ start, end }) => [start?.slice(11, 16), end?.slice(11, 16)]);

describe('the times of an agenda', () => {
  it('follow from the start of the session and the minutes of each entry', () => {
    assert.deepEqual(times(item('a', 10), item('b', 20), item('c', 30)), [
      ['07:00', '07:10'],
      ['07:10', '07:30'],
      ['07:30', '08:00'],
    ]);
  });

  it('give what the others leave to the one entry without minutes', () => {
    assert.deepEqual(times(item('a', 10), item('b'), item('c', 20)), [
      ['07:00', '07:10'],
      ['07:10', '07:40'],
      ['07:40', '08:00'],
    ]);
  });

  it('end where nobody knows how long something takes', () => {
    assert.deepEqual(times(item('a', 10), item('b'), item('c'), item('d', 5)), [
      ['07:00', '07:10'],
      ['07:10', undefined],
      [undefined, undefined],
      [undefined, undefined],
    ]);
    assert.deepEqual(times(item('a', 70), item('b')), [
      ['07:00', '08:10'],
      ['08:10', undefined],
    ]);
  });

  it('say how many minutes are too many', () => {
    assert.deepEqual(agendaFit([item('a', 45), item('b', 30), item('c')], session), {
      total: 75,
      length: 60,
      over: 15,
      untimed: 1,
    });
    assert.equal(agendaFit([item('a', 60)], session).over, 0);
  });

  it('say what is on and what is next at a moment', () => {
    const entries = timedAgenda([item('a', 10), item('b', 20)], session);
    const at = (time: string) => {
      const { current, next } = nowAndNext(entries, Date.parse(`2026-12-01T${time}Z`));
      return [current?.item.id, next?.item.id];
    };
    assert.deepEqual(at('06:59:59'), [undefined, 'a']);
    assert.deepEqual(at('07:00:00'), ['a', 'b']);
    assert.deepEqual(at('07:10:00'), ['b', undefined]);
    assert.deepEqual(at('07:30:00'), [undefined, undefined]);
  });
});
