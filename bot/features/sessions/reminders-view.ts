import type { FieldFault } from '../../../src/platform/errors.js';
import { say } from '../../../src/i18n/messages.js';
import type { Language } from '../../../src/shared/languages.js';
import type { Series } from '../../../src/sessions/series/series.js';
import type { SeriesChoice } from '../../../src/sessions/reminders/choice.js';
import { icons } from '../../cards/icons.js';
import { linesCard, type Line } from '../../cards/lines-card.js';
import { button, common, type ButtonData, type Notice } from '../../cards/parts.js';
import { render, type Card } from '../../cards/render.js';
import { dateWithYearText } from '../../../src/shared/dates.js';
import type { Turn } from '../../conversation/turn.js';
import { formField } from '../../cards/form-field.js';
import { drawn, kindIcon, nameIn } from './session-parts.js';

const minutesOf = { weeks: 10_080, days: 1440, hours: 60 } as const;

/** How long before a session: "viikkoa ennen", "15 minuuttia ennen". */
function offsetPhrase(language: Language, minutes: number): string {
  for (const unit of ['weeks', 'days', 'hours'] as const) {
    const count = minutes / minutesOf[unit];
    if (Number.isInteger(count)) return say(language, `chat.offset.${unit}`, { count });
  }
  return say(language, 'chat.offset.minutes', { count: minutes });
}

function listed(language: Language, parts: readonly string[]): string {
  return new Intl.ListFormat(language === 'en' ? 'en-GB' : language, { type: 'conjunction' }).format(parts);
}

/** An ISO date as people write it: "7.1.2027", "7 Jan 2027". */
const datePhrase = (language: Language, isoDate: string): string =>
  dateWithYearText(language, `${isoDate}T12:00:00Z`);

/** What holds for a person in a series, in a sentence of its own. */
function choicePhrase(
  language: Language,
  series: Series,
  choice: SeriesChoice | undefined,
  today: string,
): string {
  const { offsets } = series.reminders;
  if (choice?.isOff === true) return say(language, 'chat.reminder.off');
  const wanted = offsets.filter((offset) => choice?.offsets?.includes(offset) ?? true);
  if (wanted.length === 0) return say(language, 'chat.reminder.none');
  const when = listed(
    language,
    wanted.map((offset) => offsetPhrase(language, offset)),
  );
  const until = choice?.snoozedUntil;
  return until !== undefined && until > today
    ? say(language, 'chat.reminder.snoozed', { when, until: datePhrase(language, until) })
    : say(language, 'chat.reminder.on', { when });
}

export interface RemindersSays {
  readonly choices: Readonly<Record<string, SeriesChoice>>;
  /** ISO date in Helsinki. */
  readonly today: string;
  readonly notices?: readonly Notice[];
}

/** What now holds, after a change. */
export function holdsNow(turn: Turn, series: Series, choice: SeriesChoice, today: string): Notice {
  const { language } = turn;
  const name = nameIn(series.names, language);
  const what = choicePhrase(language, series, choice, today);
  return { style: 'good', text: say(language, 'chat.reminder.holdsNow', { name, what }) };
}

/** Of what one is reminded, series by series; a tap opens the choices of one. */
export function remindersView(turn: Turn, all: readonly Series[], says: RemindersSays): Card {
  const { language } = turn;
  const { choices, today, notices = [] } = says;
  const heading = say(language, 'chat.reminder.heading');
  const hint = say(language, all.length === 0 ? 'chat.session.none' : 'chat.reminder.hint');
  const lines = all.map((series): Line => {
    const name = nameIn(series.names, language);
    return {
      icons: [{ url: icons[kindIcon(series.kind)] }],
      overs: [],
      title: name,
      notes: [{ text: choicePhrase(language, series, choices[series.id], today) }],
      chips: [],
      mark: '›',
      action: button(say(language, 'chat.reminder.change', { name }), 'reminders.edit', {
        seriesId: series.id,
      }),
    };
  });
  return render(linesCard, {
    ...common(language, 'reminder', say(language, 'chat.kicker.reminders'), [
      `${heading}.`,
      ...notices.map(({ text }) => text),
      ...lines.map(({ title, notes }) => `${title}: ${notes[0]?.text ?? ''}`),
    ]),
    heading,
    notices,
    hints: [{ text: hint }],
    lines,
    links: [],
    actions: [button(say(language, 'chat.session.all'), 'sessions.open')],
  });
}

export interface ChoiceTyped {
  /** Offsets in minutes, joined by commas; none means no reminders. */
  readonly offsets: string;
  readonly snoozedUntil: string;
}

/** The choices that stand, as the form shows them; a pause that is over is none, and could not be saved again. */
export function choiceTyped(
  { reminders }: Series,
  choice: SeriesChoice | undefined,
  today: string,
): ChoiceTyped {
  const wanted = choice?.isOff === true ? [] : (choice?.offsets ?? reminders.offsets);
  const until = choice?.snoozedUntil ?? '';
  return { offsets: wanted.join(','), snoozedUntil: until > today ? until : '' };
}

export interface ChoiceSays {
  readonly typed: ChoiceTyped;
  readonly today: string;
  readonly faults?: readonly FieldFault[];
  readonly notices?: readonly Notice[];
}

/** The choices of one series: when one is reminded, off, and a pause until a date. */
export function reminderForm(turn: Turn, series: Series, says: ChoiceSays): Card {
  const { language } = turn;
  const { typed, today, faults = [], notices = [] } = says;
  const name = nameIn(series.names, language);
  const headline = say(language, 'chat.reminder.of', { name });
  const data = { seriesId: series.id };
  const off: ButtonData[] =
    typed.offsets === '' ? [] : [button(say(language, 'chat.reminder.turnOff'), 'reminders.off', data)];
  return drawn(language, {
    icon: kindIcon(series.kind),
    kicker: say(language, 'chat.kicker.reminders'),
    speak: [headline, ...notices.map(({ text }) => text)],
    headlines: [{ text: headline }],
    notices,
    fields: [
      formField(language, faults, {
        id: 'offsets',
        kind: 'choices',
        label: say(language, 'chat.reminder.when'),
        example: say(language, 'chat.reminder.when.example'),
        value: typed.offsets,
        choices: series.reminders.offsets.map((offset) => ({
          title: offsetPhrase(language, offset),
          value: String(offset),
        })),
      }),
      formField(language, faults, {
        id: 'snoozedUntil',
        kind: 'date',
        label: say(language, 'chat.reminder.pause'),
        example: say(language, 'chat.reminder.pause.example'),
        wants: say(language, 'chat.form.wants.earliestDate'),
        value: typed.snoozedUntil,
        earliest: today,
      }),
    ],
    actions: [
      button(say(language, 'chat.form.save'), 'reminders.save', data, 'positive', 'auto'),
      ...off,
      button(say(language, 'chat.form.cancel'), 'reminders.open'),
    ],
  });
}
