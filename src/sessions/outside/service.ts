import { isDeepStrictEqual } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { signUpInput } from '../../audience/input.js';
import type { ContactService } from '../../audience/service.js';
import { writtenLine } from '../../content/input.js';
import type { Outbox } from '../../delivery/outbox/outbox.js';
import { t } from '../../i18n/messages.js';
import { today } from '../../platform/clock.js';
import { whileConflicting } from '../../platform/commit.js';
import { AppError, isAppError } from '../../platform/errors.js';
import { deterministicId, type MessageId, type SeriesId } from '../../platform/ids.js';
import type { Log } from '../../platform/log.js';
import { networkOf } from '../../platform/network.js';
import { parse } from '../../platform/validation.js';
import type { Language } from '../../shared/languages.js';
import { takesContacts } from '../coming/invited.js';
import type { Signatures } from '../coming/links.js';
import type { FollowUpService } from '../follow-up/service.js';
import { hasSomethingToSee, occurrenceId, type Occurrence } from '../occurrences/occurrence.js';
import {
  findOccurrence,
  occurrencesOf,
  type Found,
  type ReadingDeps,
  withDatesAsTheyAre,
} from '../occurrences/reading.js';
import { outsider } from '../outsider.js';
import type { Series } from '../series/series.js';
import type { TopicService } from '../topics/service.js';
import { signUpRequest } from './sign-up-mail.js';
import { signUpsFull } from './sign-ups-full.js';
import type { Limit, OutsideStore } from './store.js';

interface OutsideDeps {
  readonly store: OutsideStore;
  readonly sessions: ReadingDeps;
  readonly contacts: Pick<ContactService, 'signUp'>;
  readonly topics: Pick<TopicService, 'ask' | 'propose' | 'answeredOutside'>;
  readonly followUp: Pick<FollowUpService, 'pulse'>;
  readonly signatures: Signatures;
  readonly outbox: Pick<Outbox, 'commit'>;
  readonly log: Log;
}

/** What a public page of a series shows. */
export interface OpenSeries {
  readonly series: Series;
  readonly key: string;
  /** The next ones, cancelled ones among them: whoever had them in mind must know. */
  readonly next: readonly Occurrence[];
  /** Those of which there is something to see, newest first. */
  readonly held: readonly Occurrence[];
}

/** What a public page of one session shows. */
export interface OpenSession extends Found {
  readonly key: string;
  readonly answered: readonly { readonly text: string; readonly answer: string }[];
}

/** A form was taken; somebody has sent too many; or all together have for today. */
export type Taken = 'taken' | 'tooMany' | 'fullToday';

const nextDays = 200;
const heldDays = 400;
const maxNext = 6;
const maxHeld = 12;

/** An organisation may be behind one address. */
const limits = {
  signUps: { of: 'signUp', max: 20, hours: 1 },
  mailsToOne: { of: 'signUpMail', max: 3, hours: 24 },
  allSignUps: { of: 'allSignUps', max: 500, hours: 24, spread: 10 },
  questions: { of: 'question', max: 10, hours: 1 },
  pulses: { of: 'pulse', max: 20, hours: 24 },
  topics: { of: 'topic', max: 5, hours: 24 },
} as const satisfies Record<string, Limit>;

const nameSchema = z.object({ name: writtenLine({ max: 120 }).optional() });

/** The forms of the public pages: the fields as they were typed. */
export type Typed = Readonly<Record<string, string>>;

/** What people outside see and do without signing in, of series that are open to them. */
export function outsideService(deps: OutsideDeps) {
  const { store, sessions, contacts, topics, followUp, signatures, outbox, log } = deps;
  const { clock } = sessions;
  const take = (limit: Limit, who: string): Promise<boolean> => store.take(limit, who, clock.now());

  /** The series of a page's address, where it is open to people outside. */
  async function find(key: string): Promise<Series | undefined> {
    const open = (await sessions.store.allSeries()).filter(({ value }) => value.isOpenToContacts);
    for (const { value } of open) if ((await signatures.pageKey(value)) === key) return value;
    return undefined;
  }

  async function findSession(key: string, date: string): Promise<Found | undefined> {
    const series = await find(key);
    if (series === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
    try {
      return await findOccurrence(sessions, occurrenceId(series.id, date));
    } catch (error) {
      if (isAppError(error, 'occurrence.notFound')) return undefined;
      throw error;
    }
  }

  return {
    /** `undefined` for an address of no series, and for a series that is not open to people outside. */
    async series(key: string): Promise<OpenSeries | undefined> {
      const series = await find(key);
      if (series === undefined) return undefined;
      const day = today(clock);
      const plus = (days: number): string => day.add({ days }).toString();
      const all = await occurrencesOf(sessions, series, plus(-heldDays), plus(nextDays));
      const now = clock.now();
      const isAhead = ({ end }: Occurrence): boolean => Temporal.Instant.compare(end, now) > 0;
      const isToSee = ({ record, state }: Occurrence): boolean =>
        state.status === 'held' && record !== undefined && hasSomethingToSee(record);
      return {
        series: await withDatesAsTheyAre(sessions, series),
        key,
        next: all.filter(isAhead).slice(0, maxNext),
        held: all.filter(isToSee).reverse().slice(0, maxHeld),
      };
    },

    async session(key: string, date: string): Promise<OpenSession | undefined> {
      const found = await findSession(key, date);
      if (found === undefined) return undefined;
      return { ...found, key, answered: await topics.answeredOutside(found.occurrence.id) };
    },

    /**
     * A question from the page of a session, `{ text, name?, formId }`; the same form twice is one. It is shown on the page
     * once those who present have answered it.
     * @throws AppError `input.invalid`, `text.personalData`, `occurrence.moveNotAllowed` where it is over or cancelled.
     */
    async ask(
      { occurrence }: Found,
      typed: Typed,
      from: { sender: string; language: Language },
    ): Promise<Taken> {
      const { text = '', formId = '', name: typedName = '' } = typed;
      const { name = '' } = parse(nameSchema, { name: typedName });
      if (!(await take(limits.questions, networkOf(from.sender)))) return 'tooMany';
      const shown = name === '' ? t(from.language, 'public.somebody') : name;
      await topics.ask(outsider(formId, shown), occurrence.id, { text, formId });
      return 'taken';
    },

    /**
     * How useful it was, `{ useful, better?, formId }`. Another answer from the same browser of the same network within a
     * day replaces the one before. @throws AppError as `ask` does.
     */
    async pulse(
      { occurrence }: Found,
      typed: Typed,
      { sender, browser }: { readonly sender: string; readonly browser: string },
    ): Promise<Taken> {
      const { useful = '', better = '', formId = '' } = typed;
      if (!(await take(limits.pulses, networkOf(sender)))) return 'tooMany';
      const answer = { useful: Number(useful), ...(better.trim() !== '' && { better }) };
      const who = [occurrence.id, networkOf(sender), browser];
      const first = await store.firstForm(who, formId, clock.now());
      await followUp.pulse(outsider(first, ''), occurrence.id, answer);
      return 'taken';
    },

    /** A topic for the series, `{ text, name?, formId }`. @throws AppError as `ask` does; `series.ended`. */
    async propose(
      series: Series,
      typed: Typed,
      from: { sender: string; language: Language },
    ): Promise<Taken> {
      const { text = '', formId = '', name: typedName = '' } = typed;
      const { name = '' } = parse(nameSchema, { name: typedName });
      if (!(await take(limits.topics, networkOf(from.sender)))) return 'tooMany';
      const shown = name === '' ? t(from.language, 'public.somebody') : name;
      const topic = { seriesId: series.id, text, language: from.language, formId };
      await topics.propose(outsider(formId, shown), topic);
      return 'taken';
    },

    /**
     * Signs up, `{ name, address, language, organisation?, consent: 'yes' }`: a mail asks to confirm it. What is answered is
     * the same whether the address is known or not, and the mail too; the same twice within minutes is one mail. Once there were
     * 500 on a day, by whomever, the coordinators have a message that needs attention, and nobody is promised a mail any more.
     * @throws AppError `input.invalid`, `text.personalData`.
     */
    async signUp(series: Series, typed: Typed, sender: string): Promise<Taken> {
      const { formId = '', name, address, language, organisation, consent } = typed;
      const person = signUpInput({ name, address, language, organisation, consent });
      if (!takesContacts(series)) throw new AppError('series.ended', { id: series.id });
      if (!(await take(limits.signUps, networkOf(sender)))) return 'tooMany';
      if (!(await take(limits.allSignUps, ''))) {
        log.warn('outside.signUpsFull', { seriesId: series.id });
        await outbox.commit([], [signUpsFull(clock.now())]);
        return 'fullToday';
      }
      const { language: own, organisation: of, ...rest } = person;
      const pending = {
        seriesId: series.id,
        language: own,
        person: { ...rest, ...(of && { organisation: of }) },
      };
      await whileConflicting(async () => {
        // Whoever presses again within minutes has the mail already, or soon.
        const who = [series.id, person.address];
        const { recent, note } = await store.recentSignUp(who, clock.now());
        const waiting = recent === undefined ? undefined : (await store.signUp(recent))?.value;
        if (isDeepStrictEqual(waiting, pending)) return;
        // To whom three were sent today gets no fourth, and whoever asked learns nothing of it: it may be somebody else's address.
        if (!(await take(limits.mailsToOne, person.address))) {
          log.info('outside.signUpMailLeftOut', { seriesId: series.id });
          return;
        }
        const token = store.newToken(clock.now());
        const day = today(clock).toString();
        const message = {
          id: deterministicId<MessageId>('signUp', series.id, person.address, formId, day),
          dueAt: clock.now().toString(),
          body: signUpRequest.body({ token }),
        };
        await outbox.commit([store.putSignUp(token, undefined, pending), note(token)], [message]);
      });
      return 'taken';
    },

    /** The sign-up of a link, and its series as it is; `undefined` where there is none (any more). */
    async pending(token: string): Promise<
      | {
          readonly series: Series;
          readonly language: Language;
          readonly isConfirmed: boolean;
          /** They had its invitation when they confirmed it: none comes. */
          readonly wasInvited: boolean;
          readonly isOpen: boolean;
        }
      | undefined
    > {
      const found = (await store.signUp(token))?.value;
      const series = found && (await sessions.store.series(found.seriesId))?.value;
      if (found === undefined || series === undefined) return undefined;
      const { language, person, wasInvited = false } = found;
      const isConfirmed = person === undefined;
      return { series, language, isConfirmed, wasInvited, isOpen: takesContacts(series) };
    },

    /**
     * Confirms it, by a press on the page behind the mail's link: makes a contact of them, or adds the series. Pressed again,
     * nothing happens, also where they have stopped their mails meanwhile.
     */
    async confirm(token: string): Promise<void> {
      const found = await store.signUp(token);
      const series = found && (await sessions.store.series(found.value.seriesId))?.value;
      const person = found?.value.person;
      if (found === undefined || series === undefined || person === undefined || !takesContacts(series))
        return;
      const { seriesId, language } = found.value;
      const how = t('fi', 'public.signUp.how', { name: series.names.fi });
      const wording = t(language, 'public.signUp.consent', { name: series.names[language] });
      const confirmed = (isInvited: boolean) => [
        store.putSignUp(token, found, { seriesId, language, ...(!isInvited && { wasInvited: true }) }),
      ];
      try {
        await contacts.signUp({ ...person, language }, { subscription: seriesId, how, wording }, confirmed);
      } catch (error) {
        // Two presses at one moment: the other one has confirmed it.
        const again = (await store.signUp(token))?.value;
        if (!isAppError(error, 'storage.conflict') || again?.person !== undefined) throw error;
      }
    },

    /** Erases what is kept no longer. */
    prune: (): Promise<void> => store.prune(clock.now()),

    /** The address of a series' page, without the host; none where it has no page. */
    async pathOf(id: SeriesId): Promise<string | undefined> {
      const series = (await sessions.store.series(id))?.value;
      return series?.isOpenToContacts === true ? `/open/${await signatures.pageKey(series)}` : undefined;
    },
  };
}

export type OutsideService = ReturnType<typeof outsideService>;
