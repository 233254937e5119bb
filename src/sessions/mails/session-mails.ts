import { isUpcoming } from '../occurrences/workflow.js';
import { Temporal } from 'temporal-polyfill';
import { homeDate, today } from '../../platform/clock.js';
import { AppError } from '../../platform/errors.js';
import { t } from '../../i18n/messages.js';
import { type ContactId, deterministicId, type SeriesId } from '../../platform/ids.js';
import type { Language } from '../../shared/languages.js';
import type { Attachment, Mail } from '../../delivery/mail/mailer.js';
import type { Programme } from '../../people/person.js';
import type { SessionContent, SessionFanOutDeps } from '../fan-outs.js';
import { asCalendar, calendarNamespaceOf } from '../calendar/as-calendar.js';
import {
  type CalendarUser,
  cancellationOf,
  type IcsObject,
  invitationsOf,
  singleOf,
} from '../calendar/ics/ics.js';
import type { Occurrence } from '../occurrences/occurrence.js';
import { findOccurrence, isAllOver, occurrencesOf, type ReadingDeps } from '../occurrences/reading.js';
import type { Series } from '../series/series.js';
import { changeMail, endedMail, invitationMail, reminderMail, thanksMail } from './contents.js';
import type { Readers } from './phrases.js';
import { prepareMail, type SessionMail } from './render.js';
import type { Outcome } from '../../delivery/outbox/message.js';
import type { Contact } from '../../audience/contact.js';
import type { ContactLookup } from '../../audience/service.js';

interface WritingDeps {
  readonly sessions: ReadingDeps;
  readonly programme: () => Promise<Programme>;
  /** Where people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
  /** Mail address from which invitations come. */
  readonly organiser: string;
}

/** What is written, and the calendar files that go with it, made for each person since they name them. */
interface WrittenMail {
  readonly mail: SessionMail;
  readonly seriesId: SeriesId;
  readonly attachments: (attendee: CalendarUser) => readonly Attachment[];
}

const nextDates = 6;
const horizonDays = 400;

/** The stretch that goes on first: mail programs offer to answer the first file alone. */
function calendarFiles(name: string, objects: readonly IcsObject[]): readonly Attachment[] {
  return [...objects].reverse().map((object, index) => calendarFile(name, object, index));
}

function calendarFile(name: string, { method, content }: IcsObject, index: number): Attachment {
  const fileName = index === 0 ? `${name}.ics` : `${name}-${String(index + 1)}.ics`;
  return { fileName, type: `text/calendar; method=${method}; charset=utf-8`, content };
}

/** The next occurrences that take place, as things are. */
async function nextOf(sessions: ReadingDeps, series: Series, after?: string): Promise<readonly Occurrence[]> {
  const now = sessions.clock.now().toString();
  const from = after === undefined ? today(sessions.clock) : homeDate(after);
  const to = today(sessions.clock).add({ days: horizonDays }).toString();
  const all = await occurrencesOf(sessions, series, from.toString(), to);
  const isLater = (start: string): boolean => Temporal.Instant.compare(start, after ?? now) > 0;
  return all.filter(({ state, start }) => isUpcoming({ state }) && isLater(start)).slice(0, nextDates);
}

/**
 * Writes what is sent about sessions, in one language, as things are.
 * @throws AppError `series.notFound`, `occurrence.notFound`.
 */
function mailWriter({ sessions, programme, publicUrl, organiser }: WritingDeps) {
  const calendarFrame = async (language: Language) => {
    const current = await programme();
    return {
      namespace: calendarNamespaceOf(current, publicUrl),
      stamp: sessions.clock.now().toString(),
      organiser: { name: current.names[language], address: organiser },
    };
  };

  const invitation = async (
    { seriesId, sequence, contactId }: Extract<SessionContent, { kind: 'invitation' }>,
    readers: Readers,
  ): Promise<WrittenMail> => {
    const { language } = readers;
    const series = (await sessions.store.series(seriesId))?.value;
    if (series === undefined) throw new AppError('series.notFound', { id: seriesId });
    const [calendar, frame, isOver] = await Promise.all([
      asCalendar(sessions, series, language),
      calendarFrame(language),
      isAllOver(sessions, series),
    ]);
    if (isOver || !series.isOpenToContacts) {
      const name = t(language, 'mail.invitation.offFileName');
      return {
        mail: endedMail(series, readers),
        seriesId,
        attachments: (attendee) => calendarFiles(name, cancellationOf(calendar, attendee, frame)),
      };
    }
    const isUpdate = contactId === undefined && sequence > 0;
    const next = await nextOf(sessions, series);
    const name = t(language, 'mail.invitation.fileName');
    return {
      mail: invitationMail({ series, next, isUpdate }, readers),
      seriesId,
      attachments: (attendee) => calendarFiles(name, invitationsOf(calendar, attendee, frame)),
    };
  };

  /** The updated invitation of the stretch of the series to which the session belongs. */
  const change = async (
    content: Extract<SessionContent, { kind: 'change' }>,
    readers: Readers,
  ): Promise<WrittenMail> => {
    const { language } = readers;
    const { series, occurrence } = await findOccurrence(sessions, content.occurrenceId);
    const [calendar, frame] = await Promise.all([
      asCalendar(sessions, series.value, language),
      calendarFrame(language),
    ]);
    const uid = `${series.value.id}-${String(occurrence.segment)}`;
    const segments = calendar.segments.filter((segment) => segment.uid === uid);
    const name = t(language, 'mail.invitation.fileName');
    return {
      mail: changeMail({ series: series.value, occurrence }, content, readers),
      seriesId: series.value.id,
      attachments: (attendee) =>
        calendarFiles(name, invitationsOf({ ...calendar, segments }, attendee, frame)),
    };
  };

  const reminder = async (
    { occurrenceId }: Extract<SessionContent, { kind: 'reminder' }>,
    readers: Readers,
  ): Promise<WrittenMail> => {
    const { language } = readers;
    const { series, occurrence } = await findOccurrence(sessions, occurrenceId);
    const { id, start, end, names, joinUrl, state } = occurrence;
    const session = {
      language,
      id,
      start,
      end,
      subject: names[language],
      description: series.value.descriptions[language] ?? '',
      isCancelled: state.status === 'cancelled',
      sequence: series.value.sequence,
      changedAt: series.value.changedAt,
      ...(joinUrl !== undefined && { joinUrl }),
    };
    const content = singleOf(session, await calendarFrame(language));
    const fileName = `${t(language, 'mail.reminder.fileName')}.ics`;
    // Without a method it is a file to open, and nothing that a mail program puts in beside the series by itself.
    const type = 'text/calendar; charset=utf-8';
    return {
      mail: reminderMail({ series: series.value, occurrence }, readers, sessions.clock),
      seriesId: series.value.id,
      attachments: () => [{ fileName, type, content }],
    };
  };

  const thanks = async (
    { occurrenceId }: Extract<SessionContent, { kind: 'thanks' }>,
    readers: Readers,
  ): Promise<WrittenMail> => {
    const { series, occurrence } = await findOccurrence(sessions, occurrenceId);
    const [next] = await nextOf(sessions, series.value, occurrence.end);
    const facts = { series: series.value, occurrence };
    return { mail: thanksMail(facts, next, readers), seriesId: series.value.id, attachments: () => [] };
  };

  return (content: SessionContent, readers: Readers): Promise<WrittenMail> => {
    switch (content.kind) {
      case 'invitation':
        return invitation(content, readers);
      case 'change':
        return change(content, readers);
      case 'reminder':
        return reminder(content, readers);
      case 'thanks':
        return thanks(content, readers);
    }
  };
}

interface SessionMailDeps extends WritingDeps {
  readonly contacts: Pick<ContactLookup, 'find'>;
}

/** Why nothing may be sent to the contact any more; checked again for each mail, right before it leaves. */
function refusalReason(contact: Contact | undefined, seriesId: SeriesId): string | undefined {
  if (contact === undefined) return 'contactGone';
  if (!contact.consent.given) return 'noConsent';
  return contact.subscriptions.includes(seriesId) ? undefined : 'notInvited';
}

/** The mails of what is sent of sessions to contacts: reminders, changes, thanks and invitations. */
export function sessionMails(deps: SessionMailDeps): SessionFanOutDeps['mail'] {
  const { contacts, programme, publicUrl } = deps;
  const write = mailWriter(deps);
  return async (content, language) => {
    const readers: Readers = { language, programme: await programme(), publicUrl };
    const { mail, seriesId, attachments } = await write(content, readers);
    const prepared = await prepareMail(mail, readers.programme.names[language]);
    // Differs from that of any other content.
    const seed = JSON.stringify(Object.entries(content).sort(([one], [other]) => (one < other ? -1 : 1)));

    async function to(key: string): Promise<Mail | Outcome> {
      const contact = (await contacts.find(key.replace(/^contact:/, '') as ContactId))?.value;
      const reason = refusalReason(contact, seriesId);
      if (contact === undefined || reason !== undefined)
        return { result: 'undeliverable', reason: reason ?? 'contactGone' };
      const { name, address, stopKey, consent } = contact;
      const stopUrl = `${publicUrl}/stop/${stopKey}`;
      return {
        // A contact who gave consent again gets the mail again, though the text is the same.
        id: deterministicId('mail', seed, key, consent.at),
        to: { name, address },
        language: prepared.language,
        subject: prepared.subject,
        html: prepared.html(stopUrl),
        text: prepared.text(stopUrl),
        attachments: attachments({ name, address }),
        unsubscribeUrl: stopUrl,
      };
    }
    return { to };
  };
}
