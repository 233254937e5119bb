import { isDeepStrictEqual } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { DeliveryKind, PayloadOf } from '../../delivery/outbox/kind.js';
import type { NewMessage, Outcome } from '../../delivery/outbox/message.js';
import type { Outbox } from '../../delivery/outbox/outbox.js';
import type { Clock } from '../../platform/clock.js';
import type { Change, Versioned } from '../../platform/commit.js';
import { AppError, isAppError } from '../../platform/errors.js';
import { deterministicId, type MessageId } from '../../platform/ids.js';
import type { Log } from '../../platform/log.js';
import type { Partition } from '../../platform/partition.js';
import { replace, storedKind } from '../../platform/stored.js';
import { repliesRequest } from '../messages.js';
import { MailboxFault, type ArrivedMail, type MailPage, type ReplySource } from './reply-source.js';
import type { ComingService, ReplyOutcome } from './service.js';

const placeSchema = z.object({
  mailbox: z.string(),
  /** ISO instant from which on mails are read again where the place is lost. */
  since: z.string(),
  /** What the mailbox gave as the place of the next page; absent before the first. */
  place: z.string().exactOptional(),
  /** Mails of the page at the place that are done, where a run ended within it. */
  done: z.array(z.string()).exactOptional(),
  /** The mail of that page which could not be read, and how many runs in a row ended at it. */
  stuck: z.object({ id: z.string(), runs: z.int() }).exactOptional(),
  /** ISO instant before which the mailbox wants to be left alone. */
  waitUntil: z.string().exactOptional(),
  /** ISO instant of the first of the faults since the mailbox was last read. */
  failingSince: z.string().exactOptional(),
  /** Of which fault since then a message that needs attention says that nothing can be read. */
  fault: z.string().exactOptional(),
});
type ReplyPlace = Readonly<z.infer<typeof placeSchema>>;

const placeRow = storedKind<ReplyPlace>({ name: 'replyPlace', schema: placeSchema });
const placeKey = 'reply-place';

/** How far the mailbox was read, in `reply-place`. */
export function replyStore(partition: Partition) {
  return {
    replyPlace: (): Promise<Versioned<ReplyPlace> | undefined> => partition.get(placeRow, placeKey),
    /** Holds while no other run changed it since. */
    putReplyPlace: (before: Versioned<ReplyPlace> | undefined, after: ReplyPlace): Change =>
      replace(placeRow, placeKey, before, after),
  };
}

export interface ReplyDeps {
  readonly store: ReturnType<typeof replyStore>;
  readonly outbox: Pick<Outbox, 'commit'>;
  readonly coming: Pick<ComingService, 'recordReply'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Without one nothing is read. */
  readonly source?: ReplySource | undefined;
}

/** How often the mailbox is read. */
const slotMilliseconds = 300_000;
/** How long one run may begin new steps: well below the minute for which its message is claimed. */
const workSeconds = 35;
/** After so many runs that ended at the same mail it is stepped over. */
const maxRuns = 3;
/** Where a place is lost, mails are read again from so long before: to record an answer twice changes nothing. */
const overlapHours = 24;

/** After so many hours of faults that should pass by themselves somebody should know. */
const patientHours = 4;
/** The reason of a message that says so. */
const mailboxSilent = 'mailboxSilent';

/** What became of a mail, for the log. */
type MailOutcome = ReplyOutcome | 'foreign' | 'forged' | 'noReply' | 'malformed' | 'unreadable' | 'removed';

const byArrival = (one: ArrivedMail, other: ArrivedMail): number =>
  Temporal.Instant.compare(one.receivedAt, other.receivedAt);

/** How far a run has read, and its one way to store that. */
interface Reading {
  readonly place: ReplyPlace;
  /** @throws AppError `storage.conflict` where another run read on meanwhile. */
  readonly keep: (next: ReplyPlace) => Promise<void>;
}

const sent: Outcome = { result: 'sent' };

/**
 * Reads the answers that calendars mail to the organiser's mailbox, and records them (RFC 5546 3.2.3). How far it read is
 * stored after each page: a run that dies reads its page again, which changes nothing. A mail that can't be read is stepped
 * over and logged by its code; it holds up no other.
 */
export function replyReader({ store, outbox, coming, clock, log, source }: ReplyDeps) {
  const from = (by: Temporal.DurationLike): string => clock.now().add(by).toString();

  async function reading(mailbox: string): Promise<Reading> {
    let row = await store.replyPlace();
    let place: ReplyPlace =
      row?.value.mailbox === mailbox ? row.value : { mailbox, since: from({ hours: -overlapHours }) };
    return {
      get place() {
        return place;
      },
      async keep(next) {
        await outbox.commit([store.putReplyPlace(row, next)]);
        row = await store.replyPlace();
        if (!isDeepStrictEqual(row?.value, next)) throw new AppError('storage.conflict', { id: placeKey });
        place = next;
      },
    };
  }

  async function outcomesOf(mailbox: ReplySource, { id, receivedAt }: ArrivedMail): Promise<MailOutcome[]> {
    const mime = await mailbox.mail(id);
    if (mime === undefined) return ['removed'];
    // Loaded with the first mail: most starts need no reader of mails.
    const { readReplyMail } = await import('./reply-mail.js');
    const read = await readReplyMail(mime, receivedAt);
    if (read.is !== 'replies') return [read.is];
    const outcomes: MailOutcome[] = [];
    for (const reply of read.replies) outcomes.push(await coming.recordReply(reply));
    return outcomes;
  }

  /** Ends a run at a fault: the next one begins where it ended. */
  async function endAt({ place, keep }: Reading, fault: MailboxFault): Promise<Outcome> {
    const { waitUntil: _wait, fault: before, ...rest } = place;
    const { kind, reason, afterSeconds } = fault;
    const isPassing = kind === 'unavailable' || kind === 'faulty';
    const { failingSince = clock.now().toString() } = place;
    log.warn('replies.notRead', { kind, reason, failingSince });
    const isLong = Temporal.Instant.compare(failingSince, from({ hours: -patientHours })) <= 0;
    const found = isPassing ? (isLong ? (before ?? mailboxSilent) : before) : reason;
    const next: ReplyPlace = {
      ...rest,
      failingSince,
      ...(afterSeconds !== undefined && { waitUntil: from({ seconds: afterSeconds }) }),
      ...(found !== undefined && { fault: found }),
    };
    await keep(next);
    // Once for each fault until the mailbox is read again: the runs to come say nothing new.
    return found === undefined || found === before ? sent : { result: 'failed', reason: found };
  }

  /** @returns a fault that ends the run; none where the mail is done. */
  async function readMail(
    mailbox: ReplySource,
    mail: ArrivedMail,
    stuck: ReplyPlace['stuck'],
    count: (outcome: MailOutcome) => void,
  ): Promise<MailboxFault | undefined> {
    try {
      for (const outcome of await outcomesOf(mailbox, mail)) count(outcome);
      return undefined;
    } catch (error) {
      if (!(error instanceof MailboxFault)) throw error;
      const runs = stuck?.id === mail.id ? stuck.runs : 0;
      const isHopeless = error.kind === 'unreadable' || (error.kind === 'faulty' && runs + 1 >= maxRuns);
      if (!isHopeless) return error;
      log.warn('replies.steppedOver', { reason: error.reason });
      count('unreadable');
      return undefined;
    }
  }

  /** Reads a page to its end. @returns why the run ends within it, where it does. */
  async function readPage(
    mailbox: ReplySource,
    here: Reading,
    page: MailPage,
    hasTime: () => boolean,
    count: (outcome: MailOutcome) => void,
  ): Promise<Outcome | undefined> {
    const { done: doneBefore = [], stuck, ...place } = here.place;
    const done = [...doneBefore];
    for (const mail of page.mails.filter(({ id }) => !doneBefore.includes(id)).sort(byArrival)) {
      if (!hasTime()) {
        await here.keep({ ...place, done });
        return { result: 'postponed', reason: 'timeUp', afterSeconds: 1 };
      }
      const fault = await readMail(mailbox, mail, stuck, count);
      if (fault !== undefined) {
        const runs = stuck?.id === mail.id ? stuck.runs + 1 : 1;
        const isOfMail = fault.kind === 'faulty';
        const at: ReplyPlace = { ...place, done, ...(isOfMail && { stuck: { id: mail.id, runs } }) };
        return endAt({ ...here, place: at }, fault);
      }
      done.push(mail.id);
    }
    return undefined;
  }

  async function run(mailbox: ReplySource, count: (outcome: MailOutcome) => void): Promise<Outcome> {
    const end = clock.now().add({ seconds: workSeconds });
    const hasTime = (): boolean => Temporal.Instant.compare(clock.now(), end) < 0;
    const here = await reading(mailbox.mailbox);
    const { waitUntil } = here.place;
    if (waitUntil !== undefined && Temporal.Instant.compare(clock.now(), waitUntil) < 0) return sent;
    let isAnew = false;
    while (hasTime()) {
      const { place, since, done: _done, stuck: _stuck, ...rest } = here.place;
      const readAt = from({ hours: -overlapHours });
      let page: MailPage;
      try {
        page = await mailbox.page(place, since);
      } catch (error) {
        if (!(error instanceof MailboxFault)) throw error;
        if (error.kind !== 'placeLost' || isAnew) return endAt(here, error);
        log.warn('replies.placeLost', { reason: error.reason });
        await here.keep({ ...rest, since });
        isAnew = true;
        continue;
      }
      const ended = await readPage(mailbox, here, page, hasTime, count);
      if (ended !== undefined) return ended;
      await here.keep({
        mailbox: mailbox.mailbox,
        since: page.isLast ? readAt : since,
        place: page.next,
      });
      if (page.isLast) return sent;
    }
    return { result: 'postponed', reason: 'timeUp', afterSeconds: 1 };
  }

  /** One message for each five minutes: asked for by every instance, it is one. */
  function messageNow(): NewMessage {
    const slot = Math.floor(clock.now().epochMilliseconds / slotMilliseconds);
    const dueAt = Temporal.Instant.fromEpochMilliseconds(slot * slotMilliseconds).toString();
    return {
      id: deterministicId<MessageId>('replies', String(slot)),
      dueAt,
      body: repliesRequest.body({}),
    };
  }

  const delivery: DeliveryKind<PayloadOf<typeof repliesRequest>> = {
    ...repliesRequest,
    afterCrash: 'repeat',
    // It only reads, and to record an answer twice changes nothing.
    afterRestore: 'run',
    handle: async () => {
      if (source === undefined) return sent;
      const counts = new Map<MailOutcome, number>();
      try {
        return await run(source, (outcome) => counts.set(outcome, (counts.get(outcome) ?? 0) + 1));
      } catch (error) {
        // Another run is at it.
        if (isAppError(error, 'storage.conflict')) return sent;
        throw error;
      } finally {
        if (counts.size > 0) log.info('replies.read', Object.fromEntries(counts));
      }
    },
  };

  return {
    delivery,
    /** Asks for the next reading; to be called at least every few minutes. Without a mailbox it asks for none. */
    ensure: async (): Promise<void> => {
      if (source !== undefined) await outbox.commit([], [messageNow()]);
    },
  };
}

export type ReplyReader = ReturnType<typeof replyReader>;
