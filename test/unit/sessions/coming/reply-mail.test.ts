import assert from 'node:assert/strict';
import { readReplyMail } from '../../../../src/sessions/coming/reply-mail.js';
import type { CalendarReply } from '../../../../src/sessions/coming/service.js';
import { replyMail } from '../../../world/reply-mail.js';

const uid = '00000000000000000000000001-1@hyvinvointialue.example';
const receivedAt = '2026-11-23T09:00:00Z';
const whole: CalendarReply = {
  address: 'outi@jarjesto.example',
  uid,
  status: 'accepted',
  at: '2026-11-23T08:00:00Z',
};

describe('a mail with the answer of a calendar', () => {
  const read = (mail: string | Uint8Array) =>
    readReplyMail(typeof mail === 'string' ? Buffer.from(mail) : mail, receivedAt);
  const one = async (more: Partial<Parameters<typeof replyMail>[0]>): Promise<CalendarReply> => {
    const found = await read(replyMail({ uid, ...more }));
    assert.equal(found.is, 'replies');
    assert.equal(found.replies.length, 1);
    return found.replies[0]!;
  };

  for (const form of ['plain', 'base64', 'quoted', 'file'] as const)
    it(`is read however it is encoded: ${form}`, async () => {
      assert.deepEqual(await one({ form }), whole);
    });

  for (const [partstat, status] of [
    ['ACCEPTED', 'accepted'],
    ['DECLINED', 'declined'],
    ['TENTATIVE', 'tentative'],
    ['accepted', 'accepted'],
  ] as const)
    it(`says ${status} by ${partstat}`, async () => {
      assert.equal((await one({ partstat })).status, status);
    });

  const sessions: readonly (readonly [string, string, string])[] = [
    ['in UTC', 'RECURRENCE-ID:20261201T070000Z', '2026-12-01'],
    ['in Helsinki', 'RECURRENCE-ID;TZID=Europe/Helsinki:20261201T090000', '2026-12-01'],
    ['in the zone of Windows', 'RECURRENCE-ID;TZID="FLE Standard Time":20261201T090000', '2026-12-01'],
    ['without a zone', 'RECURRENCE-ID:20261201T090000', '2026-12-01'],
    ['as a date', 'RECURRENCE-ID;VALUE=DATE:20261201', '2026-12-01'],
    ['in a zone of the program itself', 'RECURRENCE-ID;TZID=Tallinn/Own:20261201T090000', '2026-12-01'],
    [
      'with a prefix before the zone',
      'RECURRENCE-ID;TZID=/mozilla.org/20070129_1/Europe/Helsinki:20261201T090000',
      '2026-12-01',
    ],
    ['late in the evening there, the next day here', 'RECURRENCE-ID:20261130T223000Z', '2026-12-01'],
    ['in New York, the next day here', 'RECURRENCE-ID;TZID=America/New_York:20261130T183000', '2026-12-01'],
    [
      'in Stockholm by the name of Windows',
      'RECURRENCE-ID;TZID=W. Europe Standard Time:20261130T233000',
      '2026-12-01',
    ],
    ['in summer', 'RECURRENCE-ID:20270601T060000Z', '2027-06-01'],
  ];
  for (const [how, line, date] of sessions)
    it(`answers one session, ${how}`, async () => {
      assert.equal((await one({ lines: ['DTSTAMP:20261123T080000Z', line] })).date, date);
    });

  it('says for which start it was given, where that is certain', async () => {
    const startOf = async (line: string) => (await one({ lines: ['DTSTAMP:20261123T080000Z', line] })).start;
    assert.equal(await startOf('DTSTART;TZID=Europe/Helsinki:20261201T090000'), '2026-12-01T07:00:00Z');
    assert.equal(await startOf('DTSTART:20261201T070000Z'), '2026-12-01T07:00:00Z');
    assert.equal(await startOf('DTSTART;VALUE=DATE:20261201'), undefined);
    assert.equal(await startOf('DTSTART;TZID=Nowhere:20261201T090000'), undefined);
  });

  it('was given when it says, but never later than it arrived', async () => {
    const answeredAt = async (...lines: string[]) => (await one({ lines })).at;
    assert.equal(await answeredAt('DTSTAMP:20261122T230000Z'), '2026-11-22T23:00:00Z');
    assert.equal(await answeredAt('DTSTAMP:20291122T230000Z'), receivedAt);
    assert.equal(await answeredAt('DTSTAMP:sometime'), receivedAt);
    assert.equal(await answeredAt('X-NO-STAMP:1'), receivedAt);
  });

  it('counts for nobody but the mailbox that sent it', async () => {
    assert.deepEqual(await read(replyMail({ uid, from: 'somebody@else.example' })), { is: 'foreign' });
    assert.equal((await one({ from: 'OUTI@Jarjesto.EXAMPLE' })).address, 'outi@jarjesto.example');
  });

  it('is none where somebody forwards the answer of another as a mail within the mail', async () => {
    const inner = replyMail({ uid });
    const mail = [
      'From: Outi <outi@jarjesto.example>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="out"',
      '',
      '--out',
      'Content-Type: message/rfc822',
      '',
      inner,
      '--out--',
      '',
    ].join('\r\n');
    assert.deepEqual(await read(mail), { is: 'noReply' });
  });

  it('is none where it asks, invites, or says nothing yet', async () => {
    assert.deepEqual(await read(replyMail({ uid, method: 'COUNTER' })), { is: 'noReply' });
    assert.deepEqual(await read(replyMail({ uid, method: 'REQUEST' })), { is: 'noReply' });
    assert.deepEqual(await read(replyMail({ uid, partstat: 'NEEDS-ACTION' })), { is: 'noReply' });
    assert.deepEqual(await read('From: a@b.example\r\nSubject: Kiitos\r\n\r\nHei!\r\n'), { is: 'noReply' });
  });

  const calendarMail = (text: string) =>
    `From: outi@jarjesto.example\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n${text}`;
  const broken: readonly (readonly [string, string | Uint8Array])[] = [
    ['no calendar in the calendar', calendarMail('Hei!\r\n')],
    ['one that is cut off', calendarMail('BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:')],
    ['no event', calendarMail('BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n')],
    [
      'a task',
      calendarMail('BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VTODO\r\nEND:VTODO\r\nEND:VCALENDAR\r\n'),
    ],
    ['no UID', replyMail({ uid: '' }).replace('UID:\r\n', '')],
    ['nobody who answers', replyMail({ uid }).replace('ATTENDEE;', 'X-NOBODY;')],
    ['a session at no time', replyMail({ uid, lines: ['RECURRENCE-ID:20261345T990000Z'] })],
    ['no sender', replyMail({ uid }).replace(/^From:.*\r\n/, '')],
  ];
  for (const [how, mail] of broken)
    it(`is malformed with ${how}`, async () => {
      assert.deepEqual(await read(mail), { is: 'malformed' });
    });

  const signed =
    'spf=pass (sender IP is 203.0.113.7)\r\n smtp.mailfrom=jarjesto.example; dkim=pass (signature was verified)\r\n header.d=jarjesto.example;';
  for (const [how, is, ...results] of [
    ['nobody says who sent it', 'replies'],
    ['Exchange found it right', 'replies', `${signed}dmarc=pass action=none;compauth=pass reason=100`],
    [
      'the domain publishes nothing',
      'replies',
      'spf=none smtp.mailfrom=a.example; dkim=none (message not signed) header.d=none;dmarc=none action=none header.from=a.example;compauth=fail reason=001',
    ],
    [
      'a mailing list broke its signature, and Exchange trusts the list',
      'replies',
      'dkim=fail (body hash did not verify);dmarc=fail action=quarantine;compauth=pass reason=130',
    ],
    [
      'its domain says that it is none of theirs',
      'forged',
      'spf=fail smtp.mailfrom=b.example; dkim=none header.d=none;dmarc=fail action=oreject header.from=jarjesto.example;\r\n compauth=fail reason=000',
    ],
    [
      'Exchange found it forged without DMARC',
      'forged',
      'spf=softfail; dmarc=none; compauth=fail reason=601',
    ],
    [
      'another server found that by DMARC',
      'forged',
      'mx.example; dmarc=fail (p=none dis=none) header.from=a.b',
    ],
    ['the domain asks for nothing', 'forged', 'dmarc=fail action=none; compauth=fail reason=001'],
    [
      'its sender wrote of their own that it is right',
      'forged',
      'dmarc=fail;compauth=fail reason=000',
      `${signed}dmarc=pass;compauth=pass reason=100`,
    ],
    [
      'its sender wrote so into a comment',
      'forged',
      'spf=pass (a; dmarc=pass; compauth=pass) smtp.mailfrom=a.b; dmarc=fail; compauth=fail reason=000',
    ],
    ['its sender wrote of their own that it is wrong, below', 'replies', 'dmarc=pass', 'dmarc=fail'],
  ] as const)
    it(`is ${is} where ${how}`, async () => {
      assert.equal((await read(replyMail({ uid, results }))).is, is);
    });

  it('is no forgery that matters where it is no answer', async () => {
    const results = ['dmarc=fail'];
    assert.deepEqual(await read(replyMail({ uid, method: 'REQUEST', results })), { is: 'noReply' });
    assert.deepEqual(await read(replyMail({ uid, from: 'x@y.example', results })), { is: 'foreign' });
  });

  it('is read through whatever bytes it has, and however deep it is', async () => {
    const noise = Uint8Array.from({ length: 4_000 }, (_, index) => (index * 7_919) % 256);
    assert.deepEqual(await read(noise), { is: 'noReply' });
    const deep = Array.from({ length: 300 }, (_, index) => [
      `Content-Type: multipart/mixed; boundary="b${String(index)}"`,
      '',
      `--b${String(index)}`,
    ]).flat();
    assert.deepEqual(await read(['From: a@b.example', ...deep].join('\r\n')), { is: 'malformed' });
  });

  it('describes a zone that repeats each second, and is read at once', async () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:Endless',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'RRULE:FREQ=SECONDLY',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0200',
      'END:STANDARD',
      'END:VTIMEZONE',
    ].join('\r\n');
    const mail = replyMail({ uid, lines: ['RECURRENCE-ID;TZID=Endless:20261201T090000'] });
    const found = await read(mail.replace('BEGIN:VEVENT', `${zone}\r\nBEGIN:VEVENT`));
    assert.equal(found.is, 'replies');
    assert.equal(found.replies[0]?.date, '2026-12-01');
  });

  it('answers several sessions at once', async () => {
    const second = [
      'BEGIN:VEVENT',
      `UID:${uid}`,
      'DTSTAMP:20261123T080000Z',
      'RECURRENCE-ID:20270105T070000Z',
      'ATTENDEE;PARTSTAT=DECLINED:mailto:outi@jarjesto.example',
      'END:VEVENT',
      'END:VCALENDAR',
    ].join('\r\n');
    const found = await read(replyMail({ uid }).replace('END:VCALENDAR', second));
    assert.equal(found.is, 'replies');
    assert.deepEqual(
      found.replies.map(({ date, status }) => [date, status]),
      [
        [undefined, 'accepted'],
        ['2027-01-05', 'declined'],
      ],
    );
  });
});
