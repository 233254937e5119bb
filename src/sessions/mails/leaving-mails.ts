import type { ContactLookup } from '../../audience/service.js';
import type { Leaving } from '../../audience/contact.js';
import type { Mail, Mailer } from '../../delivery/mail/mailer.js';
import type { DeliveryKind, PayloadOf } from '../../delivery/outbox/kind.js';
import type { Versioned } from '../../platform/commit.js';
import { isAppError } from '../../platform/errors.js';
import { deterministicId, type SeriesId } from '../../platform/ids.js';
import { asCalendar } from '../calendar/as-calendar.js';
import { calendarUpdate } from '../calendar/ics/itip.js';
import { isInCalendar, readHeld, segmentUid, writeHeld, type Held } from '../held.js';
import { leaveRequest } from '../messages.js';
import { mailedSegments, withDatesAsTheyAre } from '../occurrences/reading.js';
import type { Segment, Series } from '../series/series.js';
import { leavingMail } from './contents.js';
import { fromOf, type Readers } from './phrases.js';
import { prepareMail } from './render.js';
import { calendarFile, calendarFrameOf, type WritingDeps } from './writing.js';

interface LeavingDeps extends WritingDeps {
  readonly contacts: Pick<
    ContactLookup,
    'find' | 'sentVersions' | 'claimVersion' | 'leaving' | 'replaceLeaving' | 'eraseLeaving' | 'commit'
  >;
  readonly mailer: Mailer;
}

/** A segment that is to be taken out of somebody's calendar. */
interface Taken {
  readonly series: Series;
  readonly segment: Segment;
  readonly uid: string;
  readonly held: Held;
}

/** Whether they are invited again, at the address that they had: they keep what they have. */
async function isBackAt({ contacts }: LeavingDeps, leaving: Leaving, seriesId: string): Promise<boolean> {
  const contact = (await contacts.find(leaving.contactId))?.value;
  if (contact === undefined || contact.address !== leaving.address || !contact.consent.given) return false;
  return contact.wants !== 'reminders' && contact.subscriptions.includes(seriesId);
}

/** The versions as they are now: after what left in the last moment, while the address is the same. */
async function versionsOf({ contacts }: LeavingDeps, leaving: Leaving): Promise<Leaving['versions']> {
  const { contactId, addressKey, versions } = leaving;
  const current = (await contacts.sentVersions([contactId])).get(contactId) ?? {};
  const own = Object.entries(current).filter(([, sent]) => sent.addressKey === addressKey);
  return { ...versions, ...Object.fromEntries(own) };
}

/** What is still to be taken out, the oldest segment first; what is over for good stays as it was. */
async function left(deps: LeavingDeps, leaving: Leaving): Promise<readonly Taken[]> {
  const { sessions } = deps;
  const versions = await versionsOf(deps, leaving);
  const ofSeries = leaving.subscriptions.map(async (id): Promise<readonly Taken[]> => {
    const series = (await sessions.store.series(id as SeriesId))?.value;
    if (series === undefined || (await isBackAt(deps, leaving, id))) return [];
    return mailedSegments(series, sessions.clock).flatMap((segment): Taken[] => {
      const uid = segmentUid(series.id, segment.number);
      const sent = versions[uid] ?? versions[series.id];
      const isKnown = sent === undefined ? leaving.since?.[id] === undefined : isInCalendar(sent);
      if (!isKnown || leaving.done.includes(uid)) return [];
      const noted = readHeld(sent?.held)?.held;
      const held = noted ?? { is: 'unknown', from: segment.from };
      return [{ series, segment, uid, held }];
    });
  });
  return (await Promise.all(ofSeries)).flat();
}

/** The mail that takes one segment out of a calendar; `undefined` where it is out already. */
async function mailOf(
  deps: LeavingDeps,
  { id, contactId, name, address, language: before, stopKey, why }: Leaving,
  { series, uid, held }: Taken,
): Promise<Mail | undefined> {
  const { contacts, sessions, programme, publicUrl } = deps;
  const contact = (await contacts.find(contactId))?.value;
  const own = contact?.address === address ? contact : undefined;
  // They may have chosen another language by the same press.
  const language = own?.language ?? before;
  const keepsReminders =
    own?.consent.given === true && own.wants === 'reminders' && own.subscriptions.includes(series.id);
  const current = await programme();
  const [shown, frame] = await Promise.all([
    asCalendar(sessions, series, language),
    calendarFrameOf(deps, language),
  ]);
  const attendee = { name, address };
  const update = calendarUpdate(shown, uid, held, { ...frame, attendee }, { isOff: true });
  if (update === undefined) return undefined;
  const readers: Readers = { language, programme: current, publicUrl };
  const stopUrl = `${publicUrl}/stop/${stopKey}`;
  const said = await withDatesAsTheyAre(sessions, series);
  const mail = leavingMail(said, keepsReminders ? 'reminders' : why, readers, stopUrl);
  // Who is no contact any more, or asked for no mails, has nothing to stop.
  const [prepared, footerUrl] = [
    await prepareMail(mail, fromOf(readers, series)),
    why === 'chosen' ? stopUrl : undefined,
  ];
  return {
    id: deterministicId('leaving', id, uid),
    to: { name, address },
    language,
    fromName: current.names[language],
    subject: prepared.subject,
    html: prepared.html({ stopUrl: footerUrl }),
    text: prepared.text({ stopUrl: footerUrl }),
    pictures: prepared.pictures,
    attachments: [calendarFile(language, update.object)],
  };
}

/**
 * The last mails to somebody who lost invitations: a CANCEL for each segment that their calendar has, one a mail and each
 * once. Not to who was invited again meanwhile. Then nothing is kept of them.
 */
export function leavingDelivery(deps: LeavingDeps): DeliveryKind<PayloadOf<typeof leaveRequest>> {
  const { contacts, mailer, sessions } = deps;

  /** Notes what is out, also for whoever invites them again. */
  async function note(before: Versioned<Leaving>, { uid }: Taken): Promise<void> {
    const { id, contactId, addressKey, done } = before.value;
    if ((await contacts.find(contactId)) !== undefined) {
      const claim = {
        version: `left ${id}`,
        by: `left ${id}`,
        at: sessions.clock.now().toString(),
        ...(addressKey !== undefined && { addressKey }),
        held: writeHeld({ held: { is: 'off' }, isSure: true }),
      };
      const sent = (await contacts.sentVersions([contactId])).get(contactId)?.[uid];
      // At another address they may have been invited meanwhile.
      if (sent === undefined || sent.addressKey === addressKey)
        await contacts.claimVersion(contactId, uid, claim, () => true);
    }
    await contacts.commit([contacts.replaceLeaving(before, { ...before.value, done: [...done, uid] })]);
  }

  async function erase(id: string): Promise<void> {
    await contacts.eraseLeaving(id).catch((error: unknown) => {
      if (!isAppError(error, 'storage.conflict')) throw error;
    });
  }

  return {
    ...leaveRequest,
    // They asked for no more mails: a second one is worse than none.
    afterCrash: 'ask',
    afterRestore: 'ask',
    handle: async ({ leavingId }) => {
      const found = await contacts.leaving(leavingId);
      if (found === undefined) return { result: 'undeliverable', reason: 'superseded' };
      const [next, ...others] = await left(deps, found.value);
      if (next === undefined) {
        await erase(leavingId);
        return found.value.done.length > 0
          ? { result: 'sent' }
          : { result: 'undeliverable', reason: 'superseded' };
      }
      const mail = await mailOf(deps, found.value, next);
      const outcome = mail === undefined ? ({ result: 'sent' } as const) : await mailer.send(mail);
      if (outcome.result === 'undeliverable') await erase(leavingId);
      if (outcome.result !== 'sent') return outcome;
      await note(found, next);
      // One mail at a time: each has the whole time of a claim.
      if (others.length > 0) return { result: 'postponed', reason: 'moreToTakeOut', afterSeconds: 1 };
      await erase(leavingId);
      return { result: 'sent' };
    },
  };
}
