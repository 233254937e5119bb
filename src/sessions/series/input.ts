import { z } from 'zod';
import { AppError, type FieldFault } from '../../platform/errors.js';
import type { ProjectId } from '../../platform/ids.js';
import type { Programme } from '../../people/person.js';
import { assertNoPersonalData } from '../../content/personal-data.js';
import { isoDateSchema, parse } from '../../platform/validation.js';
import { timeSchema } from '../../platform/wall-time.js';
import { defaultNames, defaultSettings, defaultTime } from './defaults.js';
import {
  agendaSchema,
  descriptionsSchema,
  groupsSchema,
  linkSchema,
  minutesSchema,
  namesSchema,
  pausedMonthsSchema,
  peopleSchema,
  remindersSchema,
  rotationSchema,
} from './fields.js';
import { seriesKinds, type Segment, type Series } from './series.js';
import { firstDateOf, ruleSchema } from './rule-dates.js';
import { firstHits } from './segments.js';

/** When a series comes round, as a form says it; `null` takes an end away. */
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

/**
 * The segment that begins with the first date of a rule from a day on.
 * @param defaults what the form may leave out.
 * @throws AppError `input.invalid`: `required` where something is neither said nor known, `until` `endBeforeStart`,
 *   `rule` `noDates`.
 */
export function segmentFrom(
  timing: Timing,
  defaults: Partial<Pick<Segment, 'rule' | 'time' | 'minutes'>> & { readonly from: string },
  { number, pausedMonths }: Pick<Segment, 'number'> & Pick<Series, 'pausedMonths'>,
): Segment {
  const { rule = defaults.rule, time = defaults.time, minutes = defaults.minutes } = timing;
  const { from = defaults.from, until } = timing;
  if (rule === undefined || time === undefined || minutes === undefined) {
    const missing = Object.entries({ rule, time, minutes }).filter(([, value]) => value === undefined);
    throw invalid(...missing.map(([field]): FieldFault => ({ field, code: 'required' })));
  }
  if (typeof until === 'string' && until < from) throw invalid({ field: 'until', code: 'endBeforeStart' });
  const first = firstDateOf(rule, from);
  if (first === undefined) throw invalid({ field: 'rule', code: 'noDates' });
  const segment = { number, from: first, rule, time, minutes, ...(typeof until === 'string' && { until }) };
  if (firstHits({ segments: [segment], pausedMonths }, first, 1).length === 0)
    throw invalid({ field: 'rule', code: 'noDates' });
  return segment;
}

/** What may be changed of a series at any time; `null` takes away what need not be there. */
const settingsShape = {
  names: namesSchema.optional(),
  descriptions: descriptionsSchema.optional(),
  pausedMonths: pausedMonthsSchema.optional(),
  people: peopleSchema.optional(),
  isOpenToContacts: z.boolean().optional(),
  groups: groupsSchema.optional(),
  joinUrl: linkSchema.nullable().optional(),
  rotation: rotationSchema.nullable().optional(),
  agenda: agendaSchema.optional(),
  reminders: remindersSchema.optional(),
};

const editSchema = z.strictObject(settingsShape);
const kindSchema = z.enum(seriesKinds);

const createSchema = z.strictObject({
  formId: z.string().regex(/^[\w-]{8,64}$/, { error: 'wrongType' }),
  kind: kindSchema,
  ...timingShape,
  ...settingsShape,
});

/** A preview asks for dates only: what a form says beside them may still be unfinished. */
const previewSchema = z.object({
  kind: kindSchema,
  pausedMonths: pausedMonthsSchema.optional(),
  ...timingShape,
});

type Settings = z.output<typeof editSchema>;

function assertNoUnknownProjects({ people, rotation }: Settings, programme: Programme): void {
  const known = new Set(programme.projects.map(({ id }) => id));
  const isUnknown = (projects: readonly ProjectId[]): boolean => projects.some((id) => !known.has(id));
  if (people?.of === 'projects' && isUnknown(people.projects))
    throw invalid({ field: 'people.projects', code: 'unknownChoice' });
  if (rotation && isUnknown(rotation.projects))
    throw invalid({ field: 'rotation.projects', code: 'unknownChoice' });
}

function assertNoPersonalSettings({ names, descriptions, agenda }: Settings): void {
  const named = (field: string, texts: object = {}) =>
    Object.entries(texts).map(([language, text]) => [`${field}.${language}`, String(text)] as const);
  assertNoPersonalData(
    Object.fromEntries([
      ...named('names', names),
      ...named('descriptions', descriptions),
      ...(agenda ?? []).flatMap(({ title }, index) => named(`agenda.${index}.title`, title)),
    ]),
  );
}

/** The series with the settings of a form; what the form does not name stays. */
function withSettings(base: Omit<Series, 'id'>, settings: Settings): Omit<Series, 'id'> {
  const { names, descriptions, pausedMonths, people, isOpenToContacts, groups, agenda } = settings;
  const { joinUrl, rotation, reminders } = settings;
  const { joinUrl: oldJoinUrl, joinUrlBy, rotation: oldRotation, ...rest } = base;
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
    ...(agenda && { agenda }),
    ...(reminders && { reminders: { ...reminders, channels: base.reminders.channels } }),
    ...(nextRotation && { rotation: nextRotation }),
    ...(typeof nextJoinUrl === 'string' && { joinUrl: nextJoinUrl }),
    ...(!isOwnLink && joinUrlBy && { joinUrlBy }),
  };
}

function checked(settings: Settings, programme: Programme): Settings {
  assertNoPersonalSettings(settings);
  assertNoUnknownProjects(settings, programme);
  return settings;
}

/** What an edit makes of a series. @throws AppError `input.invalid`, `text.personalData`. */
export function parseEdit(input: unknown, series: Series, programme: Programme): Series {
  return { ...withSettings(series, checked(parse(editSchema, input), programme)), id: series.id };
}

/** A new series as its form says it, without what is given to it when it is stored. */
export interface NewSeries {
  readonly formId: string;
  readonly series: Omit<Series, 'id' | 'feedKey'>;
}

/**
 * @param today ISO date: before it nothing begins, and on it at the earliest where the form does not say.
 * @throws AppError `input.invalid`, `text.personalData`.
 */
export function parseNewSeries(
  input: unknown,
  programme: Programme,
  { today, at }: { readonly today: string; readonly at: string },
): NewSeries {
  const { formId, kind, rule, from, until, time, minutes, ...settings } = parse(createSchema, input);
  checked(settings, programme);
  const names = settings.names ?? defaultNames(kind);
  if (names === undefined) throw invalid({ field: 'names', code: 'required' });
  if (from !== undefined && from < today) throw invalid({ field: 'from', code: 'datePast' });
  const pausedMonths = settings.pausedMonths ?? [];
  const timing = { rule, from, until, time, minutes };
  const segment = segmentFrom(timing, { ...defaultTime(kind), from: today }, { number: 1, pausedMonths });
  const base: Omit<Series, 'id'> = {
    kind,
    names,
    ...defaultSettings(kind, programme),
    state: { status: 'active' },
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

/** The segment of which a preview shows the dates, and the pause. @throws AppError `input.invalid`. */
export function parsePreview(
  input: unknown,
  today: string,
): { readonly segment: Segment; readonly pausedMonths: readonly number[] } {
  const { kind, pausedMonths = [], ...timing } = parse(previewSchema, input);
  const segment = segmentFrom(timing, { ...defaultTime(kind), from: today }, { number: 1, pausedMonths });
  return { segment, pausedMonths };
}
