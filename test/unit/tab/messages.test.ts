import assert from 'node:assert/strict';
import fi from '../../../src/i18n/tab/fi.json' with { type: 'json' };
import type { Message, MessageBody } from '../../../src/delivery/outbox/message.js';
import { publishFaults } from '../../../src/releases/channels/channel.js';
import { reasonKey, settlementsOf } from '../../../tab/features/messages/message.js';

const stuck = (kind: MessageBody['kind'], reason: string, status: 'failed' | 'uncertain' = 'failed') =>
  ({ body: { kind }, state: { status, at: '2026-11-22T10:00:00Z', reason } }) as unknown as Message;

describe('why a message is stuck', () => {
  it('has a text for every reason', () => {
    const expected = {
      interrupted: 'interrupted',
      foreignService: 'foreignService',
      ECONNREFUSED: 'unavailable',
      '503 ServiceUnavailable': 'unavailable',
      SendTimeout: 'noAnswer',
      '500 InternalServerError': 'noAnswer',
      '400 BadSyntax': 'refused',
      notANotice: 'unexpected',
      TypeError: 'unexpected',
    };
    for (const [reason, key] of Object.entries(expected)) {
      assert.equal(reasonKey(stuck('notice', reason)), `messages.reason.${key}`, reason);
    }
  });

  it('has a text, also for releases and for what nobody foresaw', () => {
    const keys = [...publishFaults, 'interrupted', 'strange'].flatMap((reason) =>
      (['notice', 'release', 'newsIndex'] as const).map((kind) => reasonKey(stuck(kind, reason))),
    );
    for (const key of keys) assert.ok(key !== undefined && key in fi, key);
    assert.equal(reasonKey(stuck('release', 'strange')), 'release.fault.unexpected');
  });
});

describe('how a message is settled', () => {
  it('asks whether it arrived only where nobody knows', () => {
    assert.deepEqual(settlementsOf(stuck('notice', 'SendTimeout', 'uncertain')), [
      'again',
      'sent',
      'cancelled',
    ]);
    assert.deepEqual(settlementsOf(stuck('notice', 'ECONNREFUSED')), ['again', 'cancelled']);
  });

  it('leaves a release to its own page', () => {
    assert.deepEqual(settlementsOf(stuck('release', 'unavailable')), []);
  });
});
