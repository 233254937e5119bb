import { useLayoutEffect, useState, useEffect, useSyncExternalStore } from 'react';
import { chosenTheme, darkQuery, showTheme } from '../first-theme.js';
import { remember } from '../shared/device-storage.js';
import type { Host, ThemeName } from '../teams.js';

function onSystemChange(changed: () => void): () => void {
  const query = window.matchMedia(darkQuery);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** The theme to show, and how it was chosen: inside Teams the host decides, elsewhere the person or the device. */
export interface ThemeSwitch {
  readonly name: ThemeName;
  readonly choice: ThemeChoice;
  /** Undefined inside Teams: there is nothing to choose. */
  readonly choose: ((choice: ThemeChoice) => void) | undefined;
}

export function useTheme(host: Host | undefined): ThemeSwitch {
  const [choice, setChoice] = useState<ThemeChoice>(() => chosenTheme() ?? 'system');
  const [hostTheme, setHostTheme] = useState(host?.theme);
  const isDark = useSyncExternalStore(onSystemChange, () => window.matchMedia(darkQuery).matches);
  useEffect(() => host?.onTheme(setHostTheme), [host]);

  const system: ThemeName = isDark ? 'dark' : 'light';
  const name = hostTheme ?? (choice === 'system' ? system : choice);
  useLayoutEffect(() => showTheme(name), [name]);

  const choose = (next: ThemeChoice): void => {
    remember('theme', next);
    setChoice(next);
  };
  return { name, choice, choose: host === undefined ? choose : undefined };
}

/** What a person may choose in a plain browser; `system` follows the device. */
export type ThemeChoice = ThemeName | 'system';
