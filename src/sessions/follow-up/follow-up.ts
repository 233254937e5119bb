import { Temporal } from 'temporal-polyfill';
import { AppError } from '../../platform/errors.js';
import type { ProjectId } from '../../platform/ids.js';
import type { Language } from '../../shared/languages.js';
import type { Occurrence } from '../occurrences/occurrence.js';

/** Answers to the two questions after a session: how useful (1-5), and what to do better. */
export interface PulseView {
  readonly count: number;
  /** How many gave each number, 1 first. */
  readonly useful: readonly [number, number, number, number, number];
  readonly better: readonly { readonly text: string; readonly at: string }[];
}

export interface NewsDraft {
  readonly projectId?: ProjectId;
  readonly language: Language;
  readonly title: string;
  readonly body: string;
  readonly link?: string;
}

/** Thanks that come later than that are a surprise; a recording may take its weeks. In days. */
const thanksDays = 60;

/** Until when people are thanked for a session that ended at this ISO instant. */
export function thanksUntil(end: string): Temporal.Instant {
  return Temporal.Instant.from(end).add({ hours: 24 * thanksDays });
}

/** @throws AppError `occurrence.moveNotAllowed` where it has not begun, or does not take place. */
export function requireBegun({ id, state, start }: Occurrence, now: string): void {
  if (state.status === 'cancelled' || start > now)
    throw new AppError('occurrence.moveNotAllowed', { id, state: state.status, start });
}
