import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { ProjectId } from '../../platform/ids.js';
import { languages } from '../../shared/languages.js';
import { helperSchema, shownHelper } from '../../audience/helper.js';
import { addressSchema, safeLinkSchema, writtenLine, writtenText } from '../../content/input.js';
import { isoDateSchema, type IsWrong, parse, parseWhole, wholeNumber } from '../../platform/validation.js';
import {
  type AgendaItem,
  type Named,
  type ReminderSettings,
  type RotationSettings,
  type Segment,
  type Series,
  type SeriesKind,
  seriesKinds,
  type SeriesPeople,
} from './series.js';
import { timeSchema } from '../../platform/wall-time.js';
import { t } from '../../i18n/messages.js';
import type { MessageKey } from '../../i18n/keys.js';
import { type SeriesTime, seriesTimes } from '../../shared/series-times.js';
import type { Programme } from '../../people/person.js';
import { mergedWith, requireUnchanged, type Seen } from '../../platform/seen.js';
import { shownAddress } from '../../platform/mail-address.js';
import { AppError, type FieldFault } from '../../platform/errors.js';
import { defaultMeeting, lobbyChoices, type MeetingAccess, meetingOf } from '../../shared/series-meetings.js';
import { firstDateOf, ruleSchema } from './rule.js';
import { firstHits } from './dates.js';

// The fields of a series and an occurrence as they come from outside.

const maxNameCharacters = 120;
const maxDescriptionCharacters = 2_000;
/** The most groups that a calendar invites. */
const maxGroups = 500;
const maxAgendaItems = 30;
const maxOffsets = 5;
const dayMinutes = 1_440;
const maxOffset = 30 * dayMinutes;
/** Asks are planned with the other messages, some weeks ahead. */
const maxAskDays = 60;

const perLanguage = <Field extends z.ZodType>(field: Field) =>
  z.strictObject({ fi: field, sv: field, en: field } satisfies Record<(typeof languages)[number], Field>);

const name = writtenLine({ max: maxNameCharacters, min: 1 });

/** A name in all languages; without an English one the Swedish name is used. */
export const namesSchema: z.ZodType<Named> = z
  .strictObject({ fi: name, sv: name, en: writtenLine({ max: maxNameCharacters }).optional() })
  .transform(({ fi, sv, en = '' }) => ({ fi, sv, en: en === '' ? sv : en }));

/** A text in some languages; an empty text is none. */
function someLanguages(field: z.ZodType<string, string>): z.ZodType<Partial<Named>> {
  return perLanguage(field.optional()).transform((texts) =>
    Object.fromEntries(
      languages.flatMap((language) => {
        const text = texts[language];
        return text === undefined || text === '' ? [] : [[language, text] as const];
      }),
    ),
  );
}

const descriptionsSchema = someLanguages(writtenText({ max: maxDescriptionCharacters }));

const choice = { error: 'unknownChoice' } as const;

export const minutesSchema = wholeNumber(5, dayMinutes);

const unique = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];

const pausedMonthsSchema = z
  .array(z.number().int(choice).min(1, choice).max(12, choice))
  .max(24, { error: 'tooMany' })
  .transform((months) => unique(months).sort((one, other) => one - other));

const groupsSchema = z
  .array(addressSchema)
  .transform(unique)
  .pipe(z.array(z.string()).max(maxGroups, { error: 'tooMany' }));

const projectId = z
  .string()
  .min(1)
  .max(64)
  .transform((id) => id as ProjectId);
const projectsSchema = z.array(projectId).min(1).max(200).transform(unique);

const peopleSchema: z.ZodType<SeriesPeople> = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('programme') }),
  z.strictObject({ of: z.literal('projects'), projects: projectsSchema }),
]);

const rotationSchema = z
  .strictObject({
    projects: projectsSchema,
    askDays: wholeNumber(1, maxAskDays),
    deadlineDays: wholeNumber(0, maxAskDays - 1),
  })
  .superRefine(({ askDays, deadlineDays }, context) => {
    if (deadlineDays < askDays) return;
    const params = { least: 0, most: askDays - 1 };
    context.addIssue({ code: 'custom', message: 'notInRange', path: ['deadlineDays'], params });
  });

export const agendaSchema: z.ZodType<readonly AgendaItem[]> = z
  .array(
    z
      .strictObject({
        id: z.string().regex(/^[\w-]{1,64}$/, { error: 'wrongType' }),
        title: someLanguages(name),
        minutes: wholeNumber(1, dayMinutes).optional(),
      })
      .refine(({ title }) => Object.keys(title).length > 0, { error: 'required', path: ['title'] })
      .transform(({ id, title, minutes }) => ({ id, title, ...(minutes !== undefined && { minutes }) })),
  )
  .max(maxAgendaItems, { error: 'tooMany' })
  .refine((items) => unique(items.map(({ id }) => id)).length === items.length, { error: 'standsAlready' });

const access = z.enum(lobbyChoices, choice);

const meetingSchema: z.ZodType<MeetingAccess> = z.strictObject({
  lobby: access,
  presenters: access,
  microphones: z.boolean(),
  cameras: z.boolean(),
});

/** What of the reminders is set in a form; channels are added from within the channel. */
const remindersSchema: z.ZodType<Pick<ReminderSettings, 'offsets' | 'ways' | 'quiet'>> = z
  .strictObject({
    offsets: z
      .array(wholeNumber(1, maxOffset))
      .transform((offsets) => unique(offsets).sort((one, other) => other - one))
      .pipe(z.array(z.number()).max(maxOffsets, { error: 'tooMany' })),
    ways: z
      .array(z.enum(['person', 'channel', 'mail']))
      .max(10)
      .transform(unique),
    quiet: z.strictObject({ from: timeSchema, to: timeSchema }).nullable().optional(),
  })
  .transform(({ offsets, ways, quiet }) => ({ offsets, ways, ...(quiet && { quiet }) }));

/** When a series of this kind takes place by default. A form for a kind of the programme's own has to give it. */
function defaultTime(kind: SeriesKind): Partial<SeriesTime> {
  return kind === 'own' ? {} : seriesTimes[kind];
}

function named(key: MessageKey): Named {
  const [fi, sv, en] = languages.map((language) => t(language, key));
  return { fi: fi ?? '', sv: sv ?? '', en: en ?? '' };
}

/** The name of the kind; one of the programme's own has none. */
function defaultNames(kind: SeriesKind): Named | undefined {
  return kind === 'own' ? undefined : named(`session.kind.${kind}`);
}

const bigRoomItems = ['picture', 'plan', 'ideas', 'training'] as const;
const itemMinutes = 30;

/** The working session of Big Room: situational picture, plan, ideas, training. */
function defaultAgenda(kind: SeriesKind): readonly AgendaItem[] {
  if (kind !== 'bigRoom') return [];
  return bigRoomItems.map((id) => ({ id, title: named(`session.agenda.${id}`), minutes: itemMinutes }));
}

/** Projects present in rotation at Hankeradio: asked three weeks ahead, with the answer wanted a week before. */
function defaultRotation(kind: SeriesKind, { projects }: Programme): RotationSettings | undefined {
  if (kind !== 'hankeradio' || projects.length === 0) return undefined;
  return { projects: projects.map(({ id }) => id), askDays: 21, deadlineDays: 7 };
}

const defaultReminders: ReminderSettings = {
  offsets: [10_080, 1_440, 15],
  ways: ['person'],
  quiet: { from: '20:00', to: '07:00' },
  channels: [],
};

type DefaultSettings = Pick<
  Series,
  | 'descriptions'
  | 'pausedMonths'
  | 'people'
  | 'isOpenToContacts'
  | 'groups'
  | 'meeting'
  | 'agenda'
  | 'reminders'
  | 'rotation'
>;

/** Everything about a series of this kind that a person may leave as it is. */
function defaultSettings(kind: SeriesKind, programme: Programme): DefaultSettings {
  const rotation = defaultRotation(kind, programme);
  return {
    descriptions: {},
    pausedMonths: [],
    people: { of: 'programme' },
    isOpenToContacts: kind === 'hankeradio',
    groups: [],
    meeting: defaultMeeting(kind),
    agenda: defaultAgenda(kind),
    reminders: defaultReminders,
    ...(rotation && { rotation }),
  };
}

/** When a series takes place, as a form gives it; `null` takes an end away. */
export const timingShape = {
  rule: ruleSchema.optional(),
  from: isoDateSchema.optional(),
  until: isoDateSchema.nullable().optional(),
  time: timeSchema.optional(),
  minutes: minutesSchema.optional(),
};

type Timing = z.output<z.ZodObject<typeof timingShape>>;

export function invalid(...fields: FieldFault[]): AppError {
  return new AppError('input.invalid', { fields });
}

/** A fault at each chosen date before the first one that there may be. */
function datesBefore(dates: readonly string[], from: string): FieldFault[] {
  return dates.flatMap((date, index): FieldFault[] =>
    date < from ? [{ field: `rule.dates.${index}`, code: 'dateBefore', values: { earliest: from } }] : [],
  );
}

const nothingWrong: IsWrong = () => false;

type TimingDefaults = Partial<Pick<Segment, 'rule' | 'time' | 'minutes'>> & { readonly from: string };
type SegmentBase = Pick<Segment, 'number'> & Pick<Series, 'pausedMonths'>;

/**
 * The segment that begins with the first date of a rule from a day on, or all that is wrong: `required` where something
 * is neither given nor known, `until` `endBeforeStart`, dates `dateBefore`, `rule` `noDates`.
 * @param isWrong of the fields of the form that are not in `timing` since they are wrong: what depends on them is not known.
 */
function segmentOf(
  timing: Timing,
  defaults: TimingDefaults,
  { number, pausedMonths }: SegmentBase,
  isWrong: IsWrong = nothingWrong,
): { readonly segment: Segment } | { readonly faults: readonly FieldFault[] } {
  const { rule = defaults.rule, time = defaults.time, minutes = defaults.minutes } = timing;
  const { from = defaults.from, until } = timing;
  const missing = Object.entries({ rule, time, minutes })
    .filter(([, value]) => value === undefined)
    .map(([field]): FieldFault => ({ field, code: 'required' }));
  const late: FieldFault[] =
    typeof until === 'string' && !isWrong('from') && until < from
      ? [{ field: 'until', code: 'endBeforeStart' }]
      : [];
  // Those of the rule before are kept, those of a form are meant.
  const early = timing.rule?.every === 'dates' ? datesBefore(timing.rule.dates, from) : [];
  const faults = [...missing, ...late, ...early];
  const isKnown = !['rule', 'from', 'until', 'pausedMonths'].some(isWrong);
  if (rule === undefined || late.length + early.length > 0 || !isKnown) return { faults };
  const first = firstDateOf(rule, from);
  const dates = { number, rule, ...(typeof until === 'string' && { until }) };
  const hasDates =
    first !== undefined &&
    firstHits({ segments: [{ ...dates, from: first, time: '00:00', minutes: 1 }], pausedMonths }, first, 1)
      .length > 0;
  if (!hasDates) return { faults: [...faults, { field: 'rule', code: 'noDates' }] };
  if (time === undefined || minutes === undefined) return { faults };
  return {
    segment: { number, from: first, rule, time, minutes, ...(typeof until === 'string' && { until }) },
  };
}

/**
 * The segment that begins with the first date of a rule from a day on.
 * @param defaults what the form may leave out.
 * @throws AppError `input.invalid`: `required` where something is neither given nor known, `until` `endBeforeStart`,
 *   `rule` `noDates`.
 */
export function segmentFrom(timing: Timing, defaults: TimingDefaults, base: SegmentBase): Segment {
  const made = segmentOf(timing, defaults, base);
  if ('faults' in made) throw invalid(...made.faults);
  return made.segment;
}

/** All that is wrong with a timing that begins today at the earliest. */
function timingFaults(
  timing: Timing,
  defaults: TimingDefaults,
  base: SegmentBase,
  isWrong: IsWrong,
): readonly FieldFault[] {
  const { from } = timing;
  const past: FieldFault[] =
    from !== undefined && from < defaults.from ? [{ field: 'from', code: 'datePast' }] : [];
  const made = segmentOf(timing, defaults, base, isWrong);
  return 'faults' in made ? [...past, ...made.faults] : past;
}

/** What may be changed of a series at any time; `null` takes away what need not be there. */
const settingsShape = {
  names: namesSchema.optional(),
  descriptions: descriptionsSchema.optional(),
  pausedMonths: pausedMonthsSchema.optional(),
  people: peopleSchema.optional(),
  isOpenToContacts: z.boolean().optional(),
  groups: groupsSchema.optional(),
  joinUrl: safeLinkSchema.nullable().optional(),
  meeting: meetingSchema.optional(),
  rotation: rotationSchema.nullable().optional(),
  agenda: agendaSchema.optional(),
  reminders: remindersSchema.optional(),
  helper: helperSchema.nullable().optional(),
};

const editSchema = z.strictObject(settingsShape);
const kindSchema = z.enum(seriesKinds);

const createSchema = z.strictObject({
  formId: z.string().regex(/^[\w-]{8,64}$/, { error: 'wrongType' }),
  kind: kindSchema,
  isDraft: z.boolean().optional(),
  ...timingShape,
  ...settingsShape,
});

/** A preview asks for dates only: the other fields of the form may still be unfinished. */
const previewSchema = z.object({
  kind: kindSchema,
  pausedMonths: pausedMonthsSchema.optional(),
  ...timingShape,
});

type Settings = z.output<typeof editSchema>;

function unknownProjects({ people, rotation }: Partial<Settings>, programme: Programme): FieldFault[] {
  const known = new Set(programme.projects.map(({ id }) => id));
  const isUnknown = (projects: readonly ProjectId[]): boolean => projects.some((id) => !known.has(id));
  const fault = (field: string): FieldFault => ({ field, code: 'unknownChoice' });
  return [
    ...(people?.of === 'projects' && isUnknown(people.projects) ? [fault('people.projects')] : []),
    ...(rotation && isUnknown(rotation.projects) ? [fault('rotation.projects')] : []),
  ];
}

/** The series with the settings of a form; what the form does not name stays. */
function withSettings(base: Omit<Series, 'id'>, settings: Settings): Omit<Series, 'id'> {
  const { names, descriptions, pausedMonths, people, isOpenToContacts, groups, agenda } = settings;
  const { joinUrl, meeting, rotation, reminders, helper } = settings;
  const { joinUrl: oldJoinUrl, joinUrlBy, rotation: oldRotation, helper: oldHelper, ...rest } = base;
  const nextHelper = helper === undefined ? oldHelper : helper;
  const nextRotation = rotation === undefined ? oldRotation : rotation;
  const isOwnLink = joinUrl !== undefined && joinUrl !== oldJoinUrl;
  const nextJoinUrl = joinUrl === undefined ? oldJoinUrl : joinUrl;
  return {
    ...rest,
    ...(names && { names }),
    ...(descriptions && { descriptions }),
    ...(pausedMonths && { pausedMonths }),
    ...(people && { people }),
    ...(isOpenToContacts !== undefined && { isOpenToContacts }),
    ...(groups && { groups }),
    ...(meeting && { meeting }),
    ...(agenda && { agenda }),
    ...(reminders && { reminders: { ...reminders, channels: base.reminders.channels } }),
    ...(nextRotation && { rotation: nextRotation }),
    ...(nextHelper && { helper: nextHelper }),
    ...(typeof nextJoinUrl === 'string' && { joinUrl: nextJoinUrl }),
    ...(!isOwnLink && joinUrlBy && { joinUrlBy }),
  };
}

/** The settings of a series as a GET answers them and its form sends them, without the channels, which no form sets. */
function shownSettings(settings: Settings | Series): Readonly<Record<string, unknown>> {
  const { names, descriptions, pausedMonths, people, isOpenToContacts, groups, agenda } = settings;
  const { joinUrl, rotation, reminders, helper } = settings;
  return {
    names,
    descriptions,
    pausedMonths,
    people,
    isOpenToContacts,
    agenda,
    joinUrl,
    meeting: 'kind' in settings ? meetingOf(settings) : settings.meeting,
    rotation,
    groups: groups?.map(shownAddress),
    helper: helper && shownHelper(helper),
    reminders: reminders && {
      offsets: reminders.offsets,
      ways: reminders.ways,
      ...(reminders.quiet && { quiet: reminders.quiet }),
    },
  };
}

/**
 * What an edit makes of a series.
 * @param seen the same settings as the form was filled with.
 * @param today ISO date; a pause that leaves no date from then on is a fault.
 * @throws AppError `input.invalid`, `text.personalData`, `edit.conflict`.
 */
export function parseEdit(
  input: unknown,
  {
    series,
    programme,
    today,
    seen,
  }: {
    readonly series: Series;
    readonly programme: Programme;
    readonly today: string;
    readonly seen?: Seen | undefined;
  },
): Series {
  const check = (right: Partial<Settings>): FieldFault[] => {
    const { pausedMonths = series.pausedMonths } = right;
    const isPausedAnew = !isDeepStrictEqual(pausedMonths, series.pausedMonths);
    const hasNone = isPausedAnew && firstHits({ ...series, pausedMonths }, today, 1).length === 0;
    return [
      ...unknownProjects(right, programme),
      ...(hasNone ? [{ field: 'pausedMonths', code: 'noDates' } as const] : []),
    ];
  };
  const mine = shownSettings(parseWhole(editSchema, input, check));
  // Read again: two changes that are right each by itself may not be so together.
  const settings = parseWhole(editSchema, mergedWith(seen, mine, shownSettings(series)), check);
  return { ...withSettings(series, settings), id: series.id };
}

/** Refuses a change of when a series takes place over another that its writer did not see. @throws AppError `edit.conflict`. */
export function requireSeenTiming(seen: Seen | undefined, { segments }: Pick<Series, 'segments'>): void {
  requireUnchanged(seen, { segments });
}

/** A new series from its form, without the fields that are set when it is stored. */
interface NewSeries {
  readonly formId: string;
  readonly series: Omit<Series, 'id' | 'feedKey'>;
}

/**
 * @param today ISO date: before it nothing begins, and by default a series begins on it at the earliest.
 * @throws AppError `input.invalid`, `text.personalData`.
 */
export function parseNewSeries(
  input: unknown,
  programme: Programme,
  { today, at }: { readonly today: string; readonly at: string },
): NewSeries {
  const { formId, kind, isDraft, rule, from, until, time, minutes, ...settings } = parseWhole(
    createSchema,
    input,
    (right, isWrong) => {
      const { kind: ofKind, pausedMonths: months = [] } = right;
      const unknown = unknownProjects(right, programme);
      // Of an unknown kind it is not known what it may leave out.
      if (ofKind === undefined) return unknown;
      const isNamed = (right.names ?? defaultNames(ofKind)) !== undefined;
      const base = { number: 1, pausedMonths: months };
      return [
        ...unknown,
        ...(isNamed ? [] : [{ field: 'names', code: 'required' } as const]),
        ...timingFaults(right, { ...defaultTime(ofKind), from: today }, base, isWrong),
      ];
    },
  );
  const names = settings.names ?? defaultNames(kind);
  if (names === undefined) throw invalid({ field: 'names', code: 'required' });
  const pausedMonths = settings.pausedMonths ?? [];
  const timing = { rule, from, until, time, minutes };
  const segment = segmentFrom(timing, { ...defaultTime(kind), from: today }, { number: 1, pausedMonths });
  const base: Omit<Series, 'id'> = {
    kind,
    names,
    ...defaultSettings(kind, programme),
    state: { status: isDraft === true ? 'draft' : 'active' },
    segments: [segment],
    feedKey: '',
    sequence: 0,
    changedAt: at,
    createdAt: at,
    auditCount: 0,
  };
  const { feedKey: _feedKey, ...series } = withSettings(base, settings);
  return { formId, series };
}

/** The one segment of a draft with another timing. @throws AppError `input.invalid`. */
export function parseTiming(
  input: unknown,
  { segments: [segment], pausedMonths }: Pick<Series, 'segments' | 'pausedMonths'>,
  today: string,
): Segment {
  const base = { number: 1, pausedMonths };
  const defaults = { ...segment, from: today };
  const whole = ({ until, ...timing }: Timing): Timing => {
    const end = until === undefined ? segment?.until : until;
    return { ...timing, ...(end !== undefined && { until: end }) };
  };
  const timing = parseWhole(z.strictObject(timingShape), input, (right, isWrong) =>
    timingFaults(whole(right), defaults, base, isWrong),
  );
  return segmentFrom(whole(timing), defaults, base);
}

/** The segment of which a preview shows the dates, and the pause. @throws AppError `input.invalid`. */
export function parsePreview(
  input: unknown,
  today: string,
): { readonly segment: Segment; readonly pausedMonths: readonly number[] } {
  const { kind, pausedMonths = [], ...timing } = parse(previewSchema, input);
  const segment = segmentFrom(timing, { ...defaultTime(kind), from: today }, { number: 1, pausedMonths });
  return { segment, pausedMonths };
}
