import { AppError, fieldFaults, type ErrorCode, type FieldFault } from '../platform/errors.js';
import { t } from '../i18n/messages.js';
import { withDatesWritten } from '../shared/dates.js';
import { errorValues } from '../shared/error-values.js';
import type { Language } from '../shared/languages.js';

/** An error answer, RFC 9457, with our code and the faults by field. */
export interface Problem {
  readonly status: number;
  readonly code: ErrorCode;
  /** What happened and what to do, in the person's language. */
  readonly title: string;
  /** Facts of the error, such as the current state or the other editor's text. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly fields?: readonly (FieldFault & { readonly text: string })[];
}

const statusByCode: Partial<Record<ErrorCode, number>> = {
  'input.invalid': 400,
  'input.malformed': 400,
  'input.tooLarge': 413,
  'text.personalData': 400,
  'text.missing': 409,
  'release.timePassed': 400,
  'occurrence.timePassed': 400,
  'presenter.notYours': 403,
  'calendar.unavailable': 503,
  'signIn.needed': 401,
  'signIn.unknownPerson': 401,
  'signIn.guest': 403,
  'signIn.unavailable': 503,
  'signIn.notMember': 403,
  'permission.denied': 403,
  'person.left': 403,
  'route.notFound': 404,
  'storage.unavailable': 503,
  internal: 500,
};

function statusOf(code: ErrorCode): number {
  const status = statusByCode[code];
  if (status !== undefined) return status;
  return code.toLowerCase().endsWith('notfound') ? 404 : 409;
}

/** The answer to an error; anything that is not ours is `internal`, and its message stays inside. */
export function problemOf(error: unknown, language: Language): Problem {
  const known = error instanceof AppError ? error : new AppError('internal');
  const faults = fieldFaults(known);
  const { fields: _fields, ...details } = known.details;
  return {
    status: statusOf(known.code),
    code: known.code,
    title: t(language, `error.${known.code}`, errorValues(language, known.details)),
    ...(Object.keys(details).length > 0 && { details }),
    ...(faults.length > 0 && {
      fields: faults.map((fault) => ({
        ...fault,
        text: t(language, `field.${fault.code}`, withDatesWritten(language, fault.values)),
      })),
    }),
  };
}
