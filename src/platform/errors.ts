/**
 * Every fault that Big Room can name. The code names what happened; the edges (`http/`, `bot/`) turn it
 * into a status and into a text in the person's language, from the key `error.<code>` of `i18n/`.
 */
export type ErrorCode =
  | 'input.invalid'
  | 'input.tooLarge'
  | 'input.malformed'
  | 'signIn.needed'
  | 'signIn.unknownPerson'
  | 'signIn.guest'
  | 'signIn.unavailable'
  | 'signIn.notMember'
  | 'programme.missing'
  | 'programme.standsAlready'
  | 'permission.denied'
  | 'route.notFound'
  | 'storage.conflict'
  | 'storage.unavailable'
  | 'internal'
  | 'edit.conflict'
  | 'text.conflict'
  | 'text.missing'
  | 'text.beingWritten'
  | 'text.sameAsOther'
  | 'text.personalData'
  | 'undo.tooLate'
  | 'undo.tooOld'
  | 'outbox.notFound'
  | 'outbox.tooLate'
  | 'outbox.notResolvable'
  | 'news.notFound'
  | 'news.moveNotAllowed'
  | 'news.inUse'
  | 'news.notAccepted'
  | 'newsletter.notFound'
  | 'newsletter.alreadyPlaced'
  | 'newsletter.notEditable'
  | 'newsletter.languagesMissing'
  | 'newsletter.empty'
  | 'newsletter.storyNotFound'
  | 'approval.needsAnother'
  | 'approval.none'
  | 'person.notFound'
  | 'project.notFound'
  | 'person.standsAlready'
  | 'person.left'
  | 'person.lastAdmin'
  | 'person.roleGiven'
  | 'substitution.notFound'
  | 'substitution.oneself'
  | 'substitution.overlaps'
  | 'substitution.substituteAway'
  | 'substitution.actsForOther'
  | 'release.notFound'
  | 'release.notApproved'
  | 'release.notEditable'
  | 'release.moveNotAllowed'
  | 'release.languagesMissing'
  | 'release.ownOutdated'
  | 'release.timePassed'
  | 'series.notFound'
  | 'series.ended'
  | 'series.draft'
  | 'series.published'
  | 'occurrence.notFound'
  | 'occurrence.moveNotAllowed'
  | 'occurrence.timePassed'
  | 'presenter.notYours'
  | 'presenter.taken'
  | 'swap.notPossible'
  | 'topic.notFound'
  | 'question.notFound'
  | 'question.moveNotAllowed'
  | 'attendance.noSource'
  | 'attendance.notYet'
  | 'contact.notFound'
  | 'contact.standsAlready'
  | 'contact.noConsent'
  | 'contact.notToAsk'
  | 'contact.tooManyForFile'
  | 'import.notFound'
  | 'import.moveNotAllowed'
  | 'import.left'
  | 'import.incomplete'
  | 'thanks.tooLate'
  | 'send.notFound'
  | 'send.moveNotAllowed'
  | 'calendar.unavailable'
  | 'calendar.organiserGone'
  | 'calendar.tooManyAttendees'
  | 'check.notFound';

/** What is wrong with one field; shown at the field, from the key `field.<code>`. */
export interface FieldFault {
  readonly field: string;
  readonly code: FieldFaultCode;
  /** Values for the message: a limit, a length. */
  readonly values?: Readonly<Record<string, string | number>>;
}

export type FieldFaultCode =
  | 'required'
  | 'tooLong'
  | 'tooShort'
  | 'notALink'
  | 'notASafeLink'
  | 'notADate'
  | 'datePast'
  | 'dateTooEarly'
  | 'dateTooFar'
  | 'unknownChoice'
  | 'unknownField'
  | 'personalId'
  | 'wrongType'
  | 'notAnAddress'
  | 'notADirectoryId'
  | 'notAPhone'
  | 'localPartNotAscii'
  | 'notATime'
  | 'endBeforeStart'
  | 'noDates'
  | 'tooMany'
  | 'notInRange'
  | 'standsAlready'
  | 'moveTooFar'
  | 'changeTooEarly'
  | 'dateBefore'
  | 'changedMeanwhile'
  | 'taken'
  | 'notAnAddressPart'
  | 'nameOfProject'
  | 'nameOfArchived'
  | 'notAvailable';

export type ErrorDetails = Readonly<Record<string, unknown>>;

/** A fault with a code and its facts, never with prose. */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly code: ErrorCode,
    readonly details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}

/** The faults by field of an `input.invalid` or `text.personalData` error; empty for any other error. */
export function fieldFaults(error: unknown): readonly FieldFault[] {
  if (!(error instanceof AppError)) return [];
  return (error.details.fields as readonly FieldFault[] | undefined) ?? [];
}

export function isAppError(error: unknown, code: ErrorCode): error is AppError {
  return error instanceof AppError && error.code === code;
}
