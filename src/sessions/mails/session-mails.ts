import { isUpcoming } from '../occurrences/workflow.js';
import { Temporal } from 'temporal-polyfill';
import { homeDate, today } from '../../platform/clock.js';
import { AppError, isAppError } from '../../platform/errors.js';
import { t } from '../../i18n/messages.js';
import { type ContactId, deterministicId, type OccurrenceId, type SeriesId } from '../../platform/ids.js';
import type { Language } from '../../shared/languages.js';
import type { Attachment, Mail } from '../../delivery/mail/mailer.js';
import {
  isFromWelcome,
  isInviter,
  partsOfContactKey,
  senderOf,
  versionOf,
  type InvitingContent,
  type SessionContent,
  type SessionFanOutDeps,
} from '../fan-outs.js';
import { type Answer, contactInvitee, currentAnswers, type Invitee } from '../coming/answer.js';
import { publicAddresses } from '../coming/links.js';
import type { AnswerStore } from '../coming/store.js';
import { asCalendar } from '../calendar/as-calendar.js';
import { type Frame, type IcsObject, type IcsSeries, singleOf } from '../calendar/ics/ics.js';
import { calendarUpdate, type Differences } from '../calendar/ics/itip.js';
import { type Held, readHeld, segmentUid, writeHeld } from '../held.js';
import type { Occurrence } from '../occurrences/occurrence.js';
import {
  findOccurrence,
  isAllOver,
  occurrencesOf,
  type ReadingDeps,
  withDatesAsTheyAre,
} from '../occurrences/reading.js';
import type { Segment, Series } from '../series/series.js';
import { changeMail, endedMail, invitationMail, reminderMail, replacedMail, thanksMail } from './contents.js';
import { sentencesOf, stretchSentence } from './differences.js';
import { fromOf, type Readers } from './phrases.js';
import { type Personal, prepareMail, type SessionMail } from './render.js';
import { calendarFile, calendarFrameOf, type WritingDeps } from './writing.js';
import type { SendOutcome } from '../../delivery/fan-out/kind.js';
import type { Contact, SentVersion } from '../../audience/contact.js';
import type { ContactLookup } from '../../audience/service.js';

/** What a mail to one person is of: the segment, and what it is to them. */
interface Version {
  readonly segment: number;
  /** `off`: it takes the segment out of their calendar; `plain`: it brings nothing there. */
  readonly as: 'new' | 'update' | 'off' | 'plain';
  /** What is otherwise than they have it; absent where that is not known. */
  readonly differences?: Differences;
  /** They had another segment of the series: this one follows it. */
  readonly isNext?: boolean;
}

/** What is written, and the calendar that its readers' calendars are brought in step with. */
interface WrittenMail {
  readonly series: Series;
  readonly mail: (version: Version) => SessionMail;
  readonly calendar?: {
    readonly shown: IcsSeries;
    readonly frame: Omit<Frame, 'attendee'>;
    /** The series has ended, or takes no contacts any more. */
    readonly isOff?: boolean;
    /** The session that it is about; without one it is about the whole series. */
    readonly session?: { readonly segment: number; readonly date: string };
  };
  /** Files that are the same for everybody. */
  readonly attachments?: readonly Attachment[];
}

const nextDates = 6;
const horizonDays = 400;

/** The next occurrences that take place, as things are. */
async function nextOf(sessions: ReadingDeps, series: Series, after?: string): Promise<readonly Occurrence[]> {
  const now = sessions.clock.now().toString();
  const from = after === undefined ? today(sessions.clock) : homeDate(after);
  const to = today(sessions.clock).add({ days: horizonDays }).toString();
  const all = await occurrencesOf(sessions, series, from.toString(), to);
  const isLater = (start: string): boolean => Temporal.Instant.compare(start, after ?? now) > 0;
  return all.filter(({ state, start }) => isUpcoming({ state }) && isLater(start));
}

/**
 * Writes what is sent about sessions, in one language, as things are.
 * @throws AppError `series.notFound`, `occurrence.notFound`.
 */
function mailWriter(deps: WritingDeps) {
  const { sessions } = deps;
  const addresses = publicAddresses(deps);
  const calendarFrame = (language: Language) => calendarFrameOf(deps, language);

  const invitation = async (seriesId: SeriesId, readers: Readers): Promise<WrittenMail> => {
    const { language } = readers;
    const series = (await sessions.store.series(seriesId))?.value;
    if (series === undefined) throw new AppError('series.notFound', { id: seriesId });
    const [shown, frame, isOver, said] = await Promise.all([
      asCalendar(sessions, series, language),
      calendarFrame(language),
      isAllOver(sessions, series),
      withDatesAsTheyAre(sessions, series),
    ]);
    const isOff = isOver || !series.isOpenToContacts;
    const all = isOff ? [] : await nextOf(sessions, series);
    const firsts = all.filter(
      ({ segment }, index) => all.findIndex((other) => other.segment === segment) === index,
    );
    const seriesPage = isOff ? undefined : await addresses.ofSeries(series, language);
    const pages = new Map(
      await Promise.all(
        firsts.map(
          async ({ id, segment }) => [segment, await addresses.ofSession(series, id, language)] as const,
        ),
      ),
    );
    return {
      series,
      calendar: { shown, frame, isOff },
      mail: ({ segment, as, differences, isNext = false }) => {
        if (isOff) return endedMail(said, readers);
        if (as === 'off') return replacedMail(said, segment, readers);
        const next = all.filter((occurrence) => occurrence.segment === segment).slice(0, nextDates);
        const followsAs = isNext ? stretchSentence(series, segment, readers) : undefined;
        const known = differences && sentencesOf(differences, { series, segment }, readers);
        const changes = known ?? (followsAs === undefined ? [] : [followsAs]);
        const times = new Set((differences?.sessions ?? []).map(({ is }) => is?.start));
        const changed = all.filter(({ start, ...each }) => each.segment === segment && times.has(start));
        const isUpdate = as === 'update';
        const shown = { series: seriesPage, next: pages.get(segment) };
        const invited = { series: said, next, segment, isUpdate, changes, changed, pages: shown };
        return invitationMail(invited, readers);
      },
    };
  };

  const change = async (
    content: Extract<SessionContent, { kind: 'change' }>,
    readers: Readers,
  ): Promise<WrittenMail> => {
    const { language } = readers;
    const { series, occurrence } = await findOccurrence(sessions, content.occurrenceId);
    const { segment, date } = occurrence;
    const [shown, frame, page] = await Promise.all([
      asCalendar(sessions, series.value, language, date),
      calendarFrame(language),
      addresses.ofSession(series.value, occurrence.id, language),
    ]);
    const facts = { series: series.value, occurrence, page };
    return {
      series: series.value,
      calendar: { shown, frame, session: { segment, date } },
      mail: ({ as }) => changeMail(facts, content, readers, as !== 'plain'),
    };
  };

  const reminder = async (
    { occurrenceId }: Extract<SessionContent, { kind: 'reminder' }>,
    readers: Readers,
  ): Promise<WrittenMail> => {
    const { language } = readers;
    const { series, occurrence } = await findOccurrence(sessions, occurrenceId);
    const [calendar, frame, page] = await Promise.all([
      asCalendar(sessions, series.value, language, occurrence.date),
      calendarFrame(language),
      addresses.ofSession(series.value, occurrence.id, language),
    ]);
    const uid = segmentUid(series.value.id, occurrence.segment);
    const content = singleOf(calendar, { uid, date: occurrence.date }, frame);
    const fileName = `${t(language, 'mail.reminder.fileName')}.ics`;
    // Without a method it is a file to open, and nothing that a mail program puts in beside the series by itself.
    const type = 'text/calendar; charset=utf-8';
    return {
      series: series.value,
      mail: () => reminderMail({ series: series.value, occurrence, page }, readers, sessions.clock),
      attachments: [{ fileName, type, content }],
    };
  };

  const thanks = async (
    { occurrenceId, message }: Extract<SessionContent, { kind: 'thanks' }>,
    readers: Readers,
  ): Promise<WrittenMail> => {
    const { series, occurrence } = await findOccurrence(sessions, occurrenceId);
    const [next] = await nextOf(sessions, series.value, occurrence.end);
    const page = await addresses.ofSession(series.value, occurrence.id, readers.language);
    const facts = { series: series.value, occurrence, page };
    return { series: series.value, mail: () => thanksMail(facts, { next, message }, readers) };
  };

  /** By series where there are several: those that are gone are left out. */
  return async (content: SessionContent, readers: Readers): Promise<readonly WrittenMail[]> => {
    switch (content.kind) {
      case 'invitation':
        return [await invitation(content.seriesId, readers)];
      case 'welcome': {
        const all = content.seriesIds.map((id) =>
          invitation(id, readers).catch((error: unknown) => {
            if (isAppError(error, 'series.notFound')) return [];
            throw error;
          }),
        );
        return (await Promise.all(all)).flat();
      }
      case 'change':
        return [await change(content, readers)];
      // Contacts learn of it from the invitation that leaves with it.
      case 'ended':
        return [];
      case 'reminder':
        return [await reminder(content, readers)];
      case 'thanks':
        return [await thanks(content, readers)];
    }
  };
}

/**
 * The invitation of a series as a contact who is new would get it now, published or not, with nowhere to leave it.
 * @throws AppError as the writing of a mail does.
 */
export async function invitationPreview(
  deps: WritingDeps,
  series: Series,
  language: Language,
): Promise<{ readonly subject: string; readonly html: string }> {
  const published: Series = { ...series, state: { status: 'active' } };
  const { store } = deps.sessions;
  const asPublished = {
    ...store,
    series: async (id: SeriesId) => (id === series.id ? { value: published, version: '' } : store.series(id)),
  };
  const write = mailWriter({ ...deps, sessions: { ...deps.sessions, store: asPublished } });
  const programme = await deps.programme();
  const readers: Readers = { language, programme, publicUrl: deps.publicUrl };
  const content = { kind: 'invitation', seriesId: series.id, sequence: series.sequence } as const;
  const [written] = await write(content, readers);
  if (written === undefined) throw new AppError('series.notFound', { id: series.id });
  const segment = series.segments.at(-1)?.number ?? 1;
  const mail = await prepareMail(written.mail({ segment, as: 'new' }), fromOf(readers, series));
  const answer = `${deps.publicUrl}/coming/`;
  const links = { stopUrl: `${deps.publicUrl}/stop/`, answering: { coming: answer, notComing: answer } };
  // A page shows no pictures that travel with a mail.
  const html = mail.pictures.reduce(
    (text, { cid, type, base64 }) => text.replaceAll(`cid:${cid}`, `data:${type};base64,${base64}`),
    mail.html(links),
  );
  return { subject: mail.subject, html };
}

interface SessionMailDeps extends WritingDeps {
  readonly answers: Pick<AnswerStore, 'answers'>;
  readonly contacts: Pick<ContactLookup, 'find' | 'sentVersions' | 'claimVersion' | 'keepHeld'>;
}

/** Why nothing may be sent to the contact any more; checked again for each mail, right before it leaves. */
function refusalReason(
  contact: Contact | undefined,
  seriesId: SeriesId,
  content: SessionContent,
): string | undefined {
  if (contact === undefined) return 'contactGone';
  if (!contact.consent.given) return 'noConsent';
  if (!contact.subscriptions.includes(seriesId)) return 'notInvited';
  const unwanted = isInviting(content) ? 'reminders' : hasCalendar(content) ? undefined : 'invitations';
  return unwanted !== undefined && contact.wants === unwanted ? 'notWanted' : undefined;
}

type CalendarContent = Extract<SessionContent, { kind: 'invitation' | 'welcome' | 'change' }>;

const isInviting = (content: SessionContent): content is InvitingContent =>
  content.kind === 'invitation' || content.kind === 'welcome';

const hasCalendar = (content: SessionContent): content is CalendarContent =>
  content.kind === 'change' || isInviting(content);

/** Whether a welcome is to somebody who came back, or moved to another address, after they were sent the series. */
const isBack = (content: CalendarContent, sent: SentVersion, { addressKey }: Contact): boolean =>
  content.kind === 'welcome' &&
  (Date.parse(content.at) > Date.parse(sent.at) || sent.addressKey !== addressKey);

/** What was sent of one segment to a contact, and of the series by releases that kept no more. */
interface SentBefore {
  readonly own: SentVersion | undefined;
  readonly ofSeries: SentVersion | undefined;
}

/** What the contact's calendar has of a segment, as far as it is known, right before something else is sent. */
function heldBy(
  { content, contact, series }: { content: CalendarContent; contact: Contact; series: Series },
  { own, ofSeries }: SentBefore,
  segment: Segment,
): Held | undefined {
  const last = own ?? ofSeries;
  if (last !== undefined && isBack(content, last, contact)) return undefined;
  if (own === undefined) {
    const wasInvited = ofSeries !== undefined || contact.since?.[series.id] === undefined;
    return wasInvited && content.kind !== 'welcome' ? { is: 'unknown', from: segment.from } : undefined;
  }
  // Another address is another calendar.
  if (own.addressKey !== contact.addressKey) return undefined;
  const note = readHeld(own.held);
  if (note === undefined) return { is: 'unknown', from: segment.from };
  // It is tried once more: the same mail, whatever came of the first.
  if (own.by === senderOf(content) && own.version === versionOf(series)) return note.before;
  if (note.held.is === 'off') return note.held;
  // An invitation that leaves beside a change of one session is about something else: it brings all of it.
  const isBeside = content.kind !== 'change' && own.version === versionOf(series) && !isInviter(own);
  if (note.isSure && !isBeside) return note.held;
  return { is: 'unknown', from: note.held.from };
}

/** Where a contact says whether they come to a session, and what they have said so far. */
function answeringOf({ answers, ...deps }: SessionMailDeps) {
  const addresses = publicAddresses(deps);
  const given = new Map<OccurrenceId, ReturnType<typeof answersTo>>();
  async function answersTo(occurrence: Occurrence): Promise<ReadonlyMap<Invitee, Answer>> {
    return currentAnswers(occurrence, await answers.answers(occurrence));
  }
  return async (
    occurrence: Occurrence,
    contact: Pick<Contact, 'id' | 'stopKey'>,
  ): Promise<Personal['answering']> => {
    const { id } = occurrence;
    const known = given.get(id) ?? answersTo(occurrence);
    given.set(id, known);
    const [all, coming, notComing] = await Promise.all([
      known,
      addresses.ofAnswer(id, contact, 'coming'),
      addresses.ofAnswer(id, contact, 'notComing'),
    ]);
    const answer = all.get(contactInvitee(contact.id))?.answer;
    return { coming, notComing, ...(answer !== undefined && answer !== 'maybe' && { given: answer }) };
  };
}

/** The mails of what is sent of sessions to contacts: reminders, changes, thanks and invitations. */
export function sessionMails(deps: SessionMailDeps): SessionFanOutDeps['mail'] {
  const { contacts, sessions, programme, publicUrl } = deps;
  const write = mailWriter(deps);
  return async (content, language) => {
    const readers: Readers = { language, programme: await programme(), publicUrl };
    const written = new Map((await write(content, readers)).map((each) => [each.series.id, each]));
    const prepared = new Map<string, ReturnType<typeof prepareMail>>();
    const answering = answeringOf(deps);
    const prepare = ({ series, mail }: WrittenMail, version: Version): ReturnType<typeof prepareMail> => {
      const key = JSON.stringify([series.id, version]);
      const known = prepared.get(key) ?? prepareMail(mail(version), fromOf(readers, series));
      prepared.set(key, known);
      return known;
    };
    // Whatever can't be written is found before anybody is sent anything.
    await Promise.all(
      [...written.values()].map((each) =>
        prepare(each, { segment: each.series.segments.at(-1)?.number ?? 1, as: 'new' }),
      ),
    );
    // Differs from that of any other content.
    const seed = JSON.stringify(Object.entries(content).sort(([one], [other]) => (one < other ? -1 : 1)));
    /** What is known to be held once the mail to a recipient has left, by the recipient's key. */
    const leaving = new Map<string, { id: ContactId; uid: string; by: string; held: string }>();

    /**
     * What brings the contact's calendar in step, claimed so that of several that would send it one does. Asked right
     * before the mail leaves, since the series, or who sends it, may have changed after the recipients were read.
     */
    async function updateFor(
      key: string,
      { contact, mail, number }: { contact: Contact; mail: WrittenMail; number: number | undefined },
    ): Promise<(Version & { readonly object: IcsObject }) | undefined> {
      const { calendar, series } = mail;
      const segment =
        number === undefined
          ? series.segments.at(-1)
          : series.segments.find((each) => each.number === number);
      if (calendar === undefined || segment === undefined || !hasCalendar(content)) return undefined;
      const uid = segmentUid(series.id, segment.number);
      const versions = (await contacts.sentVersions([contact.id])).get(contact.id) ?? {};
      const before = { own: versions[uid], ofSeries: versions[series.id] };
      const sent = before.own ?? before.ofSeries;
      const [version, by] = [versionOf(series), senderOf(content)];
      const isRenewal = content.kind === 'invitation' && content.renews !== undefined;
      const isSame =
        !isRenewal && sent?.version === version && sent.by !== by && !isBack(content, sent, contact);
      // Of a change those are notified who knew what was before: not those who were welcomed to what is now.
      if (isSame && (isInviting(content) ? isInviter(sent) : isFromWelcome(sent))) return undefined;
      const { name, address, addressKey } = contact;
      const held = heldBy({ content, contact, series }, before, segment);
      const update = calendarUpdate(
        calendar.shown,
        uid,
        held,
        { ...calendar.frame, attendee: { name, address } },
        { isOff: calendar.isOff === true, ...(calendar.session && { again: calendar.session.date }) },
      );
      if (update === undefined) return undefined;
      const claim = {
        version,
        by,
        at: sessions.clock.now().toString(),
        ...(addressKey !== undefined && { addressKey }),
        held: writeHeld({ held: update.held, ...(held && { before: held }) }),
      };
      const isAnew = (other: SentVersion): boolean =>
        content.kind === 'change'
          ? !isFromWelcome(other)
          : isRenewal || !isInviter(other) || isBack(content, other, contact);
      if (!(await contacts.claimVersion(contact.id, uid, claim, isAnew))) return undefined;
      leaving.set(key, { id: contact.id, uid, by, held: writeHeld({ held: update.held, isSure: true }) });
      const { object, differences } = update;
      const isNew = held === undefined || held.is === 'off';
      const isGone = update.held.is === 'off';
      const isNext =
        isNew &&
        content.kind === 'invitation' &&
        series.segments.some(
          ({ number: other }) =>
            other < segment.number && versions[segmentUid(series.id, other)] !== undefined,
        );
      return {
        object,
        segment: segment.number,
        as: isGone ? 'off' : isNew ? 'new' : 'update',
        ...(differences && { differences }),
        ...(isNext && { isNext }),
      };
    }

    async function to(key: string): Promise<Mail | SendOutcome> {
      const { contactId, seriesId, segment } = partsOfContactKey(key) ?? {};
      const mail = seriesId === undefined ? [...written.values()][0] : written.get(seriesId);
      // A welcome says nothing of a series that takes nobody any more.
      if (mail === undefined || (content.kind === 'welcome' && mail.calendar?.isOff))
        return { result: 'dropped', reason: 'superseded' };
      const contact = contactId && (await contacts.find(contactId))?.value;
      const reason = refusalReason(contact, mail.series.id, content);
      if (contact === undefined || reason !== undefined)
        return { result: 'undeliverable', reason: reason ?? 'contactGone' };
      const number = mail.calendar?.session?.segment ?? segment;
      // Who alone wants reminders is notified of a change without a calendar.
      const isPlain = contact.wants === 'reminders';
      const update = isPlain ? undefined : await updateFor(key, { contact, mail, number });
      if (hasCalendar(content) && update === undefined && !isPlain)
        return { result: 'dropped', reason: 'sentAlready' };
      const { object, ...version }: Version & { readonly object?: IcsObject } = update ?? {
        segment: 1,
        as: isPlain ? 'plain' : 'new',
      };
      const text = await prepare(mail, version);
      const { name, address, stopKey, consent } = contact;
      const { helper, names } = fromOf(readers, mail.series).programme;
      const stopUrl = `${publicUrl}/stop/${stopKey}`;
      const { asks } = text;
      const personal = { stopUrl, ...(asks && { answering: await answering(asks, contact) }) };
      return {
        // A contact who gave consent again gets the mail again, though the text is the same.
        id: deterministicId('mail', seed, key, consent.at),
        to: { name, address },
        language: text.language,
        fromName: names[text.language],
        ...(helper?.address !== undefined && { replyTo: { name: helper.name, address: helper.address } }),
        subject: text.subject,
        html: text.html(personal),
        text: text.text(personal),
        pictures: text.pictures,
        attachments: object ? [calendarFile(language, object)] : (mail.attachments ?? []),
        unsubscribeUrl: stopUrl,
      };
    }

    async function sent(key: string): Promise<void> {
      const left = leaving.get(key);
      if (left !== undefined) await contacts.keepHeld(left.id, left.uid, left.by, left.held);
    }
    return { to, sent };
  };
}
