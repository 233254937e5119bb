import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ProjectId, SeriesId } from '../../../src/platform/ids.js';
import type { Series } from '../../../src/sessions/series/series.js';
import {
  addressesOf,
  changesOf,
  draftWith,
  formOf,
  seenOf,
  settingAt,
  takenOver,
} from '../../../tab/features/sessions/series/form.js';

const projects = ['elma', 'paths'] as ProjectId[];
const series: Series = {
  id: 'radio' as SeriesId,
  kind: 'hankeradio',
  names: { fi: 'Hankeradio', sv: 'Hankeradio (Projektradion)', en: 'Hankeradio' },
  descriptions: { fi: 'Hankkeet kertovat' },
  state: { status: 'active' },
  segments: [],
  pausedMonths: [7],
  people: { of: 'programme' },
  isOpenToContacts: true,
  groups: ['hanke@example.org'],
  agenda: [],
  reminders: { offsets: [10_080, 15], ways: ['person'], quiet: { from: '20:00', to: '07:00' }, channels: [] },
  feedKey: 'key',
  sequence: 0,
  changedAt: '2026-11-01T08:00:00Z',
  createdAt: '2026-11-01T08:00:00Z',
  auditCount: 1,
};

describe('the settings of a series as a form', () => {
  const current = formOf(series, projects);

  it('has nothing to store while nothing differs', () => {
    assert.deepEqual(changesOf(current, current), {});
  });

  it('sends only what was changed, so that others keep what they changed', () => {
    const form = {
      ...current,
      pausedMonths: [6, 7],
      descriptions: { ...current.descriptions, sv: ' Projekt ' },
    };
    assert.deepEqual(changesOf(form, current), {
      pausedMonths: [6, 7],
      descriptions: { fi: 'Hankkeet kertovat', sv: 'Projekt' },
    });
  });

  it('has the meeting that its kind begins with, and sends one that was changed as a whole', () => {
    const meeting = {
      lobby: 'everyone',
      presenters: 'organisation',
      microphones: true,
      cameras: true,
    } as const;
    assert.deepEqual(current.meeting, meeting);
    const form = { ...current, meeting: { ...meeting, microphones: false } };
    assert.deepEqual(changesOf(form, current), { meeting: { ...meeting, microphones: false } });
    assert.deepEqual(seenOf({ form, seen: {} }, current), { meeting });
    assert.equal(formOf({ ...series, kind: 'bigRoom' }, projects).meeting.lobby, 'organisation');
  });

  it('takes away what is emptied or switched off', () => {
    const form = {
      ...formOf({ ...series, joinUrl: 'https://example.org' }, projects),
      joinUrl: '',
      isQuiet: false,
    };
    const before = formOf({ ...series, joinUrl: 'https://example.org' }, projects);
    assert.deepEqual(changesOf(form, before), {
      joinUrl: null,
      reminders: { offsets: [10_080, 15], ways: ['person'], quiet: null },
    });
  });

  it('begins a rotation with every project of the programme', () => {
    assert.deepEqual(changesOf({ ...current, hasTurns: true }, current), {
      rotation: { projects: ['elma', 'paths'], askDays: 21, deadlineDays: 7 },
    });
  });

  describe('knows what its writer saw', () => {
    const none = { form: {}, seen: {} };
    const swedish = { descriptions: { ...current.descriptions, sv: 'Projekten' } };
    /** What stands once somebody else has written the Finnish description anew. */
    const later = { ...current, descriptions: { ...current.descriptions, fi: 'Toisen teksti' } };

    it('when it was changed first, whatever comes in later', () => {
      const begun = draftWith(none, swedish, current);
      assert.deepEqual(seenOf(begun, later), { descriptions: { fi: 'Hankkeet kertovat' } });
      const further = draftWith(begun, { pausedMonths: [6] }, later);
      assert.deepEqual(seenOf(further, later), {
        descriptions: { fi: 'Hankkeet kertovat' },
        pausedMonths: [7],
      });
    });

    it('and forgets what is as it was again', () => {
      const begun = draftWith(none, swedish, current);
      assert.deepEqual(draftWith(begun, { descriptions: current.descriptions }, current), none);
    });

    it('as it is now, where an older draft lies on the device', () => {
      assert.deepEqual(seenOf({ form: swedish, seen: {} }, later), { descriptions: { fi: 'Toisen teksti' } });
    });

    it('with an empty text, a list without addresses and no rotation as nothing', () => {
      const part = { joinUrl: 'https://example.org', hasTurns: true, groups: '' };
      const { seen } = draftWith(none, part, current);
      assert.deepEqual(seen, { joinUrl: null, rotation: null, groups: ['hanke@example.org'] });
    });
  });

  it('takes over what somebody else made of one place, and keeps everything else', () => {
    const agenda = [{ id: 'a', title: { fi: 'Avaus', sv: 'Öppning' }, minutes: 5 }];
    const form = {
      ...current,
      agenda,
      groups: 'oma@example.org',
      descriptions: { fi: 'Oma', sv: 'Egen', en: '' },
      isQuiet: false,
    };
    const taken = (path: string, theirs: unknown) => takenOver(form, series, path, theirs);
    assert.deepEqual(taken('descriptions.sv', 'Annan'), {
      descriptions: { fi: 'Oma', sv: 'Annan', en: '' },
    });
    assert.deepEqual(taken('agenda.a.title.sv', null).agenda?.[0]?.title, { fi: 'Avaus', sv: null });
    assert.deepEqual(taken('agenda.a.minutes', 10), { agenda: [{ ...agenda[0], minutes: 10 }] });
    assert.deepEqual(taken('groups', ['a@example.org', 'b@example.org']), {
      groups: 'a@example.org\nb@example.org',
    });
    assert.deepEqual(taken('joinUrl', null), { joinUrl: '' });
    const rotation = { projects: ['paths'], askDays: 14, deadlineDays: 3 };
    assert.deepEqual(taken('rotation', rotation), {
      hasTurns: true,
      turns: ['paths'],
      askDays: 14,
      deadlineDays: 3,
    });
    assert.equal(taken('rotation', null).hasTurns, false);
    const quiet = { from: '21:00', to: '06:00' };
    assert.deepEqual(
      [taken('reminders.quiet', quiet).isQuiet, taken('reminders.offsets', [60]).isQuiet],
      [true, false],
    );
    assert.deepEqual(taken('people', { of: 'projects', projects: ['elma'] }), {
      of: 'projects',
      projects: ['elma'],
    });
    assert.deepEqual(taken('unknown', 1), {});
    assert.equal(settingAt(form, 'agenda.a.title.sv'), 'Öppning');
    assert.equal(settingAt(form, 'reminders.quiet.from'), undefined);
  });

  it('reads addresses one a line or parted by commas', () => {
    assert.deepEqual(addressesOf('a@example.org,\n\n b@example.org ; c@example.org'), [
      'a@example.org',
      'b@example.org',
      'c@example.org',
    ]);
    assert.deepEqual(addressesOf('"A, B" <a@example.org>; b@example.org;'), [
      '"A, B" <a@example.org>',
      'b@example.org',
    ]);
  });
});
