import { Temporal } from 'temporal-polyfill';
import { z, type ZodType, type core } from 'zod';
import { normalise } from '../shared/normalise.js';
import { AppError, type FieldFault, type FieldFaultCode } from './errors.js';

const codes: Readonly<Record<FieldFaultCode, true>> = {
  required: true,
  tooLong: true,
  tooShort: true,
  notALink: true,
  notASafeLink: true,
  notADate: true,
  datePast: true,
  dateTooEarly: true,
  dateTooFar: true,
  unknownChoice: true,
  unknownField: true,
  personalId: true,
  wrongType: true,
  notAnAddress: true,
  notAPhone: true,
  notADirectoryId: true,
  localPartNotAscii: true,
  notATime: true,
  endBeforeStart: true,
  noDates: true,
  tooMany: true,
  notInRange: true,
  standsAlready: true,
  moveTooFar: true,
  changeTooEarly: true,
  dateBefore: true,
  changedMeanwhile: true,
  taken: true,
  notAnAddressPart: true,
  nameOfProject: true,
  nameOfArchived: true,
  notAvailable: true,
};

function isCode(text: string): text is FieldFaultCode {
  return Object.hasOwn(codes, text);
}

function at(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  );
}

function isBlank(value: unknown): boolean {
  return value === undefined || (typeof value === 'string' && normalise(value).trim() === '');
}

function sizeOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' || Array.isArray(value) ? value.length : 0;
}

/** What the text of a fault needs: the limit that was exceeded, or the schema's own description. */
function valuesOf(issue: core.$ZodIssue, value: unknown): Pick<FieldFault, 'values'> {
  if (issue.code === 'too_big') return { values: { limit: Number(issue.maximum), length: sizeOf(value) } };
  if (issue.code !== 'custom' || issue.params === undefined) return {};
  return { values: issue.params as Record<string, string | number> };
}

function faultsOf(issue: core.$ZodIssue, input: unknown): FieldFault[] {
  const field = issue.path.map(String).join('.');
  const value = at(input, issue.path);
  if (isCode(issue.message)) return [{ field, code: issue.message, ...valuesOf(issue, value) }];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        field: field === '' ? key : `${field}.${key}`,
        code: 'unknownField',
      }));
    case 'too_big':
      return [{ field, code: 'tooLong', ...valuesOf(issue, value) }];
    case 'too_small':
      return [{ field, code: isBlank(value) ? 'required' : 'tooShort' }];
    case 'invalid_value':
      return [{ field, code: isBlank(value) ? 'required' : 'unknownChoice' }];
    default:
      return [{ field, code: value === undefined || value === null ? 'required' : 'wrongType' }];
  }
}

/**
 * What came from outside, as the schema reads it. A schema may give a fault code as its message.
 * @param alsoWrong what is wrong beside the schema's faults, which it gets.
 * @throws AppError `input.invalid` with every fault, by field; `text.personalData` where there is no other fault than
 *   `personalId`.
 */
export function parse<Output>(
  schema: ZodType<Output>,
  input: unknown,
  alsoWrong: (faults: readonly FieldFault[]) => readonly FieldFault[] = () => [],
): Output {
  const result = schema.safeParse(input);
  const found = result.success ? [] : result.error.issues.flatMap((issue) => faultsOf(issue, input));
  const fields = [...found, ...alsoWrong(found)];
  if (result.success && fields.length === 0) return result.data;
  const isPersonal = fields.every(({ code }) => code === 'personalId');
  throw new AppError(isPersonal ? 'text.personalData' : 'input.invalid', { fields });
}

/** Whether a field, or a part of it, has a fault already. */
export type IsWrong = (field: string) => boolean;

/**
 * As {@link parse}, with the faults that no schema knows beside its own, so that a form shows all of them at once.
 * @param check what is wrong with the fields that are right by themselves; `isWrong` of those that are not. A fault of a
 *   field that has one already is left out.
 */
export function parseWhole<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  input: unknown,
  check: (right: Partial<z.output<z.ZodObject<Shape>>>, isWrong: IsWrong) => readonly FieldFault[],
): z.output<z.ZodObject<Shape>> {
  const given: Readonly<Record<string, unknown>> =
    typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {};
  return parse(schema, input, (faults) => {
    const isWrong: IsWrong = (field) =>
      faults.some((fault) => fault.field === field || fault.field.startsWith(`${field}.`));
    const right = Object.entries(schema.shape).flatMap(([field, fieldSchema]) => {
      const read = (fieldSchema as z.ZodType).safeParse(given[field]);
      return read.success && read.data !== undefined ? [[field, read.data] as const] : [];
    });
    const also = check(Object.fromEntries(right) as Partial<z.output<z.ZodObject<Shape>>>, isWrong);
    return also.filter(({ field }) => !isWrong(field));
  });
}

/** Years in which a programme may have dates: far beyond them calendars end, and so does what reckons with dates. */
const ownCenturies = /^2[01]\d\d-/;

/** Whether a text is a date that there is, `2026-11-30`. */
export function isIsoDate(text: string): boolean {
  try {
    return (
      ownCenturies.test(text) && Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text
    );
  } catch {
    return false;
  }
}

/** A whole number from `least` to `most`, both included; else the fault `notInRange`. */
export const wholeNumber = (least: number, most: number) =>
  z.number().refine((number) => Number.isInteger(number) && number >= least && number <= most, {
    error: 'notInRange',
    params: { least, most },
  });

/** The number of a revision, 0 where there is none; six digits, as the keys of revisions have them. */
export const revisionNumber = z.number().int().min(0).max(999_998);

/** The number of an audit entry. */
export const auditNumber = z.number().int().min(1).max(999_999);

/** For what may be left out: an empty field counts as none. */
export const emptyAsNone = (value: unknown): unknown => (value === '' || value === null ? undefined : value);

/** A date that there is, as `2026-11-30` and in no other way; else the fault `notADate`. */
export const isoDateSchema = z.string().refine(isIsoDate, { error: 'notADate' });
