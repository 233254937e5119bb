import { piecesOf } from '../../../../src/shared/mailbox.js';
import type { ProjectId } from '../../../../src/platform/ids.js';
import { seenAfter, valueAt, type Fields } from '../../../../src/shared/merge.js';
import type { Rule } from '../../../../src/sessions/series/rule.js';
import type {
  AgendaItem,
  ReminderSettings,
  Series,
  Segment,
  SeriesKind,
} from '../../../../src/sessions/series/series.js';
import { languages, publicLanguages, type Language } from '../../../../src/shared/languages.js';
import { wordsOfRule, type Translate } from '../../../../src/shared/rule-words.js';
import { isDate, isTime } from '../../../shared/date-fields/typed.js';
import { meetingOf, type MeetingAccess } from '../../../../src/shared/series-meetings.js';
import { seriesTimes, type SeriesTime } from '../../../../src/shared/series-times.js';

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
  /** Whom people outside ask about it; all empty: whom they ask about the programme. */
  readonly helperName: string;
  readonly helperPhone: string;
  readonly helperAddress: string;
  /** One address a line. */
  readonly groups: string;
  readonly meeting: MeetingAccess;
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
    helperName: series.helper?.name ?? '',
    helperPhone: series.helper?.phone ?? '',
    helperAddress: series.helper?.address ?? '',
    groups: series.groups.join('\n'),
    meeting: meetingOf(series),
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

/** The addresses of a text with one a line, or parted by commas or semicolons; each may have a name. */
export function addressesOf(text: string): readonly string[] {
  return piecesOf(text, '\n,;').filter((address) => address !== '');
}

function helperOf({ helperName, helperPhone, helperAddress }: SettingsForm) {
  const [name, phone, address] = [helperName, helperPhone, helperAddress].map((text) => text.trim());
  return [name, phone, address].every((text) => text === '') ? null : { name, phone, address };
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
    helper: helperOf(form),
    groups: addressesOf(form.groups),
    meeting: form.meeting,
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

/** Which parts of the form a field of the body is made of. */
const partsOf = {
  names: ['names'],
  descriptions: ['descriptions'],
  joinUrl: ['joinUrl'],
  pausedMonths: ['pausedMonths'],
  people: ['of', 'projects'],
  isOpenToContacts: ['isOpenToContacts'],
  groups: ['groups'],
  rotation: ['hasTurns', 'turns', 'askDays', 'deadlineDays'],
  agenda: ['agenda'],
  reminders: ['offsets', 'ways', 'isQuiet', 'quietFrom', 'quietTo'],
} as const satisfies Readonly<Record<string, readonly (keyof SettingsForm)[]>>;

/** What the form says at a path of the body. */
export const settingAt = (form: SettingsForm, path: string): unknown => valueAt(inputOf(form), path);

/** What is to be changed in the form so that it says at a path what somebody else made of it meanwhile. */
export function takenOver(
  form: SettingsForm,
  series: Series,
  path: string,
  theirs: unknown,
): Partial<SettingsForm> {
  const [field = ''] = path.split('.');
  if (!Object.hasOwn(partsOf, field)) return {};
  const { reminders, ...input } = seenAfter(inputOf(form), { [path]: theirs });
  const { quiet, ...others } = (reminders ?? {}) as Fields;
  const body: Fields = {
    ...input,
    joinUrl: input.joinUrl ?? undefined,
    rotation: input.rotation ?? undefined,
    reminders: { ...series.reminders, ...others, quiet: quiet ?? undefined },
  };
  const taken = formOf({ ...series, ...body }, form.turns as readonly ProjectId[]);
  const parts: readonly (keyof SettingsForm)[] = partsOf[field as keyof typeof partsOf];
  return Object.fromEntries(parts.map((part) => [part, taken[part]]));
}

/** The settings as far as they are changed, and of these what the writer saw, as the body of an edit has it. */
export interface SettingsDraft {
  readonly form: Partial<SettingsForm>;
  readonly seen: Fields;
}

/** What the writer of a draft saw of all that it changes. */
export function seenOf({ form, seen }: SettingsDraft, current: SettingsForm): Fields {
  const now = inputOf(current);
  const changed = Object.keys(changesOf({ ...current, ...form }, current));
  return Object.fromEntries(changed.map((field) => [field, field in seen ? seen[field] : now[field]]));
}

/** The draft after one more change, made over what is current; what is as it was again is no longer in it. */
export function draftWith(
  draft: SettingsDraft,
  part: Partial<SettingsForm>,
  current: SettingsForm,
): SettingsDraft {
  const form = Object.fromEntries(
    Object.entries({ ...draft.form, ...part }).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(current[name as keyof SettingsForm]),
    ),
  ) as Partial<SettingsForm>;
  return { form, seen: seenOf({ form, seen: draft.seen }, current) };
}

/** What each part of the settings is given. */
export interface FieldsProps {
  readonly form: SettingsForm;
  readonly fault: unknown;
  readonly onChange: (part: Partial<SettingsForm>) => void;
}

/** When a series comes round, as a form has it. Dates are ISO, empty where nothing is said. */
export interface Timing extends SeriesTime {
  readonly from: string;
  readonly until: string;
}

const starts: Readonly<Record<SeriesKind, SeriesTime>> = {
  ...seriesTimes,
  own: { rule: { every: 'week', interval: 1, weekdays: [1] }, time: '09:00', minutes: 60 },
};

/** What a form for a series of this kind begins with. */
export function timingFor(kind: SeriesKind): Timing {
  return { ...starts[kind], from: '', until: '' };
}

export function timingOf({ rule, time, minutes, until }: Segment, from: string): Timing {
  // Of dates that were chosen by hand only those can be changed that are still to come.
  const left = rule.every === 'dates' ? rule.dates.filter((date) => date >= from) : [];
  const shown: Rule = rule.every === 'dates' ? { ...rule, dates: left.length > 0 ? left : [''] } : rule;
  return { rule: shown, time, minutes, from, until: until ?? '' };
}

/** The body of a request: what is empty is left out. */
export function timingInput({ rule, time, minutes, from, until }: Timing): Readonly<Record<string, unknown>> {
  if (rule.every === 'dates') {
    const dates = datesInOrder(rule.dates);
    return { rule: { ...rule, dates }, time, minutes, ...(from !== '' && { from }) };
  }
  return { rule, time, minutes, ...(from !== '' && { from }), ...(until !== '' && { until }) };
}

/** How a series repeats as a form offers it: `once` and `dates` are dates chosen by hand, one or several. */
export type Repeat = 'once' | Rule['every'];

export function repeatOf(rule: Rule): Repeat {
  return rule.every === 'dates' && rule.dates.length === 1 ? 'once' : rule.every;
}

/** The rule of another kind of repeating, with what can be kept of the one before. */
export function ruleOfRepeat(repeat: Repeat, before: Rule): Rule {
  const interval = before.every === 'dates' ? 1 : before.interval;
  const dates = before.every === 'dates' ? before.dates : [''];
  switch (repeat) {
    case 'once':
      return { every: 'dates', dates: dates.slice(0, 1) };
    case 'dates':
      return { every: 'dates', dates: dates.length > 1 ? dates : [...dates, ''] };
    case 'weekdayOfMonth':
      return { every: repeat, interval: Math.min(interval, 12), weekday: 2, week: 1 };
    case 'dayOfMonth':
      return { every: repeat, interval: Math.min(interval, 12), day: 1 };
    case 'week':
      return { every: repeat, interval: Math.min(interval, 26), weekdays: [2] };
    case 'day':
      return { every: repeat, interval };
  }
}

/** Dates that were chosen by hand as they are sent: in order, without fields that are still empty. */
export function datesInOrder(dates: readonly string[]): readonly string[] {
  return dates.filter((date) => date !== '').sort();
}

/** When a series comes round, to stand by itself: "Joka kuukauden ensimmäinen tiistai". */
export function ruleWords(t: Translate, language: Language, rule: Rule): string {
  const words = wordsOfRule(t, language, rule);
  return words.charAt(0).toLocaleUpperCase(language) + words.slice(1);
}

/** Whether a form says enough of when a series comes round to be put into words. */
export function canBeSaid({ rule, time, minutes }: Timing): boolean {
  if (rule.every === 'dates') return rule.dates.every(isDate) && isTime(time) && minutes > 0;
  const hasDays =
    (rule.every !== 'week' || rule.weekdays.length > 0) && (rule.every !== 'dayOfMonth' || rule.day > 0);
  return rule.interval > 0 && hasDays && isTime(time) && minutes > 0;
}

/** The items with one of them moved a step. */
export function moved(items: readonly AgendaItem[], index: number, by: 1 | -1): readonly AgendaItem[] {
  const to = index + by;
  const [one, other] = [items[index], items[to]];
  if (one === undefined || other === undefined) return items;
  return items.map((item, at) => (at === index ? other : at === to ? one : item));
}

/** The items that say something. */
export function filled(items: readonly AgendaItem[]): readonly AgendaItem[] {
  return items.filter(({ title }) => Object.values(title).some((text) => text.trim() !== ''));
}

/** The languages in which a text that exists in another one is still owed. */
export function missingLanguages(text: Partial<Named>): readonly Language[] {
  const isThere = (language: Language): boolean => (text[language] ?? '').trim() !== '';
  return languages.some(isThere) ? publicLanguages.filter((language) => !isThere(language)) : [];
}
