import { AppError, type FieldFault } from '../../../src/platform/errors.js';
import { t } from '../../../src/i18n/messages.js';
import type { Language } from '../../../src/shared/languages.js';
import type { Series, SeriesChoice } from '../../../src/sessions/series/series.js';
import { icons } from '../../cards/icons.js';
import { listCard, listLine } from '../../cards/list-card.js';
import { type ButtonData, type Notice, button, common } from '../../cards/parts.js';
import { type Card, render } from '../../cards/render.js';
import { dateWithYearText, momentText, timeText } from '../../../src/shared/dates.js';
import { isoDateSchema } from '../../../src/platform/validation.js';
import type { Occurrence } from '../../../src/sessions/occurrences/occurrence.js';
import { isUpcoming } from '../../../src/sessions/occurrences/workflow.js';
import { laterTimes } from '../../../src/sessions/reminders/later.js';
import { plainCard } from '../../cards/plain-card.js';
import { type Answer, type Turn, occurrenceIdSchema, replaceWith } from '../../conversation/turn.js';
import { askedSchema, meantAhead } from './meant.js';
import { currentSession, listButton } from './session.js';
import type { SessionActions, SessionServices } from './services.js';
import { formField } from '../../cards/fields.js';
import { kindIcon, nameIn, renderSession } from './session-card.js';
import { z } from 'zod';
import { today } from '../../../src/platform/clock.js';
import type { OccurrenceId, SeriesId } from '../../../src/platform/ids.js';
import { type Action, action, forEveryone } from '../../conversation/actions.js';
import { channelReminders } from './sessions.js';
import { faultsIn, typedIn } from '../../conversation/form-answers.js';

const minutesOf = { weeks: 10_080, days: 1440, hours: 60 } as const;

/** How long before a session: "viikkoa ennen", "15 minuuttia ennen". */
function offsetPhrase(language: Language, minutes: number): string {
  for (const unit of ['weeks', 'days', 'hours'] as const) {
    const count = minutes / minutesOf[unit];
    if (Number.isInteger(count)) return t(language, `chat.offset.${unit}`, { count });
  }
  return t(language, 'chat.offset.minutes', { count: minutes });
}

function listText(language: Language, items: readonly string[]): string {
  return new Intl.ListFormat(language === 'en' ? 'en-GB' : language, { type: 'conjunction' }).format(items);
}

/** An ISO date as people write it: "7.1.2027", "7 Jan 2027". */
const isoDateText = (language: Language, isoDate: string): string =>
  dateWithYearText(language, `${isoDate}T12:00:00Z`);

/** A sentence about when a person is reminded of a series. */
function choicePhrase(
  language: Language,
  series: Series,
  choice: SeriesChoice | undefined,
  today: string,
): string {
  const { offsets } = series.reminders;
  if (choice?.isOff === true) return t(language, 'chat.reminder.off');
  const wanted = offsets.filter((offset) => choice?.offsets?.includes(offset) ?? true);
  if (wanted.length === 0) return t(language, 'chat.reminder.none');
  const when = listText(
    language,
    wanted.map((offset) => offsetPhrase(language, offset)),
  );
  const until = choice?.snoozedUntil;
  return until !== undefined && until > today
    ? t(language, 'chat.reminder.snoozed', { when, until: isoDateText(language, until) })
    : t(language, 'chat.reminder.on', { when });
}

interface RemindersOptions {
  readonly choices: Readonly<Record<string, SeriesChoice>>;
  /** ISO date in Helsinki. */
  readonly today: string;
  readonly notices?: readonly Notice[];
  /** Before the way to the sessions. */
  readonly actions?: readonly ButtonData[];
}

/** The notice after a change: when the person is reminded from now on. */
export function holdsNow(turn: Turn, series: Series, choice: SeriesChoice, today: string): Notice {
  const { language } = turn;
  const name = nameIn(series.names, language);
  const what = choicePhrase(language, series, choice, today);
  return { style: 'good', text: t(language, 'chat.reminder.holdsNow', { name, what }) };
}

/** To be reminded at another moment, and no more of this series: on each reminder. */
export function reminderButtons(
  { id, seriesId }: Pick<Occurrence, 'id' | 'seriesId'>,
  { language }: Pick<Turn, 'language'>,
): ButtonData[] {
  return [
    button(t(language, 'chat.reminder.remindLater'), 'reminders.later', { id }),
    button(t(language, 'chat.reminder.stop'), 'reminders.stop', { id, seriesId }),
  ];
}

/** The person's reminders, one line per series; a tap opens the choices of that series. */
export function remindersView(turn: Turn, all: readonly Series[], options: RemindersOptions): Card {
  const { language } = turn;
  const { choices, today, notices = [], actions = [] } = options;
  const heading = t(language, 'chat.reminder.heading');
  const hint = t(language, all.length === 0 ? 'chat.session.none' : 'chat.reminder.hint');
  const lines = all.map((series) => {
    const name = nameIn(series.names, language);
    return listLine({
      icons: [{ url: icons[kindIcon(series.kind)] }],
      title: name,
      notes: [{ text: choicePhrase(language, series, choices[series.id], today) }],
      mark: '›',
      action: button(t(language, 'chat.reminder.change', { name }), 'reminders.edit', {
        seriesId: series.id,
      }),
    });
  });
  return render(listCard, {
    ...common(language, 'reminder', t(language, 'chat.kicker.reminders'), [
      `${heading}.`,
      ...notices.map(({ text }) => text),
      ...lines.map(({ title, notes }) => `${title}: ${notes[0]?.text ?? ''}`),
    ]),
    heading,
    notices,
    hints: [{ text: hint }],
    lines,
    links: [],
    actions: [...actions, button(t(language, 'chat.session.all'), 'sessions.open')],
  });
}

interface ChoiceTyped {
  /** Offsets in minutes, joined by commas; none means no reminders. */
  readonly offsets: string;
  readonly snoozedUntil: string;
}

/** The current choices as the form shows them. A pause that is over is left out, as it could not be saved again. */
function choiceTyped({ reminders }: Series, choice: SeriesChoice | undefined, today: string): ChoiceTyped {
  const wanted = choice?.isOff === true ? [] : (choice?.offsets ?? reminders.offsets);
  const until = choice?.snoozedUntil ?? '';
  return { offsets: wanted.join(','), snoozedUntil: until > today ? until : '' };
}

interface ChoiceOptions {
  readonly typed: ChoiceTyped;
  readonly today: string;
  readonly faults?: readonly FieldFault[];
  readonly notices?: readonly Notice[];
}

/** The choices for one series: when to remind, no reminders, or a pause until a date. */
export function reminderForm(turn: Turn, series: Series, options: ChoiceOptions): Card {
  const { language } = turn;
  const { typed, today, faults = [], notices = [] } = options;
  const name = nameIn(series.names, language);
  const data = { seriesId: series.id };
  const off: ButtonData[] =
    typed.offsets === '' ? [] : [button(t(language, 'chat.reminder.turnOff'), 'reminders.off', data)];
  return renderSession(language, {
    icon: kindIcon(series.kind),
    kicker: t(language, 'chat.kicker.reminders'),
    speak: [t(language, 'chat.kicker.reminders'), name, ...notices.map(({ text }) => text)],
    headlines: [{ text: name }],
    notices,
    fields: [
      formField(language, faults, {
        id: 'offsets',
        kind: 'choices',
        label: t(language, 'chat.reminder.when'),
        example: t(language, 'chat.reminder.when.example'),
        value: typed.offsets,
        choices: series.reminders.offsets.map((offset) => ({
          title: offsetPhrase(language, offset),
          value: String(offset),
        })),
      }),
      formField(language, faults, {
        id: 'snoozedUntil',
        kind: 'date',
        label: t(language, 'chat.reminder.pause'),
        example: t(language, 'chat.reminder.pause.example'),
        wants: t(language, 'chat.form.wants.earliestDate'),
        value: typed.snoozedUntil,
        earliest: today,
      }),
    ],
    actions: [
      button(t(language, 'chat.form.save'), 'reminders.save', data, 'positive', 'auto'),
      ...off,
      button(t(language, 'chat.form.cancel'), 'reminders.open'),
    ],
  });
}

type Data = Readonly<Record<string, unknown>>;

const seriesSchema = z.object({ seriesId: z.string().regex(/^[0-9a-f]{26}$/) });

const todayIn = ({ clock }: SessionServices): string => today(clock).toString();

async function list(
  turn: Turn,
  services: SessionServices,
  notices: readonly Notice[] = [],
  actions: readonly ButtonData[] = [],
): Promise<Answer> {
  const { series, preferences } = services;
  const [all, choices] = await Promise.all([series.list(turn.person), preferences.choices(turn.person)]);
  const active = all.filter(({ state }) => state.status === 'active');
  return replaceWith(remindersView(turn, active, { choices, today: todayIn(services), notices, actions }));
}

/** @throws AppError `input.malformed` when the card does not say which series. */
async function seriesOf(turn: Turn, data: Data, services: SessionServices): Promise<Series> {
  const read = seriesSchema.safeParse(data);
  if (!read.success) throw new AppError('input.malformed');
  return (await services.series.get(turn.person, read.data.seriesId as SeriesId)).series;
}

/** The choice as the service takes it: no offset ticked means no reminders. */
function choiceOf(typed: { readonly offsets: string; readonly snoozedUntil: string }): unknown {
  const offsets = typed.offsets.split(/[,;]/).filter((offset) => offset !== '');
  const snoozed = typed.snoozedUntil === '' ? {} : { snoozedUntil: typed.snoozedUntil };
  return { ...snoozed, ...(offsets.length === 0 ? { isOff: true } : { offsets: offsets.map(Number) }) };
}

async function choose(
  turn: Turn,
  series: Series,
  choice: unknown,
  services: SessionServices,
): Promise<Answer> {
  const chosen = await services.preferences.choose(turn.person, series.id, choice);
  return list(turn, services, [holdsNow(turn, series, chosen, todayIn(services))]);
}

const typedNames = ['offsets', 'snoozedUntil'] as const;

const saveAction: Action<SessionServices> = {
  permission: 'session:take',
  run: async (turn, data, services) => {
    const series = await seriesOf(turn, data, services);
    return choose(turn, series, choiceOf(typedIn(data, typedNames)), services);
  },
  recover: async (turn, data, error, services) => {
    const series = await seriesOf(turn, data, services);
    const typed = typedIn(data, typedNames);
    const content = { typed, today: todayIn(services), ...faultsIn(error, turn.language) };
    return replaceWith(reminderForm(turn, series, content));
  },
};

const wasSchema = z
  .array(
    z.object({
      seriesId: seriesSchema.shape.seriesId,
      choice: z.object({
        isOff: z.boolean().optional(),
        offsets: z.array(z.number().int()).readonly().optional(),
        snoozedUntil: isoDateSchema.optional(),
      }),
    }),
  )
  .max(50);
type Was = z.infer<typeof wasSchema>;

const stopSchema = askedSchema.extend({
  seriesId: seriesSchema.shape.seriesId.optional(),
  all: z.boolean().optional(),
});

/** Turns the reminders of series off, with the way back to what was chosen before. */
async function turnOff(
  turn: Turn,
  all: readonly Series[],
  services: SessionServices,
  { id, isAll = false }: { readonly id?: string | undefined; readonly isAll?: boolean } = {},
): Promise<Answer> {
  const { language, person } = turn;
  const choices = await services.preferences.choices(person);
  const was: Was = all.map(({ id: seriesId }) => ({ seriesId, choice: { ...choices[seriesId] } }));
  for (const series of all) await services.preferences.choose(person, series.id, { isOff: true });
  const [first] = all;
  const name = first === undefined ? '' : nameIn(first.names, language);
  const text = isAll
    ? t(language, 'chat.reminder.stoppedAll')
    : t(language, 'chat.reminder.stopped', { name });
  const notices: Notice[] = [{ style: 'good', text }];
  const undo = button(t(language, 'chat.reminder.undo'), 'reminders.restore', { was, ...(id && { id }) });
  if (id === undefined) return list(turn, services, notices, [undo]);
  return currentSession(turn, { id: id as OccurrenceId, seen: undefined }, services, {
    notices,
    actions: [undo, button(t(language, 'chat.reminder.mine'), 'reminders.open')],
  });
}

/** All series, those that go on, and what the person has chosen about each. */
async function seriesAndChoices({ person }: Turn, services: SessionServices) {
  const [series, choices] = await Promise.all([
    services.series.list(person),
    services.preferences.choices(person),
  ]);
  return { series, active: series.filter(({ state }) => state.status === 'active'), choices };
}

/** No more reminders: of the series that is named, or of the only one; else one question of which. */
async function stop(
  turn: Turn,
  { id, kind, seriesId, all: isAll }: z.infer<typeof stopSchema>,
  services: SessionServices,
): Promise<Answer> {
  const { language } = turn;
  const { series, active, choices } = await seriesAndChoices(turn, services);
  if (isAll === true) return turnOff(turn, active, services, { isAll: true });
  const named = series.filter((each) =>
    seriesId === undefined ? kind !== undefined && each.kind === kind : each.id === seriesId,
  );
  const on = (named.length > 0 ? named : active).filter((each) => choices[each.id]?.isOff !== true);
  const [only, another] = on;
  if (only === undefined) {
    const notice: Notice = { style: 'emphasis', text: t(language, 'chat.reminder.alreadyOff') };
    return list(turn, services, [notice]);
  }
  if (another === undefined) return turnOff(turn, [only], services, { id });
  const heading = t(language, 'chat.reminder.whichOff');
  const choicesShown = on.slice(0, maxStopChoices);
  const card = render(plainCard, {
    ...common(language, 'reminder', t(language, 'chat.kicker.reminders'), [heading]),
    heading,
    notices: [],
    paragraphs: [],
    hints: [],
    actions: [
      ...choicesShown.map((each) =>
        button(nameIn(each.names, language), 'reminders.stop', { seriesId: each.id }),
      ),
      button(t(language, 'chat.reminder.allOff'), 'reminders.stop', { all: true }),
    ],
  });
  return replaceWith(card);
}

const maxStopChoices = 5;

/** Reminders again: of the series that is named, or of all that are off or paused. */
async function start(
  turn: Turn,
  { kind }: z.infer<typeof askedSchema>,
  services: SessionServices,
): Promise<Answer> {
  const { language, person } = turn;
  const { active, choices } = await seriesAndChoices(turn, services);
  const day = todayIn(services);
  const named = active.filter((each) => kind !== undefined && each.kind === kind);
  const off = (named.length > 0 ? named : active).filter(({ id }) => {
    const choice = choices[id];
    return choice?.isOff === true || (choice?.snoozedUntil ?? '') > day;
  });
  for (const { id } of off) {
    const { offsets } = choices[id] ?? {};
    await services.preferences.choose(person, id, offsets === undefined ? {} : { offsets });
  }
  const [only, another] = off;
  if (only === undefined)
    return list(turn, services, [{ style: 'emphasis', text: t(language, 'chat.reminder.alreadyOn') }]);
  if (another !== undefined)
    return list(turn, services, [{ style: 'good', text: t(language, 'chat.reminder.allOn') }]);
  const chosen = (await services.preferences.choices(person))[only.id] ?? {};
  return list(turn, services, [holdsNow(turn, only, chosen, day)]);
}

/** What was chosen before the reminders were turned off. */
async function restore(
  turn: Turn,
  { was, id }: { readonly was: Was; readonly id?: string | undefined },
  services: SessionServices,
): Promise<Answer> {
  const day = todayIn(services);
  for (const { seriesId, choice } of was) {
    const { snoozedUntil, ...others } = choice;
    // A pause that is over meanwhile is none any more.
    const isPaused = snoozedUntil !== undefined && snoozedUntil > day;
    await services.preferences.choose(turn.person, seriesId as SeriesId, {
      ...others,
      ...(isPaused && { snoozedUntil }),
    });
  }
  const notices: Notice[] = [{ style: 'good', text: t(turn.language, 'chat.reminder.restored') }];
  if (id === undefined) return list(turn, services, notices);
  return currentSession(turn, { id: id as OccurrenceId, seen: undefined }, services, { notices });
}

const laterSchema = askedSchema.extend({ when: z.enum(laterTimes).optional() });

/** Another reminder: at the moment that is named, else one question of when. */
async function remindLater(
  turn: Turn,
  { when, ...asked }: z.infer<typeof laterSchema>,
  services: SessionServices,
): Promise<Answer> {
  const { language, person } = turn;
  const meant = await meantAhead(turn, asked, services);
  const [occurrence] = meant.sessions;
  if (occurrence === undefined) return list(turn, services);
  const pressed = { id: occurrence.id, seen: undefined };
  const times = services.later.timesOf(occurrence);
  const chosen = times.find((each) => each.when === when);
  if (chosen !== undefined) {
    const at = await services.later.remind(person, occurrence.id, chosen.when);
    const text = t(language, 'chat.reminder.laterSet', { when: momentText(language, at) });
    const data = { id: occurrence.id, when: chosen.when, at };
    return currentSession(turn, pressed, services, {
      notices: [{ style: 'good', text }],
      actions: [button(t(language, 'chat.reminder.undo'), 'reminders.notLater', data), listButton(turn)],
    });
  }
  if (times.length === 0) {
    const text = t(language, 'chat.reminder.tooLate');
    const notices: Notice[] = isUpcoming(occurrence) ? [{ style: 'emphasis', text }] : [];
    return currentSession(turn, pressed, services, { notices });
  }
  return currentSession(turn, pressed, services, {
    headline: t(language, 'chat.reminder.whenLater'),
    actions: times.map((each) =>
      button(
        t(language, `chat.reminder.later.${each.when}`, { time: timeText(language, each.at) }),
        'reminders.later',
        { id: occurrence.id, when: each.when },
      ),
    ),
  });
}

/** Cards of older releases have no `at`. */
const notLaterSchema = z.object({
  id: occurrenceIdSchema,
  when: z.enum(laterTimes),
  at: z.iso.datetime().optional(),
});

async function notLater(
  turn: Turn,
  { id, ...pressed }: z.infer<typeof notLaterSchema>,
  services: SessionServices,
): Promise<Answer> {
  await services.later.forget(turn.person, id as OccurrenceId, pressed.at ?? pressed.when);
  const text = t(turn.language, 'chat.reminder.laterUndone');
  return currentSession(turn, { id: id as OccurrenceId, seen: undefined }, services, {
    notices: [{ style: 'good', text }],
  });
}

export const reminderActions = {
  'reminders.stop': action('session:take', stopSchema, stop),
  'reminders.start': action('session:take', askedSchema, start),
  'reminders.restore': action(
    'session:take',
    z.object({ was: wasSchema, id: occurrenceIdSchema.optional() }),
    restore,
  ),
  'reminders.later': action('session:take', laterSchema, remindLater),
  'reminders.notLater': action('session:take', notLaterSchema, notLater),
  // A person's choices are private: in a shared conversation the bot shows the reminders of the conversation.
  'reminders.open': forEveryone(
    action('session:take', z.object({}), (turn, _data, services) =>
      turn.scope === 'personal' ? list(turn, services) : channelReminders(turn, services),
    ),
  ),
  'reminders.edit': action('session:take', seriesSchema, async (turn, data, services) => {
    const [series, choices] = await Promise.all([
      seriesOf(turn, data, services),
      services.preferences.choices(turn.person),
    ]);
    const today = todayIn(services);
    const typed = choiceTyped(series, choices[series.id], today);
    return replaceWith(reminderForm(turn, series, { typed, today }));
  }),
  'reminders.save': saveAction,
  'reminders.off': action('session:take', seriesSchema, async (turn, data, services) =>
    choose(turn, await seriesOf(turn, data, services), { isOff: true }, services),
  ),
} satisfies SessionActions;
