import {
  teamsDarkTheme,
  teamsHighContrastTheme,
  teamsLightTheme,
  type Theme,
} from '@fluentui/react-components';
import type { ThemeName } from './teams.js';

/** The themes of Teams, which stand as CSS variables in the page: the program needs nothing of them. */
export const fluentThemes: Readonly<Record<ThemeName, Theme>> = {
  light: teamsLightTheme,
  // Its own red has 4.44:1 on the grounds of rows, where 4.5:1 is needed to read it.
  dark: { ...teamsDarkTheme, colorStatusDangerForeground1: teamsDarkTheme.colorStatusDangerForeground3 },
  highContrast: teamsHighContrastTheme,
};

/** An entry of Fluent's table of all its variables (`tokens`), which says nothing of who uses one. */
const tableEntry = /(\w+):([`"'])var\(--\1\)\2/g;

/** The variables that these files use: as CSS, or from Fluent's table. */
export const namesOfVariables = (files: readonly string[]): ReadonlySet<string> =>
  new Set(
    files.flatMap((file) =>
      [...file.replace(tableEntry, '').matchAll(/(?:--|\.)([a-z]\w+)/gi)].map(([, name = '']) => name),
    ),
  );

const rule = (selector: string, values: readonly (readonly [string, string | number])[]): string =>
  `${selector}{${values.map(([name, value]) => `--${name}:${value}`).join(';')}}`;

const valuesOf = (theme: Theme) => Object.entries<string | number>(theme);

/**
 * Light is what holds unless the page has another theme, whose rule says only what is different.
 * @param isUsed whether the tab names a variable anywhere: two thirds of them are for what it does not have
 */
export function themeStyles(isUsed: (name: string) => boolean): string {
  const { light, ...others } = fluentThemes;
  const known = new Map(valuesOf(light).filter(([name]) => isUsed(name)));
  return [
    rule(':root', [...known]),
    ...Object.entries(others).map(([name, theme]) =>
      rule(
        `:root[data-theme='${name}']`,
        valuesOf(theme).filter(([key, value]) => known.has(key) && known.get(key) !== value),
      ),
    ),
  ].join('');
}
