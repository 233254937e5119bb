import { Temporal } from 'temporal-polyfill';
import type { Mail } from '../src/delivery/mail/mailer.js';
import { mimeOf } from '../src/delivery/mail/mime.js';
import type { Contact } from '../src/audience/contact.js';
import { occurrenceId } from '../src/sessions/occurrences/occurrence.js';
import { calendarFeeds } from '../src/sessions/calendar/feeds.js';
import { holidayBook } from '../src/platform/holidays.js';
import { coordinator } from './make.js';
import { mailedWorld } from './unit/audience/mailed-world.js';
import { contactForm, record, seriesId } from './unit/sessions/reminders/reminders-world.js';

const radio = seriesId(1);
const publicUrl = 'https://bigroom.example.org';
const organiser = 'hankeradio@bigroom.example.org';
const names = { fi: 'Malliseudun hankkeet', sv: 'Mallbygdens projekt', en: 'Model Region projects' };
const helper = { name: 'Eeva Esimerkki', phone: '+358 40 000 0000', address: 'eeva.esimerkki@example.org' };
const readers = [
  { name: 'Outi Ollila', address: 'outi.ollila@example.net', language: 'fi' },
  { name: 'Sven Sundberg', address: 'sven.sundberg@example.net', language: 'sv' },
] as const;

/** A file of the samples, by its path below `docs/calendar-mails`. */
export interface SampleFile {
  readonly path: string;
  readonly content: string;
}

type World = Awaited<ReturnType<typeof mailedWorld>>;

/** What an id or a key would be, which is another each time, so that the samples stay the same. */
function withFixedKeys(mail: Mail, id: string, contacts: readonly Contact[]): Mail {
  const fixed = (text: string): string =>
    contacts
      .reduce(
        (read, { stopKey, id: contact }) =>
          read.replaceAll(stopKey, '0'.repeat(40)).replaceAll(contact, '0'.repeat(contact.length)),
        text,
      )
      .replace(/(?<=\/coming\/[\w-]+\/\w+\/)[0-9a-f]{40}/g, '0'.repeat(40))
      .replace(/(?<=\/open\/)[0-9a-f]{20}/g, '0'.repeat(20));
  const { unsubscribeUrl, ...rest } = mail;
  return {
    ...rest,
    id,
    html: fixed(mail.html),
    text: fixed(mail.text),
    ...(unsubscribeUrl !== undefined && { unsubscribeUrl: fixed(unsubscribeUrl) }),
  };
}

/** Each situation with what a coordinator or a contact does in it; the mails that leave are its samples. */
function situations(world: World, contacts: readonly Contact[]) {
  const { series } = world.bigRoom;
  const session = occurrenceId(radio, '2027-02-02');
  const later = occurrenceId(radio, '2027-03-02');
  const topic = async (): Promise<void> => {
    const talk = {
      topic: 'Elma neuvoo elintavoissa',
      presenter: 'Vilma Virtanen',
      language: 'fi',
      translations: { sv: { topic: 'Elma ger råd om levnadsvanor' } },
      by: { id: coordinator.id, name: coordinator.name },
      at: '2026-11-24T08:00:00Z',
    } as const;
    const before = await world.store.record(session);
    const after = { ...(before?.value ?? record(radio, '2027-02-02')), talk };
    await world.store.commit(world.store.putRecord(before, after, []));
    await series.move(coordinator, session, { date: '2027-02-04', time: '09:00', minutes: 30 });
  };
  return {
    '01-invitation': () => Promise.resolve(),
    '02-moved': () => series.move(coordinator, session, { date: '2027-02-03', time: '09:00', minutes: 30 }),
    '03-moved-with-topic': topic,
    '04-one-cancelled': () => series.cancel(coordinator, later, { reason: 'Esittäjä on sairastunut.' }),
    '05-restored': () => series.restore(coordinator, later),
    '06-this-and-following': () =>
      series.changeFrom(coordinator, radio, { from: '2027-04-06', time: '10:00' }),
    '07-ending': () => series.end(coordinator, radio, { last: '2027-05-31' }),
    '08-leaving': async () => {
      for (const { stopKey } of contacts) await world.bigRoom.contacts.stop(stopKey, true);
    },
  };
}

/** The mails about sessions and their calendar files, in Finnish and Swedish, by situation; the same bytes each time. */
export async function calendarMails(): Promise<readonly SampleFile[]> {
  const world = await mailedWorld(
    { pausedMonths: [7] },
    {
      adapters: { publicUrl, organiser },
      programme: { names, helper, calendarNamespace: 'bigroom.example.org' },
    },
  );
  const contacts: Contact[] = [];
  for (const reader of readers)
    contacts.push(await world.bigRoom.contacts.add(coordinator, contactForm(reader)));
  const files: SampleFile[] = [];
  for (const [situation, act] of Object.entries(situations(world, contacts))) {
    world.mails.splice(0);
    await act();
    await world.runs(60);
    // Several to one person leave side by side: here the oldest stretch of the series comes first.
    const uid = ({ attachments }: Mail): string =>
      /^UID:(.*)$/m.exec(attachments[0]?.content ?? '')?.[1] ?? '';
    world.mails.sort((one, other) => (uid(one) < uid(other) ? -1 : 1));
    const counts = new Map<string, number>();
    for (const mail of world.mails) {
      const count = (counts.get(mail.language) ?? 0) + 1;
      counts.set(mail.language, count);
      const ofOne = world.mails.filter(({ language }) => language === mail.language);
      const name = ofOne.length === 1 ? situation : `${situation}-${count}`;
      const fixed = withFixedKeys(mail, `${mail.language}-${name}`, contacts);
      const sender = { name: names.fi, address: organiser };
      const at = Temporal.Instant.from('2026-11-23T08:00:00Z');
      const mime = await mimeOf(fixed, { sender, at });
      files.push({ path: `${mail.language}/${name}.eml`, content: mime.toString() });
    }
  }
  const sessions = { store: world.store, clock: world.clock, holidays: holidayBook() };
  const feeds = calendarFeeds({
    ...sessions,
    programme: () => world.bigRoom.people.programme(),
    publicUrl,
    organiser,
  });
  for (const { language } of readers)
    files.push({
      path: `${language}/09-single-session.ics`,
      content: await feeds.single('feed-key', occurrenceId(radio, '2027-02-02'), language),
    });
  return files.sort((one, other) => (one.path < other.path ? -1 : 1));
}
