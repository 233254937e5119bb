import { useCallback } from 'react';
import type { ContactListAnswer } from '../../../src/shared/answers/contacts.js';
import { useShell } from '../../shared/context.js';
import { useLoad, type Loaded } from '../../shared/use-load.js';
import type { SeriesOption } from './draft.js';
import { listSeries } from '../../shared/api/series.js';
import { listContacts } from './api.js';

const noSeries: readonly SeriesOption[] = [];

/** The contacts as far as they have been fetched, and the way to fetch more. */
export interface ContactList {
  readonly loaded: Loaded<ContactListAnswer>;
  readonly more: (() => Promise<void>) | undefined;
}

/** Contacts by name, or those that begin with `text`. */
export function useContacts(text: string): ContactList {
  const { api, fail } = useShell();
  const loaded = useLoad(`contacts ${text}`, () => listContacts(api, text));
  const { set } = loaded;
  const value = loaded.state === 'ready' ? loaded.value : undefined;
  const more = useCallback(async (): Promise<void> => {
    if (value?.next === undefined) return;
    try {
      const page = await listContacts(api, text, value.next);
      set({ ...page, lines: [...value.lines, ...page.lines] });
    } catch (error) {
      fail(error);
    }
  }, [api, fail, set, text, value]);
  return { loaded, more: value?.next === undefined ? undefined : more };
}

/** All series, to which contacts may be invited. Without an answer none: a contact can be written all the same. */
export function useSeriesOptions(): readonly SeriesOption[] | undefined {
  const { api } = useShell();
  const loaded = useLoad('series', () => listSeries(api));
  if (loaded.state === 'loading') return undefined;
  return loaded.state === 'ready' ? loaded.value.series : noSeries;
}
