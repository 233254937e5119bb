import {
  teamsDarkTheme,
  teamsHighContrastTheme,
  teamsLightTheme,
  type Theme,
} from '@fluentui/react-components';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { remember, remembered } from '../shared/device-storage.js';
import { themeNames, type Host, type ThemeName } from '../teams.js';

export const fluentThemes: Readonly<Record<ThemeName, Theme>> = {
  light: teamsLightTheme,
  // Its own red has 4.44:1 on the grounds of rows, where 4.5:1 is needed to read it.
  dark: { ...teamsDarkTheme, colorStatusDangerForeground1: teamsDarkTheme.colorStatusDangerForeground3 },
  highContrast: teamsHighContrastTheme,
};

const darkQuery = '(prefers-color-scheme: dark)';

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
  const [choice, setChoice] = useState<ThemeChoice>(
    () => themeNames.find((name) => name === remembered('theme')) ?? 'system',
  );
  const [hostTheme, setHostTheme] = useState(host?.theme);
  const isDark = useSyncExternalStore(onSystemChange, () => window.matchMedia(darkQuery).matches);
  useEffect(() => host?.onTheme(setHostTheme), [host]);

  const system: ThemeName = isDark ? 'dark' : 'light';
  const name = hostTheme ?? (choice === 'system' ? system : choice);
  useEffect(() => {
    document.documentElement.dataset.theme = name;
  }, [name]);

  const choose = (next: ThemeChoice): void => {
    remember('theme', next);
    setChoice(next);
  };
  return { name, choice, choose: host === undefined ? choose : undefined };
}

/** What a person may choose in a plain browser; `system` follows the device. */
export type ThemeChoice = ThemeName | 'system';
