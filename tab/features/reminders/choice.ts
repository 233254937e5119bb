import { useCallback, useRef, useState } from 'react';
import type { Series, SeriesChoice } from '../../../src/sessions/series/series.js';
import { useShell } from '../../shared/context.js';
import { problemText } from '../../shared/problem.js';
import { setChoice } from './api.js';

/** What of a series one's choices depend on. */
export type RemindedSeries = Pick<Series, 'id' | 'kind' | 'names' | 'state' | 'people' | 'reminders'>;

/** Whether a person belongs to a series, and so may be reminded of it. */
export function isMine({ state, people }: RemindedSeries, projects: readonly string[]): boolean {
  if (state.status !== 'active') return false;
  return people.of === 'programme' || people.projects.some((id) => projects.includes(id));
}

/** Whether a series reminds each person at all; a channel may be all that is reminded. */
export function remindsPeople({ reminders }: RemindedSeries): boolean {
  return reminders.ways.includes('person') && reminders.offsets.length > 0;
}

/** The offsets at which one is reminded, longest first; those that the series no longer has do not count. */
export function offsetsOf(choice: SeriesChoice, { reminders }: RemindedSeries): readonly number[] {
  if (choice.isOff === true) return [];
  if (choice.offsets === undefined) return reminders.offsets;
  return reminders.offsets.filter((offset) => choice.offsets?.includes(offset) === true);
}

/** On again means everything again: who had taken all away would otherwise have turned on nothing. */
export function turned(choice: SeriesChoice, isOn: boolean, series: RemindedSeries): SeriesChoice {
  const { isOff: _isOff, ...rest } = choice;
  if (!isOn) return { ...rest, isOff: true };
  if (offsetsOf(rest, series).length > 0) return rest;
  const { offsets: _offsets, ...others } = rest;
  return others;
}

/** With one reminder more or less. Without any it is off, and with all of them nothing is said about them. */
export function withOffset(
  choice: SeriesChoice,
  offset: number,
  isOn: boolean,
  series: RemindedSeries,
): SeriesChoice {
  const current = offsetsOf(choice, series);
  const wanted = series.reminders.offsets.filter((each) => (each === offset ? isOn : current.includes(each)));
  const { isOff: _isOff, offsets: _offsets, ...rest } = choice;
  if (wanted.length === 0) return { ...rest, isOff: true };
  return wanted.length === series.reminders.offsets.length ? rest : { ...rest, offsets: wanted };
}

/** Silent until a date (not including it); undefined ends the silence. */
export function snoozed(choice: SeriesChoice, until: string | undefined): SeriesChoice {
  const { snoozedUntil: _snoozedUntil, ...rest } = choice;
  return until === undefined ? rest : { ...rest, snoozedUntil: until };
}

/** The date until which it is silent; one that has passed is none. */
export function silentUntil({ snoozedUntil }: SeriesChoice, today: string): string | undefined {
  return snoozedUntil !== undefined && snoozedUntil > today ? snoozedUntil : undefined;
}

/** Where the newest choice is on its way. */
export type Saving =
  | { readonly phase: 'idle' }
  | { readonly phase: 'saving' }
  | { readonly phase: 'saved'; readonly at: string }
  | { readonly phase: 'failed'; readonly why: string };

/**
 * A choice that is saved at once. What is chosen while an answer is on its way waits for it, so that the last one
 * chosen is the one that stands; what could not be saved is taken back to what stands on the server.
 */
export function useChoice(seriesId: string, first: SeriesChoice) {
  const { api, texts } = useShell();
  const [choice, show] = useState(first);
  const [saving, setSaving] = useState<Saving>({ phase: 'idle' });
  const stored = useRef(first);
  const wanted = useRef<SeriesChoice>(undefined);
  const isBusy = useRef(false);

  const send = useCallback(async (): Promise<void> => {
    if (isBusy.current) return;
    isBusy.current = true;
    try {
      while (wanted.current !== undefined) {
        const body = wanted.current;
        wanted.current = undefined;
        const answer = await setChoice(api, seriesId, body);
        stored.current = answer.choice;
      }
      show(stored.current);
      setSaving({ phase: 'saved', at: new Date().toISOString() });
    } catch (error) {
      wanted.current = undefined;
      show(stored.current);
      setSaving({ phase: 'failed', why: problemText(texts, error) });
    } finally {
      isBusy.current = false;
    }
  }, [api, seriesId, texts]);

  const choose = useCallback(
    (next: SeriesChoice): void => {
      show(next);
      setSaving({ phase: 'saving' });
      wanted.current = next;
      void send();
    },
    [send],
  );
  return { choice, saving, choose };
}
