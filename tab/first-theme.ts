import { remembered } from './shared/device-storage.js';
import { themeNames, type ThemeName } from './teams.js';

export const darkQuery = '(prefers-color-scheme: dark)';

/** The theme that was chosen on this device; undefined where it follows the system. */
export const chosenTheme = (): ThemeName | undefined =>
  themeNames.find((name) => name === remembered('theme'));

/** Gives the page the colours of a theme: its variables stand in the page (fluent-themes.ts). */
export function showTheme(name: ThemeName): void {
  document.documentElement.dataset.theme = name;
}

/** Before anything is painted: the theme as far as it is known without a host. */
export function showFirstTheme(): void {
  showTheme(chosenTheme() ?? (window.matchMedia(darkQuery).matches ? 'dark' : 'light'));
}
