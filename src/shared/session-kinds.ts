import type { SeriesKind } from '../sessions/series/series.js';

/** How a kind of session is marked, everywhere: in the tab, on cards and in mails. What it means stands beside it in words. */
export interface KindLook {
  /** A glyph of Fluent UI System Icons: the tab draws it, cards hold it as a picture of the same name. */
  readonly icon: 'mic' | 'peopleTeam' | 'hatGraduation' | 'calendarStar';
  /** The colour, of Fluent's palette; the tab has it in each of its themes. */
  readonly palette: 'brand' | 'teal' | 'marigold' | 'lavender';
  /** Where there are no themes, on cards and in mails: ground and ink of Teams' light theme. */
  readonly ground: string;
  readonly ink: string;
  /** Both in mails that are read in dark mode. */
  readonly dark: { readonly ground: string; readonly ink: string };
}

/** One icon and one colour for each kind. */
export const kindLooks: Readonly<Record<SeriesKind, KindLook>> = {
  hankeradio: {
    icon: 'mic',
    palette: 'brand',
    ground: '#5b5fc7',
    ink: '#ffffff',
    dark: { ground: '#3d3e78', ink: '#ffffff' },
  },
  bigRoom: {
    icon: 'peopleTeam',
    palette: 'teal',
    ground: '#9bd9db',
    ink: '#02494c',
    dark: { ground: '#02494c', ink: '#9bd9db' },
  },
  training: {
    icon: 'hatGraduation',
    palette: 'marigold',
    ground: '#f9e2ae',
    ink: '#835b00',
    dark: { ground: '#4a3400', ink: '#f9e2ae' },
  },
  own: {
    icon: 'calendarStar',
    palette: 'lavender',
    ground: '#d2ccf8',
    ink: '#3f3682',
    dark: { ground: '#3f3682', ink: '#d2ccf8' },
  },
};
