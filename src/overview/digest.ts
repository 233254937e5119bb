import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type Notice, type ShowNotice } from '../delivery/notices.js';
import { coordinatorsOf } from '../people/policy.js';
import { messageKind, type DeliveryKind, type PayloadOf } from '../delivery/outbox/kind.js';
import { mayHaveLeft, type NewMessage, type Outcome } from '../delivery/outbox/message.js';
import type { Outbox } from '../delivery/outbox/outbox.js';
import { usualDigest, type DigestChoice, type Person } from '../people/person.js';
import type { PeopleService } from '../people/service.js';
import { homeZone, today, type Clock } from '../platform/clock.js';
import type { HolidayBook } from '../platform/holidays.js';
import { deterministicId, type MessageId, type PersonId } from '../platform/ids.js';
import { storedId } from '../platform/stored.js';
import type { OverviewAnswer } from '../shared/answers/overview.js';

/** What waits for a coordinator in the morning, as the overview of the tab says it at that moment. */
export interface DigestNotice extends Notice {
  readonly about: 'digest';
  readonly overview: OverviewAnswer;
  /** ISO instant at which it was read. */
  readonly at: string;
}

/** The digest of one person for one Helsinki day, an ISO date. */
export const digestMessage = messageKind('digest', z.object({ to: storedId<PersonId>(), date: z.string() }));

/** So late it is still of use; what waits then is seen in the tab. */
const usefulUntil = Temporal.PlainTime.from('12:00');
/** A deadline so many days ahead is said. */
const deadlineDays = 2;
/** Each message takes two of the hundred changes of a commit. */
const perCommit = 45;

const superseded: Outcome = { result: 'undeliverable', reason: 'superseded' };

const instantOf = (date: string, time: Temporal.PlainTime): Temporal.Instant =>
  Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: homeZone, plainTime: time }).toInstant();

const dueOf = (date: string, { time }: DigestChoice): Temporal.Instant =>
  instantOf(date, Temporal.PlainTime.from(time));

/** The newsletter where its deadline is near or over. */
export function dueNewsletter(
  { newsletter }: OverviewAnswer,
  day: Temporal.PlainDate,
): NonNullable<OverviewAnswer['newsletter']> | undefined {
  if (newsletter === undefined || ['sending', 'sent'].includes(newsletter.status)) return undefined;
  const last = Temporal.PlainDate.from(newsletter.deadline).subtract({ days: deadlineDays });
  return Temporal.PlainDate.compare(day, last) >= 0 ? newsletter : undefined;
}

/** Whether anything waits for whoever reviews the news; what comes next without their doing is no reason to write. */
export function waits(overview: OverviewAnswer, day: Temporal.PlainDate): boolean {
  const { news, releases, sessions, troubledMessages = 0 } = overview;
  const lists =
    news.review === undefined ? [] : [news.review.unanswered, news.review.submitted, news.review.inReview];
  const missing = Object.values(news.review?.missing ?? {});
  const ofReleases =
    releases === undefined
      ? 0
      : releases.failed +
        releases.uncertain +
        releases.overdue +
        releases.today.length +
        releases.toApprove.length;
  return (
    [...lists, ...missing].some(({ count }) => count > 0) ||
    ofReleases + troubledMessages + sessions.open.length > 0 ||
    dueNewsletter(overview, day) !== undefined
  );
}

interface PlanDeps {
  readonly people: Pick<PeopleService, 'all'>;
  readonly outbox: Pick<Outbox, 'commit'>;
  readonly clock: Clock;
}

/** Sees to it that each coordinator whom the bot can reach has a message for today; called now and then by every instance. */
export function digestPlanner({ people, outbox, clock }: PlanDeps): () => Promise<void> {
  let planned: { readonly date: string; readonly ids: Set<MessageId> } = { date: '', ids: new Set() };

  return async () => {
    const date = today(clock).toString();
    if (Temporal.Instant.compare(clock.now(), instantOf(date, usefulUntil)) >= 0) return;
    if (planned.date !== date) planned = { date, ids: new Set() };
    const { ids } = planned;
    const messages = coordinatorsOf(await people.all())
      .filter(({ chat }) => chat !== undefined)
      .map((person): NewMessage => {
        const { id: to, digest = usualDigest } = person;
        // Whether it is wanted is decided when it leaves: till then the choice may change.
        const id = deterministicId<MessageId>('digest', to, date);
        return { id, dueAt: dueOf(date, digest).toString(), body: digestMessage.body({ to, date }) };
      })
      .filter(({ id }) => !ids.has(id));
    for (let from = 0; from < messages.length; from += perCommit) {
      const some = messages.slice(from, from + perCommit);
      await outbox.commit([], some);
      for (const { id } of some) ids.add(id);
    }
  };
}

interface Deps {
  readonly people: Pick<PeopleService, 'find' | 'all' | 'acting' | 'substituteOf'>;
  readonly overview: (person: Person) => Promise<OverviewAnswer>;
  readonly show: ShowNotice;
  readonly holidays: HolidayBook;
  readonly clock: Clock;
}

/** Shows what waits, once a day, at the time and on the days that the person has chosen; nothing where nothing waits. */
export function digestDelivery({
  people,
  overview,
  show,
  holidays,
  clock,
}: Deps): DeliveryKind<PayloadOf<typeof digestMessage>> {
  async function isWanted(choice: DigestChoice, date: string): Promise<boolean> {
    if (!choice.days.includes(Temporal.PlainDate.from(date).dayOfWeek)) return false;
    return (await holidays.between(date, date)).length === 0;
  }

  return {
    ...digestMessage,
    // What is said twice in a morning costs less than a question whether it was said.
    afterCrash: 'repeat',
    afterRestore: 'run',
    async handle({ to, date }, message, claim) {
      const wanted = await people.find(to);
      const substitution = wanted && (await people.substituteOf(wanted));
      // Whoever coordinates gets their own, in which is what waits for those for whom they act.
      const hasOwn =
        substitution !== undefined &&
        coordinatorsOf(await people.all()).some(({ id }) => id === substitution.person.id);
      if (hasOwn) return superseded;
      const person = substitution === undefined ? wanted : await people.acting(substitution.person);
      if (person?.chat === undefined || person.chat.refusedAt !== undefined) return superseded;
      const choice = person.digest ?? usualDigest;
      const now = clock.now();
      const isLate = Temporal.Instant.compare(now, instantOf(date, usefulUntil)) >= 0;
      if (isLate || mayHaveLeft(message) || !(await isWanted(choice, date))) return superseded;
      const due = dueOf(date, choice);
      if (Temporal.Instant.compare(now, due) < 0)
        return { result: 'postponed', reason: 'laterTime', at: due.toString() };
      const waiting = await overview(substitution === undefined ? await people.acting(person) : person);
      if (!waits(waiting, Temporal.PlainDate.from(date))) return superseded;
      const notice: DigestNotice = { about: 'digest', overview: waiting, at: now.toString() };
      const absent = substitution && { id: wanted.id, name: wanted.name, until: substitution.until };
      const outcome = await show(person, notice, claim, undefined, absent);
      switch (outcome.result) {
        case 'sent':
          return { result: 'sent' };
        // Nobody need decide about it: tomorrow there is another.
        case 'failed':
        case 'uncertain':
          return { result: 'undeliverable', reason: outcome.reason };
        default:
          return outcome;
      }
    },
  };
}
