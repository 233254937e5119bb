import assert from 'node:assert/strict';
import common from '../../../src/i18n/common/fi.json' with { type: 'json' };
import fi from '../../../src/i18n/tab/fi.json' with { type: 'json' };
import type { FanOut, FanOutCounts } from '../../../src/delivery/fan-out/fan-out.js';
import type { SessionContent } from '../../../src/sessions/fan-outs.js';
import { withFreshStart } from '../../../tab/features/fan-outs/fan-out.js';
import { reasonKey } from '../../../tab/features/fan-outs/fan-out.js';
import { recipientState } from '../../../tab/features/fan-outs/fan-out.js';
import { kindKey, partsOfOccurrence } from '../../../tab/features/fan-outs/fan-out.js';
import { offsetIn } from '../../../tab/shared/offset.js';
import {
  againOf,
  isMoving,
  milestoneOf,
  pollAfter,
  shownStatus,
  speedOf,
  statesToShow,
  timeLeft,
} from '../../../tab/shared/fan-out-status.js';

const now = Date.parse('2026-12-01T06:00:00Z');
const none = { total: 0, open: 0, sent: 0, undeliverable: 0, failed: 0, uncertain: 0, dropped: 0 };
const at = '2026-12-01T05:00:00Z';

const reminder = (start: string) =>
  ({ kind: 'reminder', occurrenceId: 'abc-20261201', offset: 15, start }) as unknown as SessionContent;

function fanOut(
  state: FanOut['state']['status'],
  counts: Partial<FanOutCounts>,
  content = reminder('2026-12-01T07:00:00Z'),
) {
  const stateNow = (
    state === 'dropped' ? { status: state, at, reason: 'late' } : { status: state, at }
  ) as FanOut['state'];
  return { state: stateNow, counts: { ...none, ...counts }, content };
}

describe('how a fan-out is followed', () => {
  it('asks every second or two while it is sent, seldom while the page is hidden, and not when it has ended', () => {
    const sending = fanOut('sending', { total: 10, open: 5 });
    assert.equal(pollAfter(sending, false, 0), 1_500);
    assert.equal(pollAfter(sending, true, 0), 15_000);
    assert.equal(pollAfter(fanOut('paused', { total: 10, open: 5 }), false, 0), 5_000);
    for (const state of ['done', 'dropped', 'cancelled'] as const) {
      assert.equal(pollAfter(fanOut(state, { total: 10 }), false, 0), undefined, state);
    }
  });

  it('waits longer after each fault, but never more than a minute', () => {
    const sending = fanOut('sending', { total: 10, open: 5 });
    const waits = [0, 1, 2, 3, 10].map((faults) => pollAfter(sending, false, faults));
    assert.deepEqual(waits, [1_500, 3_000, 6_000, 12_000, 60_000]);
  });

  it('goes on until the rest of a cancelled one is called back', () => {
    assert.equal(isMoving(fanOut('cancelled', { total: 10, open: 4 })), true);
    assert.equal(isMoving(fanOut('cancelled', { total: 10, dropped: 4 })), false);
  });

  it('announces each quarter once, and every change of state', () => {
    const announced = [0, 10, 24, 25, 49, 50, 75, 99].map((done) =>
      milestoneOf(fanOut('sending', { total: 100, open: 100 - done })),
    );
    assert.deepEqual(announced, [
      'sending 0',
      'sending 0',
      'sending 0',
      'sending 1',
      'sending 1',
      'sending 2',
      'sending 3',
      'sending 3',
    ]);
    assert.equal(milestoneOf(fanOut('paused', { total: 100, open: 60 })), 'paused');
    assert.equal(milestoneOf(fanOut('sending', {})), 'sending');
  });
});

describe('what is shown of a fan-out', () => {
  it('is the time left as people say it', () => {
    assert.deepEqual(timeLeft(59), { unit: 'moment' });
    assert.deepEqual(timeLeft(60), { unit: 'minutes', minutes: 1 });
    assert.deepEqual(timeLeft(3_540), { unit: 'minutes', minutes: 59 });
    assert.deepEqual(timeLeft(3_599), { unit: 'hours', hours: 1, minutes: 0 });
    assert.deepEqual(timeLeft(5_000), { unit: 'hours', hours: 1, minutes: 30 });
  });

  it('is the rate as a whole number of seconds or minutes', () => {
    assert.equal(speedOf(0), undefined);
    assert.deepEqual(speedOf(47.6), { per: 'second', count: 48 });
    assert.deepEqual(speedOf(0.5), { per: 'minute', count: 30 });
    assert.deepEqual(speedOf(0.001), { per: 'minute', count: 1 });
  });

  it('are the states somebody is in, and always how many were sent', () => {
    assert.deepEqual(statesToShow(fanOut('sending', { total: 5, open: 4, failed: 1 })), [
      'sent',
      'failed',
      'open',
    ]);
    assert.deepEqual(statesToShow(fanOut('done', { total: 5, sent: 5 })), ['sent']);
    assert.deepEqual(statesToShow(fanOut('sending', {})), ['sent', 'open']);
  });

  it('is that nobody was there to send to, rather than that all is done', () => {
    const status = shownStatus(fanOut('done', {}));
    assert.equal(common[`send.state.${status}`], 'Ei vastaanottajia');
    assert.equal(shownStatus(fanOut('done', { total: 2, sent: 1, undeliverable: 1 })), 'done');
    assert.equal(shownStatus(fanOut('done', { total: 6, undeliverable: 6 })), 'unreached');
    assert.equal(shownStatus(fanOut('sending', {})), 'sending');
  });

  it('is what may be sent once more: not after the session has begun, nor after it was cancelled', () => {
    const counts = { total: 9, sent: 6, failed: 2, uncertain: 1 };
    assert.deepEqual(againOf(fanOut('done', counts), now), ['failed', 'uncertain']);
    assert.deepEqual(againOf(fanOut('sending', { ...counts, failed: 0 }), now), ['uncertain']);
    assert.deepEqual(againOf(fanOut('cancelled', counts), now), []);
    assert.deepEqual(againOf(fanOut('done', counts, reminder('2026-12-01T05:59:00Z')), now), []);
    const thanks = { kind: 'thanks', occurrenceId: 'abc-20261103', round: 1 } as unknown as SessionContent;
    assert.deepEqual(againOf(fanOut('done', counts, thanks), now), ['failed', 'uncertain']);
  });

  it('is its kind, with a text for each', () => {
    const contents = [
      reminder(at),
      { kind: 'thanks' },
      { kind: 'change', change: 'moved' },
      { kind: 'change', change: 'cancelled' },
      { kind: 'change', change: 'restored' },
      { kind: 'invitation' },
      { kind: 'invitation', contactId: 'c' },
    ] as unknown as SessionContent[];
    for (const key of contents.map(kindKey)) assert.ok(key in fi, key);
  });

  it('names its session by the series and the date in the id', () => {
    assert.deepEqual(partsOfOccurrence('0a1b-20260106'), { seriesId: '0a1b', date: '2026-01-06' });
    assert.deepEqual(partsOfOccurrence('big-room-20260106'), { seriesId: 'big-room', date: '2026-01-06' });
    assert.equal(partsOfOccurrence('0a1b'), undefined);
  });

  it('is how long before, in the largest whole unit', () => {
    assert.deepEqual([10_080, 20_160, 1_440, 90, 120, 15].map(offsetIn), [
      { unit: 'weeks', count: 1 },
      { unit: 'weeks', count: 2 },
      { unit: 'days', count: 1 },
      { unit: 'minutes', count: 90 },
      { unit: 'hours', count: 2 },
      { unit: 'minutes', count: 15 },
    ]);
  });
});

describe('why somebody was not reached', () => {
  it('has a text for every reason that a transport gives', () => {
    const expected = {
      neverMet: 'neverMet',
      '403 ConversationBlockedByUser': 'blocked',
      '403 MessageWritesBlocked': 'blocked',
      '403 BotNotInConversationRoster': 'notInConversation',
      '403 BotDisabledByAdmin': 'byAdmin',
      '403 ForbiddenOperationException': 'forbidden',
      '404 ConversationNotFound': 'noConversation',
      '413 MessageSizeTooBig': 'tooBig',
      413: 'tooBig',
      late: 'late',
      superseded: 'superseded',
      cancelled: 'cancelled',
      '429 TooManyRequests': 'busy',
      '503 ServiceUnavailable': 'unavailable',
      ECONNREFUSED: 'unavailable',
      SendTimeout: 'noAnswer',
      '500 InternalServerError': 'noAnswer',
      ErrorInvalidRecipients: 'address',
    };
    for (const [reason, key] of Object.entries(expected)) {
      assert.equal(reasonKey(reason), `sends.reason.${key}`, reason);
      assert.ok(`sends.reason.${key}` in fi, key);
    }
  });

  it('is left as it came where nobody foresaw it', () => {
    for (const reason of ['418 Teapot', 'Strange', '', 'constructor', 'toString', '403 SomethingNew']) {
      assert.equal(reasonKey(reason), undefined, reason);
    }
  });

  it('is asked for by a state that exists', () => {
    assert.equal(recipientState('undeliverable'), 'undeliverable');
    assert.equal(recipientState('gone'), 'undeliverable');
    assert.equal(recipientState('everybody'), undefined);
    assert.equal(recipientState(undefined), undefined);
  });
});

describe('a list whose first page is fetched again', () => {
  const page = (text: string, next?: string) => ({
    lines: text.split(',').filter(Boolean),
    ...(next !== undefined && { next }),
  });
  const same = (line: string) => line;

  it('keeps what is further down, nothing twice', () => {
    assert.deepEqual(
      withFreshStart(page('b,c,d,e,f', '2'), page('a,b,c', '1'), same),
      page('a,b,c,d,e,f', '2'),
    );
    assert.deepEqual(withFreshStart(page('a,b,c,d'), page('a,b,c', '1'), same), page('a,b,c,d'));
  });

  it('begins again where something would be missing between', () => {
    assert.deepEqual(withFreshStart(page('v,w,x,y,z', '2'), page('a,b,c', '1'), same), page('a,b,c', '1'));
    assert.deepEqual(withFreshStart(page('', undefined), page('a,b,c', '1'), same), page('a,b,c', '1'));
  });

  it('is the fresh one where only one page was there', () => {
    assert.deepEqual(withFreshStart(page('a,b,c', 'c'), page('x,a,b', 'b'), same), page('x,a,b', 'b'));
  });
});
