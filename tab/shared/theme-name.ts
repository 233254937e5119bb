/** The themes of Teams. */
export const themeNames = ['light', 'dark', 'highContrast'] as const;
export type ThemeName = (typeof themeNames)[number];

/** What a person may choose in a plain browser; `system` follows the device. */
export type ThemeChoice = ThemeName | 'system';
