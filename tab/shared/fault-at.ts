import { ApiError } from '../api.js';
import { fieldProblem } from './problem.js';
import type { Texts } from '../text.js';

/** The props of a Fluent `Field` that say what is wrong with it; `also` are error codes that mean this field. */
export function faultAt(
  texts: Texts,
  fault: unknown,
  field: string,
  also: readonly string[] = [],
): { readonly validationMessage?: string } {
  const own = fieldProblem(texts, fault, field);
  if (own !== undefined) return { validationMessage: own };
  if (fault instanceof ApiError && fault.fields.length > 0) {
    const inside = fault.fields.find((one) => one.field.startsWith(`${field}.`));
    const words = inside && fieldProblem(texts, fault, inside.field);
    if (words !== undefined) return { validationMessage: words };
  }
  if (fault instanceof ApiError && also.includes(fault.code)) {
    return { validationMessage: texts.t(`error.${fault.code}` as 'error.internal') };
  }
  return {};
}
