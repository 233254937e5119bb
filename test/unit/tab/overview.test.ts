import assert from 'node:assert/strict';
import type { OverviewAnswer } from '../../../src/shared/answers/overview.js';
import { t } from '../../../src/i18n/messages.js';
import { datesOf } from '../../../tab/shared/dates.js';
import { awayLines, linesOf } from '../../../tab/features/overview/lines.js';

const occurrence = (id: string, projectId: string) =>
  ({
    id,
    names: { fi: 'Hankeradio', sv: 'Hankeradio (Projektradion)', en: 'Hankeradio' },
    start: '2026-12-08T07:00:00Z',
    slot: { projectId, how: 'turn', at: '2026-11-01T07:00:00Z' },
  }) as unknown as OverviewAnswer['sessions']['unanswered'][number];

const answer = (part: Partial<OverviewAnswer>): OverviewAnswer => ({
  news: { changesRequested: [], mine: [] },
  sessions: { next: [], open: [], noJoinUrl: [], onHoliday: [], unanswered: [], entered: [], toThank: [] },
  ...part,
});

const words = (leadsSessions: boolean): Parameters<typeof linesOf>[1] => ({
  t: (key, values) => t('fi', key, values),
  dates: datesOf('fi', () => new Date('2026-12-01T07:00:00Z')),
  language: 'fi',
  projectName: (id) => `Hanke ${id}`,
  leadsSessions,
});

function lines(part: Partial<OverviewAnswer>, leadsSessions: boolean) {
  return linesOf(answer(part), words(leadsSessions)).map(({ title, detail, to }) => [title, detail, to]);
}

describe('the overview', () => {
  const sessions = {
    next: [],
    open: [],
    noJoinUrl: [],
    onHoliday: [],
    unanswered: [occurrence('a-1', 'elma'), occurrence('a-2', 'polut')],
    entered: [],
    toThank: [],
  };

  it('shows those of a project that it is their slot', () => {
    assert.deepEqual(lines({ sessions }, false)[0], [
      'Kerro aiheenne: Hankeradio ti 8.12. klo 9.00',
      'On hankkeesi vuoro esittää',
      '#/sessions/a-1?to=presenter',
    ]);
  });

  it('shows those who lead the sessions whose slot waits for a topic', () => {
    assert.deepEqual(
      lines({ sessions }, true).map(([title, detail]) => [title, detail]),
      [
        ['Aihe puuttuu: Hankeradio ti 8.12. klo 9.00', 'Vuorossa: Hanke elma'],
        ['Aihe puuttuu: Hankeradio ti 8.12. klo 9.00', 'Vuorossa: Hanke polut'],
      ],
    );
  });

  it('shows those who lead the sessions, first of all, which presenter can’t come', () => {
    const [line] = awayLines(
      [{ session: occurrence('a-1', 'elma'), names: ['Vilma', 'Ville'] }],
      words(true),
    );
    assert.deepEqual(line, {
      kind: 'slot',
      title: 'Esittäjä ei pääse: Hankeradio ti 8.12. klo 9.00',
      detail: 'Vilma, Ville. Sovi, kuka esittää, tai siirrä tilaisuus',
      to: '#/sessions/a-1?to=presenter',
      isUrgent: true,
    });
  });

  it('shows those who lead the sessions what a project has entered for its slot', () => {
    const talk = { topic: 'Digihoitopolku', presenter: 'Kalle', language: 'fi' };
    const entered = [{ ...occurrence('a-3', 'polut'), talk } as (typeof sessions.unanswered)[number]];
    assert.deepEqual(lines({ sessions: { ...sessions, unanswered: [], entered } }, true), [
      [
        'Hanke polut kertoi aiheensa: Hankeradio ti 8.12. klo 9.00',
        'Digihoitopolku',
        '#/sessions/a-3?to=presenter',
      ],
    ]);
  });

  it('says which session has no link to join, and leads to where the series has it', () => {
    const line = { ...occurrence('a-3', 'elma'), seriesId: 'a' } as (typeof sessions.unanswered)[number];
    const only = { ...sessions, unanswered: [], noJoinUrl: [line] };
    assert.deepEqual(lines({ sessions: only }, true), [
      [
        'Liittymislinkki puuttuu: Hankeradio ti 8.12. klo 9.00',
        'Lisää linkki sarjan asetuksiin',
        '#/sessions/series/a?to=names',
      ],
    ]);
  });

  it('asks those who lead the sessions to thank for one that was held, and to add its recording', () => {
    const held = { ...occurrence('a-3', 'elma'), hasRecording: false };
    const only = { ...sessions, unanswered: [], toThank: [held, { ...held, hasRecording: true }] };
    assert.deepEqual(lines({ sessions: only }, true), [
      [
        'Kiitä osallistujia: Hankeradio ti 8.12. klo 9.00',
        'Lisää ensin tallenne, jos sellainen on',
        '#/sessions/a-3?to=after',
      ],
      [
        'Kiitä osallistujia: Hankeradio ti 8.12. klo 9.00',
        'Tallenne on jo lisätty',
        '#/sessions/a-3?to=after',
      ],
    ]);
  });

  it('says how many people could not be reached, and leads to who they are', () => {
    assert.deepEqual(lines({ unreached: 3 }, true), [
      ['3 ihmistä ei tavoitettu', 'Viestit odottavat, että he kirjoittavat Big Roomille', '#/messages'],
    ]);
    assert.deepEqual(lines({ unreached: 0 }, true), []);
  });
});
