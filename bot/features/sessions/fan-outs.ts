import type { OccurrenceId } from '../../../src/platform/ids.js';
import { Temporal } from 'temporal-polyfill';
import { AppError, type FieldFault } from '../../../src/platform/errors.js';
import { type Clock, homeDate, today } from '../../../src/platform/clock.js';
import { t } from '../../../src/i18n/messages.js';
import type { Language } from '../../../src/shared/languages.js';
import { translatedTo } from '../../../src/shared/translated.js';
import type { SessionContent } from '../../../src/sessions/fan-outs.js';
import { changeMessageOf, type Occurrence } from '../../../src/sessions/occurrences/occurrence.js';
import type { Named, Series } from '../../../src/sessions/series/series.js';
import { type ButtonData, type Notice, button, common, shownIn } from '../../cards/parts.js';
import { plainCard } from '../../cards/plain-card.js';
import { type Card, render } from '../../cards/render.js';
import { type Field, formField } from '../../cards/fields.js';
import { momentText } from '../../../src/shared/dates.js';
import { wordsOfRule } from '../../../src/shared/rule-words.js';
import {
  agendaOf,
  kindIcon,
  nameIn,
  presenterPhrase,
  renderSession,
  talkFacts,
  whenOf,
  topicIn,
} from './session-card.js';
import {
  type SessionFacts,
  askButton,
  answerButtons,
  factsOf,
  listButton,
  occurrenceOf,
  recordLinks,
  sessionLinks,
} from './session.js';
import { z } from 'zod';
import { reminderButtons } from './reminders.js';
import type { SessionActions, SessionServices } from './services.js';
import { type Turn, occurrenceIdSchema, shown } from '../../conversation/turn.js';
import type { Action } from '../../conversation/actions.js';
import { faultsIn, typedIn } from '../../conversation/form-answers.js';
import type { ActivityViews } from '../../proactive/feed.js';
import type { FanOutViews, Readers } from '../../proactive/views.js';
import { systemActor } from '../../../src/people/permissions.js';

const soonMinutes = 90;

/** "Hankeradio on huomenna": how soon the session begins. */
function nearness(
  { names, start }: Pick<Occurrence, 'names' | 'start'>,
  language: Language,
  clock: Clock,
): string {
  const name = nameIn(names, language);
  const minutes = clock.now().until(Temporal.Instant.from(start)).total('minutes');
  if (minutes < soonMinutes) return t(language, 'chat.reminder.soon', { name });
  const days = today(clock).until(homeDate(start), { largestUnit: 'days' }).days;
  if (days === 0) return t(language, 'chat.reminder.today', { name });
  return t(language, days === 1 ? 'chat.reminder.tomorrow' : 'chat.reminder.later', { name });
}

/**
 * A reminder: when, who presents what, the agenda, and how to join. All readers of a language see the same card, so
 * it contains nobody's personal data.
 */
export function reminderView(readers: Readers, facts: SessionFacts, clock: Clock): Card {
  const { language, programme } = readers;
  const { occurrence, agenda } = facts;
  const headline = nearness(occurrence, language, clock);
  const when = whenOf(occurrence, language);
  const viewer = { language, scope: 'channel' } as const;
  return renderSession(language, {
    icon: kindIcon(occurrence.kind),
    kicker: t(language, 'chat.kicker.reminder'),
    speak: [headline, when, topicIn(occurrence, language), presenterPhrase(occurrence, programme, language)],
    headlines: [{ text: headline }],
    whens: [{ text: when }],
    facts: talkFacts(occurrence, programme, language),
    agendas: agendaOf(agenda, occurrence, language),
    // Those who are reminded have it in their calendars; a card has room for six buttons.
    links: sessionLinks(facts, readers).filter(({ mode }) => mode === 'primary'),
    actions: [
      ...answerButtons(facts, viewer),
      askButton(occurrence, readers),
      ...reminderButtons(occurrence, readers),
    ],
  });
}

type Change = Extract<SessionContent, { kind: 'change' }>;

/** When the series takes place from a session on; none where its dates are chosen one by one. */
function ruleFrom({ segments }: Series, { segment }: Occurrence, language: Language): string | undefined {
  const { rule, time } = segments.find(({ number }) => number === segment) ?? {};
  if (rule === undefined || rule.every === 'dates') return undefined;
  return wordsOfRule((key, values) => t(language, key, values), language, rule, time);
}

/**
 * A session was moved, cancelled or brought back at short notice.
 * @param rule when all sessions from this one on take place, where they were moved with it
 */
export function changeView(
  readers: Readers,
  facts: SessionFacts,
  { change, was }: Change,
  rule?: string,
): Card {
  const { language, programme } = readers;
  const { occurrence } = facts;
  const { state } = occurrence;
  const name = nameIn(occurrence.names, language);
  const headline = t(language, `chat.change.${change}`, { name });
  const when = whenOf(occurrence, language);
  const viewer = { language, scope: 'channel' } as const;
  const before = { was: momentText(language, was) };
  const reason = state.status === 'cancelled' ? translatedTo(language, state).reason : undefined;
  const said = changeMessageOf(occurrence);
  const message = said && translatedTo(language, said).message;
  const isOff = change === 'cancelled';
  const following = rule === undefined ? undefined : t(language, 'chat.change.following', { name, rule });
  return renderSession(language, {
    icon: kindIcon(occurrence.kind),
    kicker: t(language, 'chat.kicker.sessions'),
    speak: [headline, when, following, reason, message],
    headlines: [{ text: headline }],
    notices: [
      {
        style: isOff ? 'warning' : 'accent',
        text: t(language, `chat.change.${change}.text`, { ...before, when }),
      },
    ],
    facts: isOff ? [] : talkFacts(occurrence, programme, language),
    paragraphs: following === undefined ? [] : [{ text: following }],
    quotes: [
      ...(reason === undefined ? [] : [{ label: t(language, 'chat.change.reason'), text: reason }]),
      ...(message === undefined ? [] : [{ label: t(language, 'chat.change.message'), text: message }]),
    ],
    links: sessionLinks(facts, readers),
    actions: isOff
      ? [listButton(readers)]
      : [...answerButtons(facts, viewer), askButton(occurrence, readers), listButton(readers)],
  });
}

/** That a session which people expected goes with its series: there is nothing of it left to show but this. */
export function endedView({ language }: Pick<Readers, 'language'>, names: Named, start: string): Card {
  const name = nameIn(names, language);
  const heading = t(language, 'chat.ended');
  const text = t(language, 'chat.ended.text', { when: momentText(language, start) });
  return render(plainCard, {
    ...common(language, 'session', name, [`${name}. ${heading}.`, text]),
    heading,
    notices: [],
    paragraphs: [{ text }],
    hints: [],
    actions: [listButton({ language })],
  });
}

/** The answer from 1 to 5 to how useful the session was, and the text about what to do better. */
interface PulseTyped {
  readonly useful: string;
  readonly better: string;
}

function pulseFields(language: Language, typed: PulseTyped, faults: readonly FieldFault[]): Field[] {
  return [
    formField(language, faults, {
      id: 'useful',
      kind: 'buttons',
      label: t(language, 'chat.pulse.useful'),
      value: typed.useful,
      wants: t(language, 'chat.pulse.useful.wants'),
      isRequired: true,
      choices: ([5, 4, 3, 2, 1] as const).map((number) => ({
        title: t(language, `chat.pulse.${number}`),
        value: String(number),
      })),
    }),
    formField(language, faults, {
      id: 'better',
      kind: 'lines',
      label: t(language, 'chat.pulse.better'),
      example: t(language, 'chat.pulse.better.example'),
      value: typed.better,
    }),
  ];
}

/** What the card of thanks shows besides the session. */
interface ThanksOptions {
  readonly isAnswered?: boolean;
  readonly typed?: PulseTyped;
  readonly faults?: readonly FieldFault[];
  readonly notices?: readonly Notice[];
  /** What the coordinator wrote with it. */
  readonly message?: Content<'thanks'>['message'] | undefined;
}

/** Thanks with the materials and the recording, and two questions; once they are answered, thanks for that. */
export function thanksView(readers: Readers, occurrence: Occurrence, options: ThanksOptions = {}): Card {
  const { language, programme } = readers;
  const name = nameIn(occurrence.names, language);
  const headline = t(language, 'chat.thanks.headline', { name });
  const isAnswered = options.isAnswered === true;
  const text = t(language, isAnswered ? 'chat.pulse.thanks' : 'chat.pulse.ask');
  const links = recordLinks(occurrence, readers);
  const own = options.message && shownIn(options.message, language);
  const send: ButtonData[] = isAnswered
    ? [listButton(readers)]
    : [button(t(language, 'chat.pulse.send'), 'pulse.send', { id: occurrence.id }, 'positive', 'auto')];
  return renderSession(language, {
    icon: kindIcon(occurrence.kind),
    kicker: t(language, 'chat.kicker.sessions'),
    speak: [headline, text],
    headlines: [{ text: headline }],
    notices: options.notices ?? [],
    whens: [{ text: whenOf(occurrence, language) }],
    facts: talkFacts(occurrence, programme, language),
    paragraphs: [
      ...(own === undefined ? [] : [{ text: own }]),
      ...(links.length > 0 ? [{ text: t(language, 'chat.thanks.links') }] : []),
      ...(isAnswered ? [] : [{ text }]),
    ],
    fields: isAnswered
      ? []
      : pulseFields(language, options.typed ?? { useful: '', better: '' }, options.faults ?? []),
    closings: isAnswered ? [{ text }] : [],
    links: links.map((link) => ({ ...link, style: isAnswered ? link.style : 'default' })),
    actions: send,
  });
}

type Data = Readonly<Record<string, unknown>>;

const pulseSchema = z.object({ id: occurrenceIdSchema });
const typedNames = ['useful', 'better'] as const;

/** @throws AppError `occurrence.notFound`, and `input.malformed` when the card does not say which session. */
async function sessionOf(turn: Turn, data: Data, services: SessionServices) {
  const read = pulseSchema.safeParse(data);
  if (!read.success) throw new AppError('input.malformed');
  return occurrenceOf(turn.person, read.data.id as OccurrenceId, services);
}

const pulse: Action<SessionServices> = {
  permission: 'session:take',
  run: async (turn, data, services) => {
    const occurrence = await sessionOf(turn, data, services);
    const { useful, better } = typedIn(data, typedNames);
    if (useful === '') {
      throw new AppError('input.invalid', { fields: [{ field: 'useful', code: 'required' }] });
    }
    const input = { useful: Number(useful), ...(better.trim() !== '' && { better }) };
    await services.followUp.pulse(turn.person, occurrence.id, input);
    return shown(turn, thanksView(turn, occurrence, { isAnswered: true }));
  },
  recover: async (turn, data, error, services) => {
    const occurrence = await sessionOf(turn, data, services);
    const typed = typedIn(data, typedNames);
    return shown(turn, thanksView(turn, occurrence, { typed, ...faultsIn(error, turn.language) }));
  },
};

export const pulseActions = { 'pulse.send': pulse } satisfies SessionActions;

type Content<Kind extends SessionContent['kind']> = Extract<SessionContent, { readonly kind: Kind }>;

/**
 * The cards of reminders, changes and thanks, each about the current session; invitations are sent by mail.
 * @throws AppError `occurrence.notFound` where the session has been removed.
 */
export function sessionFanOutViews(services: SessionServices): FanOutViews {
  return {
    reminder: async ({ occurrenceId }: Content<'reminder'>, readers: Readers) =>
      reminderView(
        readers,
        await factsOf(systemActor, occurrenceId, readers.language, services),
        services.clock,
      ),
    change: async (content: Content<'change'>, readers: Readers) => {
      const { language } = readers;
      const facts = await factsOf(systemActor, content.occurrenceId, language, services);
      const { occurrence } = facts;
      if (content.isFollowing !== true) return changeView(readers, facts, content);
      const { series } = await services.series.get(systemActor, occurrence.seriesId);
      return changeView(readers, facts, content, ruleFrom(series, occurrence, language));
    },
    ended: async ({ seriesId, start }: Content<'ended'>, readers: Readers) =>
      endedView(readers, (await services.series.get(systemActor, seriesId)).series.names, start),
    thanks: async ({ occurrenceId, message }: Content<'thanks'>, readers: Readers) =>
      thanksView(readers, await occurrenceOf(systemActor, occurrenceId, services), { message }),
  };
}

/** What the activity feed says of a reminder: of which session, and when it begins. */
export function sessionActivities(services: SessionServices): ActivityViews {
  return {
    reminder: async (content, { language }) => {
      const { occurrenceId } = content as Content<'reminder'>;
      const occurrence = await occurrenceOf(systemActor, occurrenceId, services);
      const parameters = {
        session: nameIn(occurrence.names, language),
        when: momentText(language, occurrence.start),
      };
      return { type: 'sessionReminder', parameters };
    },
  };
}
