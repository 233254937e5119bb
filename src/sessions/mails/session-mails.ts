import { isUpcoming } from '../occurrences/workflow.js';
import { Temporal } from 'temporal-polyfill';
import { homeDate, today } from '../../platform/clock.js';
import { AppError, isAppError } from '../../platform/errors.js';
import { t } from '../../i18n/messages.js';
import { deterministicId, type SeriesId } from '../../platform/ids.js';
import type { Language } from '../../shared/languages.js';
import type { Attachment, Mail } from '../../delivery/mail/mailer.js';
import type { Programme } from '../../people/person.js';
import {
  inviterOf,
  isFromWelcome,
  partsOfContactKey,
  versionOf,
  type InvitingContent,
  type SessionContent,
  type SessionFanOutDeps,
} from '../fan-outs.js';
import { asCalendar, calendarNamespaceOf, segmentUid } from '../calendar/as-calendar.js';
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
import type { SendOutcome } from '../../delivery/fan-out/kind.js';
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
  /** It says that the series has ended, or takes no contacts any more. */
  readonly isOff?: true;
  readonly series: Series;
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
    seriesId: SeriesId,
    isUpdate: boolean,
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
        series,
        isOff: true,
        attachments: (attendee) => calendarFiles(name, cancellationOf(calendar, attendee, frame)),
      };
    }
    const next = await nextOf(sessions, series);
    const name = t(language, 'mail.invitation.fileName');
    return {
      mail: invitationMail({ series, next, isUpdate }, readers),
      series,
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
    const uid = segmentUid(series.value.id, occurrence.segment);
    const segments = calendar.segments.filter((segment) => segment.uid === uid);
    const name = t(language, 'mail.invitation.fileName');
    return {
      mail: changeMail({ series: series.value, occurrence }, content, readers),
      series: series.value,
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
    const [calendar, frame] = await Promise.all([
      asCalendar(sessions, series.value, language, occurrence.date),
      calendarFrame(language),
    ]);
    const uid = segmentUid(series.value.id, occurrence.segment);
    const content = singleOf(calendar, { uid, date: occurrence.date }, frame);
    const fileName = `${t(language, 'mail.reminder.fileName')}.ics`;
    // Without a method it is a file to open, and nothing that a mail program puts in beside the series by itself.
    const type = 'text/calendar; charset=utf-8';
    return {
      mail: reminderMail({ series: series.value, occurrence }, readers, sessions.clock),
      series: series.value,
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
    return { mail: thanksMail(facts, next, readers), series: series.value, attachments: () => [] };
  };

  /** By series where there are several: those that are gone are left out. */
  return async (content: SessionContent, readers: Readers): Promise<readonly WrittenMail[]> => {
    switch (content.kind) {
      case 'invitation': {
        const { seriesId, sequence, contactId } = content;
        return [await invitation(seriesId, contactId === undefined && sequence > 0, readers)];
      }
      case 'welcome': {
        const all = content.seriesIds.map((id) =>
          invitation(id, false, readers).catch((error: unknown) => {
            if (isAppError(error, 'series.notFound')) return [];
            throw error;
          }),
        );
        return (await Promise.all(all)).flat();
      }
      case 'change':
        return [await change(content, readers)];
      case 'reminder':
        return [await reminder(content, readers)];
      case 'thanks':
        return [await thanks(content, readers)];
    }
  };
}

interface SessionMailDeps extends WritingDeps {
  readonly contacts: Pick<ContactLookup, 'find' | 'sentVersions' | 'claimVersion'>;
}

/** Why nothing may be sent to the contact any more; checked again for each mail, right before it leaves. */
function refusalReason(contact: Contact | undefined, seriesId: SeriesId): string | undefined {
  if (contact === undefined) return 'contactGone';
  if (!contact.consent.given) return 'noConsent';
  return contact.subscriptions.includes(seriesId) ? undefined : 'notInvited';
}

const isInviting = (content: SessionContent): content is InvitingContent =>
  content.kind === 'invitation' || content.kind === 'welcome';

/**
 * Whether this fan-out may send the series as it is written to a contact: of several that would, one does. Asked right
 * before the mail leaves, since the series, or who sends it, may have changed after the recipients were read.
 */
async function maySend(
  { contacts, sessions }: Pick<SessionMailDeps, 'contacts' | 'sessions'>,
  content: SessionContent,
  { id, addressKey }: Contact,
  series: Series,
): Promise<boolean> {
  const version = versionOf(series);
  if (isInviting(content)) {
    const at = sessions.clock.now().toString();
    const claim = { version, by: inviterOf(content), at, ...(addressKey !== undefined && { addressKey }) };
    // Who came back, or moved to another address, after it was sent to them is sent it once more.
    return contacts.claimVersion(
      id,
      series.id,
      claim,
      (sent) =>
        content.kind === 'welcome' &&
        (Date.parse(content.at) > Date.parse(sent.at) || sent.addressKey !== addressKey),
    );
  }
  if (content.kind !== 'change') return true;
  // Of a change those are notified who knew what was before: not those who were welcomed to what is now.
  const sent = (await contacts.sentVersions([id])).get(id)?.[series.id];
  return sent === undefined || sent.version !== version || !isFromWelcome(sent);
}

/** The mails of what is sent of sessions to contacts: reminders, changes, thanks and invitations. */
export function sessionMails(deps: SessionMailDeps): SessionFanOutDeps['mail'] {
  const { contacts, programme, publicUrl } = deps;
  const write = mailWriter(deps);
  return async (content, language) => {
    const readers: Readers = { language, programme: await programme(), publicUrl };
    const all = await write(content, readers);
    const prepared = new Map(
      await Promise.all(
        all.map(async (written) => {
          const mail = await prepareMail(written.mail, readers.programme.names[language]);
          return [written.series.id, { ...written, mail }] as const;
        }),
      ),
    );
    // Differs from that of any other content.
    const seed = JSON.stringify(Object.entries(content).sort(([one], [other]) => (one < other ? -1 : 1)));

    async function to(key: string): Promise<Mail | SendOutcome> {
      const { contactId, seriesId } = partsOfContactKey(key) ?? {};
      const written = seriesId === undefined ? [...prepared.values()][0] : prepared.get(seriesId);
      // A welcome says nothing of a series that takes nobody any more.
      if (written === undefined || (content.kind === 'welcome' && written.isOff))
        return { result: 'dropped', reason: 'superseded' };
      const contact = contactId && (await contacts.find(contactId))?.value;
      const reason = refusalReason(contact, written.series.id);
      if (contact === undefined || reason !== undefined)
        return { result: 'undeliverable', reason: reason ?? 'contactGone' };
      if (!(await maySend(deps, content, contact, written.series)))
        return { result: 'dropped', reason: 'sentAlready' };
      const { name, address, stopKey, consent } = contact;
      const { mail, attachments } = written;
      const stopUrl = `${publicUrl}/stop/${stopKey}`;
      return {
        // A contact who gave consent again gets the mail again, though the text is the same.
        id: deterministicId('mail', seed, key, consent.at),
        to: { name, address },
        language: mail.language,
        subject: mail.subject,
        html: mail.html(stopUrl),
        text: mail.text(stopUrl),
        attachments: attachments({ name, address }),
        unsubscribeUrl: stopUrl,
      };
    }
    return { to };
  };
}
