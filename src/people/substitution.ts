import type { PersonRef } from '../platform/actor.js';
import { AppError } from '../platform/errors.js';
import type { PersonId } from '../platform/ids.js';

/** Days in Helsinki as ISO dates, both included. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/** Why a substitution ended before its last day. */
export type EndReason = 'ended' | 'substituteLeft' | 'absentLeft';

/** Who acts for whom, from which day to which. Kept with the person who is absent. */
export interface Substitution extends Days {
  readonly id: string;
  readonly absent: PersonRef;
  readonly substitute: PersonRef;
  /** Who set it, and when; ISO instant. */
  readonly by: PersonRef;
  readonly at: string;
  /** What the substitute should know. */
  readonly note?: string;
  /** It ended before its last day, or was called off before its first. */
  readonly ended?: { readonly at: string; readonly by: PersonRef; readonly because: EndReason };
}

/** What is kept with the substitute of a substitution that has not ended. */
export interface StandIn extends Days {
  readonly id: string;
  readonly absent: PersonRef;
}

export type SubstitutionStatus = 'coming' | 'current' | 'over';

export const includes = ({ from, to }: Days, day: string): boolean => from <= day && day <= to;

export const overlap = (one: Days, other: Days): boolean => one.from <= other.to && other.from <= one.to;

/** @param day today in Helsinki, ISO date. */
export function statusOf({ from, to, ended }: Substitution, day: string): SubstitutionStatus {
  if (ended !== undefined || to < day) return 'over';
  return from > day ? 'coming' : 'current';
}

/** The substitution of an absent person on a day; there is at most one. */
export function substitutionOn(
  { absences = [] }: { readonly absences?: readonly Substitution[] },
  day: string,
): Substitution | undefined {
  return absences.find((each) => each.ended === undefined && includes(each, day));
}

/** What the rules look at of a person. */
interface Planned {
  readonly id: PersonId;
  readonly name: string;
  readonly absences?: readonly Substitution[];
  readonly standsInFor?: readonly StandIn[];
}

/**
 * That one person can act for the other on these days. Nobody acts for two in a row: whoever acts for somebody is there, and has
 * nobody act for them.
 * @throws AppError `substitution.oneself`; `substitution.overlaps` where somebody acts for the absent person then;
 *   `substitution.substituteAway` where the substitute is away then; `substitution.actsForOther` where the absent person acts for
 *   somebody then. Each names whom and when.
 */
export function requireSubstitutable(absent: Planned, substitute: Planned, days: Days): void {
  if (absent.id === substitute.id) throw new AppError('substitution.oneself');
  const planned = ({ absences = [] }: Planned): Substitution | undefined =>
    absences.find((each) => each.ended === undefined && overlap(each, days));
  const own = planned(absent);
  if (own !== undefined)
    throw new AppError('substitution.overlaps', {
      name: own.substitute.name,
      from: own.from,
      to: own.to,
    });
  const theirs = planned(substitute);
  if (theirs !== undefined)
    throw new AppError('substitution.substituteAway', {
      name: substitute.name,
      from: theirs.from,
      to: theirs.to,
    });
  const other = absent.standsInFor?.find((each) => overlap(each, days));
  if (other !== undefined)
    throw new AppError('substitution.actsForOther', {
      name: absent.name,
      other: other.absent.name,
      from: other.from,
      to: other.to,
    });
}
