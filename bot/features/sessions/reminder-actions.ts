import { z } from 'zod';
import { today } from '../../../src/platform/clock.js';
import { AppError } from '../../../src/platform/errors.js';
import type { SeriesId } from '../../../src/platform/ids.js';
import type { Series } from '../../../src/sessions/series/series.js';
import type { Notice } from '../../cards/parts.js';
import { replaceWith, type Answer, type BotServices, type Turn } from '../../conversation/turn.js';
import { choiceTyped, holdsNow, reminderForm, remindersView } from './reminders-view.js';
import { action, type Action } from '../../conversation/action.js';
import { channels } from './session-actions.js';
import { faultsIn, typedIn } from '../../conversation/form-answers.js';

type Data = Readonly<Record<string, unknown>>;

const seriesSchema = z.object({ seriesId: z.string().regex(/^[0-9a-f]{26}$/) });

const todayIn = ({ clock }: BotServices): string => today(clock).toString();

async function list(turn: Turn, services: BotServices, notices: readonly Notice[] = []): Promise<Answer> {
  const { series, preferences } = services.sessions;
  const [all, choices] = await Promise.all([series.list(turn.person), preferences.choices(turn.person)]);
  const active = all.filter(({ state }) => state.status === 'active');
  return replaceWith(remindersView(turn, active, { choices, today: todayIn(services), notices }));
}

/** @throws AppError `input.malformed` when the card does not say which series. */
async function seriesOf(turn: Turn, data: Data, { sessions }: BotServices): Promise<Series> {
  const read = seriesSchema.safeParse(data);
  if (!read.success) throw new AppError('input.malformed');
  return (await sessions.series.get(turn.person, read.data.seriesId as SeriesId)).series;
}

/** What was chosen: no offset ticked means no reminders. */
function choiceOf(typed: { readonly offsets: string; readonly snoozedUntil: string }): unknown {
  const offsets = typed.offsets.split(/[,;]/).filter((offset) => offset !== '');
  const snoozed = typed.snoozedUntil === '' ? {} : { snoozedUntil: typed.snoozedUntil };
  return { ...snoozed, ...(offsets.length === 0 ? { isOff: true } : { offsets: offsets.map(Number) }) };
}

async function choose(turn: Turn, series: Series, choice: unknown, services: BotServices): Promise<Answer> {
  const chosen = await services.sessions.preferences.choose(turn.person, series.id, choice);
  return list(turn, services, [holdsNow(turn, series, chosen, todayIn(services))]);
}

const typedNames = ['offsets', 'snoozedUntil'] as const;

const saveAction: Action = {
  permission: 'session:take',
  run: async (turn, data, services) => {
    const series = await seriesOf(turn, data, services);
    return choose(turn, series, choiceOf(typedIn(data, typedNames)), services);
  },
  recover: async (turn, data, error, services) => {
    const series = await seriesOf(turn, data, services);
    const typed = typedIn(data, typedNames);
    const drawn = { typed, today: todayIn(services), ...faultsIn(error, turn.language) };
    return replaceWith(reminderForm(turn, series, drawn));
  },
};

export const reminderActions = {
  // What somebody has chosen is theirs: before others it is told of what the conversation is reminded.
  'reminders.open': action('session:take', z.object({}), (turn, _data, services) =>
    turn.scope === 'personal' ? list(turn, services) : channels(turn, services),
  ),
  'reminders.edit': action('session:take', seriesSchema, async (turn, data, services) => {
    const [series, choices] = await Promise.all([
      seriesOf(turn, data, services),
      services.sessions.preferences.choices(turn.person),
    ]);
    const today = todayIn(services);
    const typed = choiceTyped(series, choices[series.id], today);
    return replaceWith(reminderForm(turn, series, { typed, today }));
  }),
  'reminders.save': saveAction,
  'reminders.off': action('session:take', seriesSchema, async (turn, data, services) =>
    choose(turn, await seriesOf(turn, data, services), { isOff: true }, services),
  ),
} satisfies Record<string, Action>;
