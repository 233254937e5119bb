import type { Language } from '../src/shared/languages.js';
import type { Mail } from '../src/delivery/mail/mailer.js';
import type { ProjectId } from '../src/platform/ids.js';
import type { SessionContent } from '../src/sessions/fan-outs.js';
import { sessionMails } from '../src/sessions/mails/session-mails.js';
import { occurrenceId, type OccurrenceRecord } from '../src/sessions/occurrences/occurrence.js';
import type { Series } from '../src/sessions/series/series.js';
import { coordinator, programme } from './make.js';
import {
  contactForm,
  record,
  remindersWorld,
  series,
  seriesId,
} from './unit/sessions/reminders/reminders-world.js';

const radio = seriesId(1);
const start = '2026-12-01T07:00:00Z';
const december = occurrenceId(radio, '2026-12-01');
const by = { id: coordinator.id, name: coordinator.name };
const at = '2026-11-20T08:00:00Z';

const hankeradio: Partial<Series> = {
  sequence: 0,
  pausedMonths: [7],
  rotation: { projects: ['elma' as ProjectId], askDays: 21, deadlineDays: 7 },
  agenda: [
    { id: 'a', title: { fi: 'Päivän hanke', sv: 'Projekt i tur', en: 'Project of the day' }, minutes: 15 },
    {
      id: 'b',
      title: { fi: 'Ajankohtaista hankkeista', sv: 'Aktuellt från projekten', en: 'News' },
      minutes: 10,
    },
    { id: 'c', title: { fi: 'Kysymykset', sv: 'Frågor', en: 'Questions' }, minutes: 5 },
  ],
};

const talk: OccurrenceRecord['talk'] = {
  topic: 'Elma neuvoo elintavoissa: mitä chatbot oppi ensimmäisenä vuotenaan',
  presenter: 'Vilma Virtanen',
  material: 'https://intra.example.test/elma-diat',
  language: 'fi',
  by,
  at,
};

/** The mails of the tests and of the gallery, by name: what is sent, what is stored of the session, and when it is sent. */
interface Sample {
  readonly content: SessionContent;
  readonly now: string;
  readonly series?: Partial<Series>;
  readonly record?: Partial<OccurrenceRecord>;
}

const turn = { projectId: 'elma' as ProjectId, how: 'turn', at } as const;
const moved = { start: '2026-12-08T07:00:00Z', end: '2026-12-08T07:30:00Z' };

const samples = {
  invitation: {
    content: { kind: 'invitation', seriesId: radio, sequence: 0 },
    now: '2026-11-23T08:00:00Z',
    record: { moved, talk, slot: turn },
  },
  'invitation-training': {
    content: { kind: 'invitation', seriesId: radio, sequence: 0 },
    now: '2026-11-23T08:00:00Z',
    series: {
      kind: 'training',
      names: { fi: 'Selkeä tiedotus', sv: 'Tydlig information', en: 'Clear communication' },
      descriptions: {
        fi: 'Koulutussarja kaikille, jotka kirjoittavat hankkeestaan: kerran kuussa, puoli tuntia, yksi taito.',
        sv: 'En utbildning för alla som skriver om sina projekt: en halvtimme i månaden, en färdighet åt gången.',
        en: 'Training for everybody who writes about a project: half an hour a month, one skill at a time.',
      },
    },
  },
  'invitation-ended': {
    content: { kind: 'invitation', seriesId: radio, sequence: 0 },
    now: '2026-11-23T08:00:00Z',
    series: {
      state: { status: 'ended', at },
      segments: series(1).segments.map((segment) => ({ ...segment, until: '2026-11-22' })),
    },
  },
  reminder: {
    content: { kind: 'reminder', occurrenceId: december, offset: 1440, start },
    now: '2026-11-30T07:00:00Z',
    record: { talk, slot: turn },
  },
  'change-moved': {
    content: { kind: 'change', change: 'moved', occurrenceId: december, start: moved.start, was: start },
    now: '2026-11-25T07:00:00Z',
    record: { talk, slot: turn, moved },
  },
  'change-cancelled': {
    content: { kind: 'change', change: 'cancelled', occurrenceId: december, start, was: start },
    now: '2026-11-25T07:00:00Z',
    record: { state: { status: 'cancelled', at, by, was: 'planned', reason: 'Esittäjä on sairastunut.' } },
  },
  thanks: {
    content: { kind: 'thanks', occurrenceId: december, round: 1 },
    now: '2026-12-01T09:00:00Z',
    record: {
      talk,
      slot: turn,
      thanked: 1,
      materials: [
        { id: 'slides', title: 'Elman diat', url: 'https://intra.example.test/elma-diat' },
        {
          id: 'guide',
          title: 'Elma asiakkaan puhelimessa (opas, 2 sivua)',
          url: 'https://intra.example.test/elma-opas',
        },
      ],
      recordingUrl: 'https://video.example.test/hankeradio-12',
    },
  },
} as const satisfies Record<string, Sample>;

export type SampleName = keyof typeof samples;
export const sampleNames = Object.keys(samples) as SampleName[];

/** A sample mail as it is sent to a contact who reads the language. */
export async function sampleSessionMail(name: SampleName, language: Language): Promise<Mail> {
  const { content, now, series: settings, record: what }: Sample = samples[name];
  const world = remindersWorld(now);
  await world.keep(series(1, { ...hankeradio, ...settings }));
  if (what !== undefined) await world.keepRecord(record(radio, '2026-12-01', what));
  const contact = await world.contacts.add(coordinator, contactForm({ language }));
  if (!name.startsWith('invitation') || name === 'invitation-ended') {
    // They were invited before, by a release that kept no more than that.
    const claim = { version: 'before', by: 'before', at };
    await world.contactRows.claimVersion(contact.id, radio, claim, () => true);
  }
  const write = sessionMails({
    contacts: world.contactRows,
    sessions: world.sessions,
    answers: world.answers,
    signatures: world.signatures,
    programme: () =>
      Promise.resolve({
        ...programme,
        names: {
          fi: 'Hyvinvointialueen yhteiset hankkeet',
          sv: 'Välfärdsområdets gemensamma projekt',
          en: 'The joint projects of the county',
        },
        helper: {
          name: 'Eeva Esimerkki',
          phone: '+358 40 000 0000',
          address: 'viestinta@hyvinvointialue.example',
        },
      }),
    publicUrl: 'https://bigroom.example.test',
    organiser: 'hankeradio@bigroom.example.test',
  });
  const mail = await (await write(content, language)).to(`contact:${contact.id}`);
  if ('result' in mail) throw new Error(`The mail ${name} was not written`);
  return mail;
}
