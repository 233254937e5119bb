import { offeredProjects } from '../../../../src/people/person.js';
import { useEffect, useRef, useState } from 'react';
import type { Fields } from '../../../../src/shared/merge.js';
import type { SeriesAnswer } from '../../../../src/shared/answers/sessions.js';
import { useShell, useText } from '../../../shared/context.js';
import { remembered } from '../../../shared/device-storage.js';
import { keepFocus } from '../../../shared/focus.js';
import { useDeviceCopy } from '../../../shared/use-device-copy.js';
import { useFresh } from '../../../shared/use-fresh.js';
import { useLoad, type Loaded } from '../../../shared/use-load.js';
import { isConflict, seenSince } from '../../../shared/use-seen.js';
import { seriesApi, type SeriesApi } from '../api.js';
import { changesOf, draftWith, formOf, seenOf, type SettingsDraft, type SettingsForm } from './form.js';

/** A series on view, and the one way to change it. */
export interface SeriesHere {
  readonly loaded: Loaded<SeriesAnswer>;
  readonly api: SeriesApi;
  /** Makes a change, shows what came of it and says so with an undo. What goes wrong is thrown. */
  readonly make: (change: () => Promise<SeriesAnswer>, said: string) => Promise<void>;
}

export function useSeries(id: string): SeriesHere {
  const { api: server, notify } = useShell();
  const { t, language } = useText();
  const unsay = useRef<() => void>(undefined);
  useEffect(() => () => unsay.current?.(), [id]);
  const api = seriesApi(server, id);
  const loaded = useLoad(api.path, api.get);
  useFresh(loaded.refresh);
  const make: SeriesHere['make'] = async (change, said) => {
    const answer = await change().catch((error: unknown) => {
      // What others changed is seen on the page, while the form keeps what was typed.
      if (isConflict(error)) loaded.refresh();
      throw error;
    });
    loaded.set(answer);
    const { undo } = answer;
    unsay.current = notify(
      t('sessions.done.of', { said, name: answer.series.names[language] }),
      undo === undefined ? undefined : async () => loaded.set(await api.undo(undo)),
    );
    keepFocus();
  };
  return { loaded, api, make };
}

const noDraft: SettingsDraft = { form: {}, seen: {} };

function readDraft(key: string): SettingsDraft {
  try {
    const kept = JSON.parse(remembered(key) ?? '{}') as Partial<SettingsDraft>;
    // An older draft is the form alone, and does not know what its writer saw.
    return kept.form === undefined
      ? { form: kept as Partial<SettingsForm>, seen: {} }
      : { ...noDraft, ...kept };
  } catch {
    return noDraft;
  }
}

/** The settings while they are changed: kept on this device until they are stored. */
export interface Settings {
  readonly form: SettingsForm;
  readonly change: (part: Partial<SettingsForm>) => void;
  /** What differs from what is stored. */
  readonly changes: Fields;
  /** What of it the writer saw, and after a refusal what they saw then. */
  readonly seen: Fields;
  readonly learn: (fault: unknown) => void;
  readonly forget: () => void;
}

export function useSettings({ series }: SeriesAnswer): Settings {
  const { session } = useShell();
  const current = formOf(
    series,
    offeredProjects(session.programme).map(({ id }) => id),
  );
  const key = `series.${session.person.id}.${series.id}`;
  const [draft, setDraft] = useState(() => readDraft(key));
  const copy = useDeviceCopy(key);
  const keep = (next: SettingsDraft): void => {
    copy.keep(Object.keys(next.form).length === 0 ? undefined : JSON.stringify(next));
    setDraft(next);
  };
  const form = { ...current, ...draft.form };
  const seen = seenOf(draft, current);
  return {
    form,
    change: (part) => keep(draftWith(draft, part, current)),
    changes: changesOf(form, current),
    seen,
    learn: (fault) => {
      copy.learn(fault);
      keep({ ...draft, seen: seenSince(seen, fault) });
    },
    forget: () => {
      copy.forget();
      setDraft(noDraft);
    },
  };
}
