import type { Holiday } from '../../../../src/platform/holidays.js';
import type { OccurrenceLine } from '../../../../src/sessions/occurrences/occurrence.js';
import type { SessionYear } from '../../../../src/sessions/occurrences/queries.js';
import type { Language } from '../../../../src/shared/languages.js';
import { translatedTo } from '../../../../src/shared/translated.js';
import { useProjectName, useText } from '../../../shared/context.js';
import { wallTimeOf } from '../../../shared/dates.js';

/** Something that stands on the ribbon, on a day of Helsinki (ISO date). */
export type Entry = { readonly date: string } & (
  | { readonly is: 'session'; readonly line: OccurrenceLine }
  | { readonly is: 'holiday'; readonly holiday: Holiday }
  | { readonly is: 'today' }
);

export interface RibbonMonth {
  /** 1 to 12. */
  readonly month: number;
  readonly isNow: boolean;
  readonly entries: readonly Entry[];
}

const order = { holiday: 0, today: 1, session: 2 } as const;

function startOf(entry: Entry): string {
  return entry.is === 'session' ? entry.line.start : '';
}

/**
 * The twelve months of a year with their marks, by day: what a day is comes before what happens on it.
 * @param today ISO date; it is marked where it belongs to the year.
 */
export function monthsOf(
  { year, occurrences, holidays }: SessionYear,
  today: string,
): readonly RibbonMonth[] {
  const entries: Entry[] = [
    ...holidays.map((holiday): Entry => ({ is: 'holiday', date: holiday.date, holiday })),
    ...occurrences.map((line): Entry => ({ is: 'session', date: wallTimeOf(line.start).date, line })),
    ...(Number(today.slice(0, 4)) === year ? [{ is: 'today', date: today } as const] : []),
  ].sort(
    (one, other) =>
      one.date.localeCompare(other.date) ||
      order[one.is] - order[other.is] ||
      startOf(one).localeCompare(startOf(other)),
  );
  return Array.from({ length: 12 }, (_, index) => {
    const prefix = `${year}-${String(index + 1).padStart(2, '0')}`;
    return {
      month: index + 1,
      isNow: today.startsWith(prefix),
      entries: entries.filter(({ date }) => date.startsWith(prefix)),
    };
  });
}

/** How far ahead a slot with nobody is said aloud, in milliseconds: 14 days. */
const openAhead = 14 * 86_400_000;

/** The slots within two weeks for which no project has agreed to present. */
export function openSlots(lines: readonly OccurrenceLine[], now: number): readonly OccurrenceLine[] {
  return lines.filter(({ start, state, slot }) => {
    const isAhead = Date.parse(start) > now && Date.parse(start) - now <= openAhead;
    const isOpen = slot !== undefined && (slot.how === 'nobody' || slot.how === 'proposed');
    return isAhead && isOpen && state.status !== 'cancelled';
  });
}

/** What is said of an occurrence in lists: its name, who presents, and what about. */
export interface OccurrenceWords {
  readonly name: string;
  /** "Elma", "Proposed: Elma" or "Nobody yet"; undefined where the series has no turns and no speaker is known. */
  readonly presenter: string | undefined;
  readonly topic: string | undefined;
  readonly topicLanguage: Language | undefined;
}

export function useOccurrenceWords(): (line: OccurrenceLine) => OccurrenceWords {
  const { t, language } = useText();
  const projectName = useProjectName();
  return ({ names, slot, talk: written, state }) => {
    const talk = written && translatedTo(language, written);
    let presenter = talk?.presenter;
    if (slot?.how === 'nobody') presenter = state.status === 'held' ? undefined : t('sessions.turn.nobody');
    else if (slot?.how === 'proposed') {
      presenter = t('sessions.turn.proposed', { project: projectName(slot.projectId) });
    } else if (slot !== undefined) {
      const project = projectName(slot.projectId);
      const who = talk?.presenter ?? slot.person?.name;
      presenter = who === undefined ? project : `${project}, ${who}`;
    }
    return { name: names[language], presenter, topic: talk?.topic, topicLanguage: talk?.language };
  };
}
