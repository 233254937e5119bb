import { feedOf, type IcsSegment, type IcsSeries } from '../../../../src/sessions/calendar/ics/ics.js';

/** Where the files of these tests come from. */
export const frame = {
  namespace: 'bigroom.example.fi',
  stamp: '2026-01-02T08:15:30.250Z',
  organiser: { name: 'Hankeviestintä', address: 'viestinta@example.fi' },
};
/** Somebody who is invited. */
export const asa = { name: 'Åsa Öhman', address: 'asa.ohman@example.fi' };
export const joinUrl =
  'https://teams.example.com/l/meetup-join/19%3ameeting_abc%40thread.v2/0?context=%7b%22Tid%22%3a%221%22%7d';

/** Hankeradio on first Tuesdays from Epiphany 2026 on, unless changed. */
export function segment(changes: Partial<IcsSegment> = {}): IcsSegment {
  return {
    uid: 'a1b2c3d4e5f6a7b8c9d0e1f2a3-1',
    subject: 'Hankeradio',
    description: 'Hankkeet kertovat tuloksistaan.\nKaikille avoin.',
    rule: { every: 'weekdayOfMonth', interval: 1, weekday: 2, week: 1 },
    firstDate: '2026-01-06',
    time: '09:00',
    minutes: 30,
    pausedMonths: [],
    without: [],
    exceptions: [],
    talks: [],
    ...changes,
  };
}

export function series(changes: Partial<IcsSeries> = {}): IcsSeries {
  return {
    language: 'fi',
    joinUrl,
    sequence: 3,
    changedAt: '2026-01-01T10:00:00Z',
    today: '2026-01-02',
    segments: [segment()],
    ...changes,
  };
}

export const feed = (...all: readonly IcsSeries[]): string =>
  feedOf({ name: 'Hankeradio ja Big Room', language: 'fi', series: all }, frame);
