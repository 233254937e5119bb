import type { CommonKey } from '../../src/i18n/keys.js';
import { withDatesWritten } from '../../src/shared/dates.js';
import { errorValues } from '../../src/shared/error-values.js';
import { ApiError } from '../api.js';
import type { TextKey, Texts } from '../text.js';

/** What went wrong, where whoever found it has put it into the person's words. */
export class SaidProblem extends Error {
  override readonly name = 'SaidProblem';
}

/** What went wrong, in words; for an unknown fault the general ones. */
export function problemText(texts: Texts, error: unknown): string {
  if (error instanceof SaidProblem) return error.message;
  if (!(error instanceof ApiError)) return texts.t('error.internal');
  if (error.code === 'network') return texts.t('shared.error.network');
  // What was typed is in the form; whether it is kept anywhere else is for the form to say.
  if (error.code === 'input.invalid')
    return texts.t('shared.error.fields', { count: Math.max(1, error.fields.length) });
  const key = `error.${error.code}` as CommonKey;
  const text = texts.t(key, errorValues(texts.language, error.facts));
  return text === key ? texts.t('error.internal') : text;
}

/**
 * What is wrong with one field of a refused form; undefined when nothing is.
 * @param nameOf what a value of the field is called where people choose it by its name.
 */
export function fieldProblem(
  texts: Texts,
  error: unknown,
  field: string,
  nameOf?: (value: string) => string,
): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const fault = error.fields.find((candidate) => candidate.field === field);
  if (fault === undefined) return undefined;
  const { theirs } = fault.values ?? {};
  const named = typeof theirs === 'string' && theirs !== '' && nameOf ? { theirs: nameOf(theirs) } : {};
  return texts.t(
    `field.${fault.code}` as TextKey,
    withDatesWritten(texts.language, { ...fault.values, ...named }),
  );
}

/** What a field says is wrong with it, and the name by which {@link withoutField} takes that away once it is changed. */
export interface FieldFaultProps {
  readonly validationMessage?: string;
  readonly 'data-fault'?: string;
}

/**
 * A fault without what is wrong with one field, which was changed since: undefined where nothing else is.
 * @param field as it was given to {@link faultAt}: what is inside it goes too.
 */
export function withoutField(fault: unknown, field: string): unknown {
  if (!(fault instanceof ApiError)) return fault;
  const fields = fault.fields.filter((one) => one.field !== field && !one.field.startsWith(`${field}.`));
  return fields.length === 0 ? undefined : new ApiError(fault.code, fault.status, fields, fault.facts);
}

/**
 * The props of a Fluent `Field` that say what is wrong with it; `also` are error codes that mean this field, `nameOf` as for
 * {@link fieldProblem}.
 */
export function faultAt(
  texts: Texts,
  fault: unknown,
  field: string,
  also: readonly string[] = [],
  nameOf?: (value: string) => string,
): FieldFaultProps {
  const own = fieldProblem(texts, fault, field, nameOf);
  if (own !== undefined) return { validationMessage: own, 'data-fault': field };
  if (fault instanceof ApiError && fault.fields.length > 0) {
    const inside = fault.fields.find((one) => one.field.startsWith(`${field}.`));
    const words = inside && fieldProblem(texts, fault, inside.field);
    if (words !== undefined) return { validationMessage: words, 'data-fault': field };
  }
  if (fault instanceof ApiError && also.includes(fault.code)) {
    return {
      validationMessage: texts.t(`error.${fault.code}` as 'error.internal'),
      'data-fault': field,
    };
  }
  return {};
}

/** Whether something was refused for a personal identity code in it, be it beside other faults. */
export function holdsPersonalData(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.code === 'text.personalData' || error.fields.some(({ code }) => code === 'personalId');
}
