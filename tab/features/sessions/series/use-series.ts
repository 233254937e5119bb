import { useState } from 'react';
import type { SeriesAnswer } from '../../../../src/shared/answers/sessions.js';
import { useShell } from '../../../shared/context.js';
import { remember, remembered } from '../../../shared/device-storage.js';
import { keepFocus } from '../../../shared/focus.js';
import { useLoad, type Loaded } from '../../../shared/use-load.js';
import { seriesApi, type SeriesApi } from '../api.js';
import { changesOf, formOf, type SettingsForm } from './form.js';

/** A series on view, and the one way to change it. */
export interface SeriesHere {
  readonly loaded: Loaded<SeriesAnswer>;
  readonly api: SeriesApi;
  /** Makes a change, shows what came of it and says so with an undo. What goes wrong is thrown. */
  readonly make: (change: () => Promise<SeriesAnswer>, said: string) => Promise<void>;
}

export function useSeries(id: string): SeriesHere {
  const { api: server, notify } = useShell();
  const api = seriesApi(server, id);
  const loaded = useLoad(api.path, api.get);
  const make: SeriesHere['make'] = async (change, said) => {
    const answer = await change();
    loaded.set(answer);
    const { undo } = answer;
    notify(said, undo === undefined ? undefined : async () => loaded.set(await api.undo(undo)));
    keepFocus();
  };
  return { loaded, api, make };
}

function readDraft(key: string): Partial<SettingsForm> {
  try {
    return JSON.parse(remembered(key) ?? '{}') as Partial<SettingsForm>;
  } catch {
    return {};
  }
}

/** The settings while they are changed: kept on this device until they are stored. */
export interface Settings {
  readonly form: SettingsForm;
  readonly change: (part: Partial<SettingsForm>) => void;
  /** What differs from what is stored. */
  readonly changes: Readonly<Record<string, unknown>>;
  readonly forget: () => void;
}

export function useSettings({ series }: SeriesAnswer): Settings {
  const { session } = useShell();
  const current = formOf(
    series,
    session.programme.projects.map(({ id }) => id),
  );
  const key = `series.${session.person.id}.${series.id}`;
  const [draft, setDraft] = useState(() => readDraft(key));
  const keep = (next: Partial<SettingsForm>): void => {
    remember(key, Object.keys(next).length === 0 ? undefined : JSON.stringify(next));
    setDraft(next);
  };
  const form = { ...current, ...draft };
  return {
    form,
    change: (part) => keep({ ...draft, ...part }),
    changes: changesOf(form, current),
    forget: () => keep({}),
  };
}
