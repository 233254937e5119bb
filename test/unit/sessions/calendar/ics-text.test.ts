import assert from 'node:assert/strict';
import { type CalendarUser, feedOf } from '../../../../src/sessions/calendar/ics/ics.js';
import { calendarUpdate } from '../../../../src/sessions/calendar/ics/itip.js';
import { frame, segment, series } from './make-calendar.js';
import { eventsIn, linesOf, readCalendar, valueOf } from './read-calendar.js';

interface Words {
  readonly subject?: string;
  readonly description?: string;
  readonly joinUrl?: string;
}

const saying = ({ subject = 'Hankeradio', description = '', joinUrl = 'https://example.com/join' }: Words) =>
  series({ joinUrl, segments: [segment({ subject, description })] });

function read(words: Words) {
  const file = feedOf({ name: words.subject ?? 'Sarja', language: 'fi', series: [saying(words)] }, frame);
  const calendar = readCalendar(file);
  const events = eventsIn(calendar);
  assert.equal(events.length, 1);
  return { file, event: events[0] };
}

/** The calendar file that somebody is sent. */
function fileFor(attendee: CalendarUser, organiser = frame.organiser): string {
  const sent = calendarUpdate(saying({}), segment().uid, undefined, { ...frame, organiser, attendee });
  return sent?.object.content ?? '';
}

/** What is below the line that says where one joins. */
const descriptionOf = (event: ReturnType<typeof read>['event']): string | undefined =>
  valueOf(event, 'description')?.replace(/^Liity tilaisuuteen: \S+\n\n/, '');

describe('text in a calendar file', () => {
  const kept: readonly (readonly [string, string])[] = [
    ['the signs of the standard', 'a; b, c \\ d: "e" \\n f ^n'],
    ['several lines', 'yksi\nkaksi\n\nneljä'],
    ['letters of every width', 'åäö € 日本語 𝒳 '.repeat(60).trim()],
    ['emoji made of several characters', '👩‍⚕️🇫🇮👨‍👩‍👧‍👦'.repeat(60)],
    ['10,000 letters', 'ä'.repeat(10_000)],
    ['10,000 emoji', '🎙'.repeat(10_000)],
    ['spaces where a line is folded', 'x '.repeat(500).trim()],
    ['what looks like a line of its own', 'END:VEVENT\nEND:VCALENDAR\nBEGIN:VALARM'],
  ];
  for (const [name, description] of kept) {
    it(`keeps ${name}`, () => {
      assert.equal(descriptionOf(read({ description }).event), description);
    });
  }

  it('makes one kind of line end of all of them', () => {
    const description = 'a\r\nb\rc\nd\u0085e\u2028f\u2029g';
    assert.equal(descriptionOf(read({ description }).event), 'a\nb\nc\nd\ne\nf\ng');
  });

  it('leaves out control characters and half characters', () => {
    const controls = String.fromCharCode(...Array.from({ length: 32 }, (_, code) => code), 127, 128, 159);
    const { event } = read({ description: `a${controls.replace(/[\t\n\r]/g, '')}b`, subject: 'x\ud83dy' });
    assert.equal(descriptionOf(event), 'ab');
    assert.equal(valueOf(event, 'summary'), 'x\u{fffd}y');
  });

  const attacks = [
    'Hankeradio\r\nATTENDEE:mailto:evil@example.com',
    'Hankeradio\nEND:VEVENT\nBEGIN:VEVENT\nUID:x',
    'Hankeradio\r\n X-EVIL:1',
    'Hankeradio\u2028X-EVIL:1',
    'Hankeradio\\\r\nX-EVIL:1',
    'Hankeradio";X-EVIL="1":mailto:evil@example.com',
  ];
  for (const attack of attacks) {
    it(`lets ${JSON.stringify(attack)} be nothing but text in every property`, () => {
      const names = (file: string) => linesOf(file).map((line) => line.split(/[;:]/, 1)[0]);
      const { file, event } = read({ subject: attack, description: attack });
      assert.deepEqual(names(file), names(read({ description: 'x' }).file));
      assert.ok(valueOf(event, 'summary')?.startsWith('Hankeradio'));
      assert.doesNotMatch(valueOf(event, 'summary') ?? '', /[\r\n]/);

      const someone = { name: attack, address: `${attack}@example.fi` };
      const invitation = (user: typeof someone) => fileFor(user, user);
      const hurt = invitation(someone);
      assert.deepEqual(names(hurt), names(invitation({ name: 'Åsa', address: 'asa@example.fi' })));
      const [invited] = eventsIn(readCalendar(hurt));
      for (const name of ['organizer', 'attendee']) {
        const property = invited?.getFirstProperty(name);
        assert.match(String(property?.getFirstValue()), /^mailto:[^\s:;,"?]+@example\.fi$/);
        assert.deepEqual(property?.getParameter('x-evil'), undefined);
      }
    });
  }

  it('keeps a person’s name but for quotation marks, which no parameter can hold', () => {
    for (const [name, shown] of [
      ['Öhman, Åsa: "Ossi" ^ Co; ^n', "Öhman, Åsa: 'Ossi' ^ Co; ^n"],
      ['Matti', 'Matti'],
      ['N'.repeat(300), 'N'.repeat(300)],
    ] as const) {
      const content = fileFor({ name, address: 'a@example.fi' });
      const [event] = eventsIn(readCalendar(content));
      assert.equal(event?.getFirstProperty('attendee')?.getParameter('cn'), shown);
    }
  });

  const addresses: readonly (readonly [string, string | undefined])[] = [
    ['https://example.com/join?a=1,2;b#c', 'https://example.com/join?a=1,2;b#c'],
    [
      'https://esimerkki.fi/ääni?nimi=Åsa Öhman',
      'https://esimerkki.fi/%C3%A4%C3%A4ni?nimi=%C3%85sa%20%C3%96hman',
    ],
    [
      'https://example.com/\r\nATTENDEE:mailto:x@example.com',
      'https://example.com/ATTENDEE:mailto:x@example.com',
    ],
    [`https://example.com/${'a'.repeat(3000)}`, `https://example.com/${'a'.repeat(3000)}`],
    ['javascript:alert(1)', undefined],
    ['file:///etc/passwd', undefined],
    ['soon', undefined],
    ['', undefined],
  ];
  for (const [joinUrl, shown] of addresses) {
    it(`gives ${shown === undefined ? 'no address' : 'an address'} for ${JSON.stringify(joinUrl.slice(0, 60))}`, () => {
      const { event } = read({ joinUrl });
      assert.deepEqual([valueOf(event, 'url'), valueOf(event, 'location')], [shown, shown]);
    });
  }

  it('names the calendar in one line', () => {
    const lines = linesOf(read({ subject: ' Hankeradio,\n kaikille ' }).file);
    assert.ok(lines.includes('NAME;LANGUAGE=fi:Hankeradio\\, kaikille'));
    assert.ok(lines.includes('X-WR-CALNAME:Hankeradio\\, kaikille'));
  });
});
