import assert from 'node:assert/strict';
import type { ImportRowView } from '../../../src/shared/answers/imports.js';
import type { ContactId } from '../../../src/platform/ids.js';
import type { Language } from '../../../src/shared/languages.js';
import { decodeList } from '../../../tab/features/contacts/imports/decode.js';
import {
  chunksOf,
  countsOf,
  importedIn,
  knownIn,
  invitedBy,
  peopleInvited,
  shownRows,
  usualSendTime,
  withoutLanguage,
} from '../../../tab/features/contacts/imports/rows.js';

const row = (
  number: number,
  address: string,
  check: ImportRowView['check'] = { status: 'new' },
  language: Language = 'fi',
): ImportRowView => ({ row: number, cells: [address], isLeftOut: false, check, address, language });

describe('rows of an import', () => {
  const rows = shownRows([
    row(0, 'a@x.fi'),
    row(1, 'b@x.fi', { status: 'exists', id: 'b' as ContactId, added: ['radio'] }, 'sv'),
    row(2, 'a@x.fi'),
    row(3, 'c@x.fi', { status: 'stopped', at: '2026-11-01T00:00:00Z' }),
    row(4, 'd@x.fi', { status: 'exists', id: 'd' as ContactId, added: [] }),
    { row: 5, cells: ['e'], isLeftOut: false, check: { status: 'faulty', faults: [] } },
    { row: 6, cells: ['f'], isLeftOut: true, check: { status: 'leftOut' } },
  ]);

  it('are counted by what becomes of them; the second of an address is one more', () => {
    const counts = countsOf(rows);
    assert.deepEqual(counts, { new: 1, exists: 2, stopped: 1, faulty: 1, duplicate: 1, leftOut: 1 });
    assert.equal(importedIn(counts), 4);
    assert.equal(rows[2]?.first, 0);
    assert.equal(knownIn(rows), 2);
    const back = row(7, 'g@x.fi', { status: 'stopped', at: '2026-11-01T00:00:00Z', id: 'g' as ContactId });
    assert.equal(knownIn(shownRows([back])), 1);
  });

  it('lack a language where neither they nor the list as a whole has one', () => {
    const lacks = { status: 'faulty', faults: [{ field: 'language', code: 'required' }] } as const;
    const some = shownRows([
      { row: 0, cells: ['a@x.fi', ''], isLeftOut: false, check: lacks },
      { row: 1, cells: ['b@x.fi', 'klingon'], isLeftOut: false, check: lacks },
      { row: 2, cells: ['c@'], isLeftOut: false, check: { status: 'faulty', faults: [] } },
      row(3, 'd@x.fi'),
    ]);
    const columns = ['address', 'language'] as const;
    assert.equal(withoutLanguage(some, { columns }), 1);
    assert.equal(withoutLanguage(some, { columns: ['address', 'skip'] }), 2);
    assert.equal(withoutLanguage(some, { columns, language: 'fi' }), 0);
  });

  it('show how many get an invitation, by series and language, and nobody without consent', () => {
    const agreed = { consent: { given: true, how: 'x' } };
    assert.deepEqual([...invitedBy(rows, agreed, ['radio'])], [['radio', { fi: 1, sv: 1, en: 0 }]]);
    assert.equal(peopleInvited(rows, agreed, ['radio', 'other']), 2);
    assert.equal(peopleInvited(rows, { consent: { given: false } }, ['radio']), 0);
    assert.equal(peopleInvited(rows, agreed, []), 0);
  });

  it('are sent in chunks of which each fits into a request, whatever stands in them', () => {
    const short = chunksOf({ rows: Array.from({ length: 5_000 }, (_, index) => [`a${index}@x.fi`]) });
    assert.equal(short.length, 20);
    const long = chunksOf({
      rows: Array.from({ length: 400 }, () => Array<string>(20).fill('€'.repeat(2_000))),
    });
    assert.equal(long.flat().length, 400);
    for (const chunk of long) assert.ok(Buffer.byteLength(JSON.stringify({ rows: chunk })) < 250_000);
  });
});

describe('the time that is offered for the invitations', () => {
  const closedDays = ['2026-12-06', '2026-12-07', '2026-12-24', '2026-12-25', '2026-12-26'];

  for (const [now, expected] of [
    ['2026-11-30T08:00:00Z', undefined],
    ['2026-11-30T05:00:00Z', '2026-11-30'],
    ['2026-11-30T15:00:00Z', '2026-12-01'],
    ['2026-11-27T15:00:00Z', '2026-11-30'],
    ['2026-11-28T10:00:00Z', '2026-11-30'],
    ['2026-11-29T12:31:00Z', '2026-11-30'],
    ['2026-11-29T23:30:00Z', '2026-11-30'],
    // The day of Independence was a Sunday; the organisation is closed on Monday.
    ['2026-12-06T10:00:00Z', '2026-12-08'],
    ['2026-12-07T08:00:00Z', '2026-12-08'],
    // Christmas Eve, Christmas Day, a weekend with Boxing Day.
    ['2026-12-23T15:00:00Z', '2026-12-28'],
    ['2026-12-24T05:00:00Z', '2026-12-28'],
  ] as const)
    it(`is ${expected === undefined ? 'at once' : `${expected} at nine`} at ${now}`, () => {
      assert.deepEqual(
        usualSendTime(Date.parse(now), closedDays),
        expected === undefined ? undefined : { date: expected, time: '09:00' },
      );
    });
});

describe('the time that is offered for the invitations of a series', () => {
  const offered = (now: string, ...starts: readonly string[]) => usualSendTime(Date.parse(now), [], starts);

  it('is no morning on which a session begins at nine or within two hours after', () => {
    const nextDay = { date: '2026-12-02', time: '09:00' };
    assert.deepEqual(offered('2026-11-30T15:00:00Z', '2026-12-01T07:00:00Z'), nextDay);
    assert.deepEqual(offered('2026-11-30T15:00:00Z', '2026-12-01T09:00:00Z'), nextDay);
    assert.deepEqual(offered('2026-11-30T15:00:00Z', '2026-12-01T07:00:00Z', '2026-12-02T08:00:00Z'), {
      date: '2026-12-03',
      time: '09:00',
    });
    const sameDay = { date: '2026-12-01', time: '09:00' };
    assert.deepEqual(offered('2026-11-30T15:00:00Z', '2026-12-01T09:01:00Z'), sameDay);
    assert.deepEqual(offered('2026-11-30T15:00:00Z', '2026-12-01T06:59:00Z'), sameDay);
  });

  it('is not at once within two hours before a session', () => {
    const next = { date: '2026-12-01', time: '09:00' };
    assert.deepEqual(offered('2026-11-30T08:00:00Z', '2026-11-30T10:00:00Z'), next);
    assert.equal(offered('2026-11-30T08:00:00Z', '2026-11-30T10:01:00Z'), undefined);
    assert.equal(offered('2026-11-30T08:00:00Z', '2026-11-30T07:59:00Z'), undefined);
  });

  it('is found even where a session begins each morning', () => {
    const starts = Array.from({ length: 60 }, (_, day) =>
      new Date(Date.parse('2026-12-01T08:00:00Z') + day * 86_400_000).toISOString(),
    );
    assert.equal(offered('2026-11-30T15:00:00Z', ...starts)?.time, '09:00');
  });
});

describe('a file of a list', () => {
  const text = 'Åsa Öst;asa@x.fi';
  for (const [encoding, bytes] of [
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16, little end first', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['Windows-1252', Buffer.from(text, 'latin1')],
  ] as const)
    it(`is read in ${encoding}`, () => assert.equal(decodeList(bytes), text));

  it('is none where it is a workbook', () => {
    assert.equal(decodeList(Buffer.from('504b0304140006000800', 'hex')), undefined);
  });
});
