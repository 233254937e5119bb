import type { ProjectId } from '../../../../src/platform/ids.js';
import { languages, type Language } from '../../../../src/shared/languages.js';
import type { AgendaItem, ReminderSettings, Series } from '../../../../src/sessions/series/series.js';
import { filled } from '../parts/agenda-items.js';

type Named = Readonly<Record<Language, string>>;
type Way = ReminderSettings['ways'][number];

/** The settings of a series as its form has them: what may be missing is an empty text, what is switched off keeps its words. */
export interface SettingsForm {
  readonly names: Named;
  readonly descriptions: Named;
  readonly joinUrl: string;
  readonly pausedMonths: readonly number[];
  readonly of: 'programme' | 'projects';
  readonly projects: readonly string[];
  readonly isOpenToContacts: boolean;
  /** One address a line. */
  readonly groups: string;
  readonly hasTurns: boolean;
  readonly turns: readonly string[];
  readonly askDays: number;
  readonly deadlineDays: number;
  readonly agenda: readonly AgendaItem[];
  readonly offsets: readonly number[];
  readonly ways: readonly Way[];
  readonly isQuiet: boolean;
  readonly quietFrom: string;
  readonly quietTo: string;
}

const named = (texts: Partial<Named>): Named => ({ fi: '', sv: '', en: '', ...texts });

/** @param projects every project of the programme, for what is switched on anew. */
export function formOf(series: Series, projects: readonly ProjectId[]): SettingsForm {
  const { people, rotation, reminders } = series;
  return {
    names: named(series.names),
    descriptions: named(series.descriptions),
    joinUrl: series.joinUrl ?? '',
    pausedMonths: series.pausedMonths,
    of: people.of,
    projects: people.of === 'projects' ? people.projects : [],
    isOpenToContacts: series.isOpenToContacts,
    groups: series.groups.join('\n'),
    hasTurns: rotation !== undefined,
    turns: rotation?.projects ?? projects,
    askDays: rotation?.askDays ?? 21,
    deadlineDays: rotation?.deadlineDays ?? 7,
    agenda: series.agenda,
    offsets: reminders.offsets,
    ways: reminders.ways,
    isQuiet: reminders.quiet !== undefined,
    quietFrom: reminders.quiet?.from ?? '20:00',
    quietTo: reminders.quiet?.to ?? '07:00',
  };
}

/** The addresses of a text with one a line, or parted by commas. */
export function addressesOf(text: string): readonly string[] {
  return text
    .split(/[\n,;]/)
    .map((address) => address.trim())
    .filter((address) => address !== '');
}

function inputOf(form: SettingsForm): Readonly<Record<string, unknown>> {
  const said = languages.filter((language) => form.descriptions[language].trim() !== '');
  return {
    names: form.names,
    descriptions: Object.fromEntries(said.map((language) => [language, form.descriptions[language].trim()])),
    joinUrl: form.joinUrl.trim() === '' ? null : form.joinUrl.trim(),
    pausedMonths: form.pausedMonths,
    people: form.of === 'programme' ? { of: 'programme' } : { of: 'projects', projects: form.projects },
    isOpenToContacts: form.isOpenToContacts,
    groups: addressesOf(form.groups),
    rotation: form.hasTurns
      ? { projects: form.turns, askDays: form.askDays, deadlineDays: form.deadlineDays }
      : null,
    agenda: filled(form.agenda),
    reminders: {
      offsets: form.offsets,
      ways: form.ways,
      quiet: form.isQuiet ? { from: form.quietFrom, to: form.quietTo } : null,
    },
  };
}

/** The body of an edit: only what differs from what stands, so that two people who change two things both keep theirs. */
export function changesOf(form: SettingsForm, current: SettingsForm): Readonly<Record<string, unknown>> {
  const before = inputOf(current);
  return Object.fromEntries(
    Object.entries(inputOf(form)).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field]),
    ),
  );
}
