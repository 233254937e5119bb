import type { Theme } from './shots.js';

interface Colours {
  readonly ground: string;
  readonly ink: string;
  readonly subtle: string;
  readonly accent: string;
  readonly good: string;
  readonly attention: string;
  readonly warning: string;
  readonly emphasis: string;
  readonly line: string;
  readonly field: string;
}

/** The colours that cards have in Teams: those of Fluent's Teams themes. */
export const teamsColours: Readonly<Record<Theme, Colours>> = {
  light: {
    ground: '#ffffff',
    ink: '#242424',
    subtle: '#616161',
    accent: '#5b5fc7',
    good: '#0e700e',
    attention: '#b10e1c',
    warning: '#835c00',
    emphasis: '#f5f5f5',
    line: '#d1d1d1',
    field: '#f5f5f5',
  },
  dark: {
    ground: '#292929',
    ink: '#ffffff',
    subtle: '#adadad',
    accent: '#9299f7',
    good: '#54b054',
    attention: '#ee96a3',
    warning: '#f2c661',
    emphasis: '#1f1f1f',
    line: '#666666',
    field: '#1f1f1f',
  },
  highContrast: {
    ground: '#000000',
    ink: '#ffffff',
    subtle: '#ffffff',
    accent: '#ffff00',
    good: '#ffffff',
    attention: '#ffffff',
    warning: '#ffffff',
    emphasis: '#000000',
    line: '#ffffff',
    field: '#000000',
  },
};

/** The grounds of blocks that say something is good, needs care, or is wrong. */
const tints: Readonly<Record<Theme, Readonly<Record<'accent' | 'good' | 'attention' | 'warning', string>>>> =
  {
    light: { accent: '#e8ebfa', good: '#e7f2da', attention: '#fcf4f6', warning: '#fbf6d9' },
    dark: { accent: '#2f2f4a', good: '#1f3320', attention: '#402429', warning: '#3d3417' },
    highContrast: { accent: '#000000', good: '#000000', attention: '#000000', warning: '#000000' },
  };

const shade = (colour: string, subtle: string) => ({ default: colour, subtle });

function foreground({ ink, subtle, accent, good, attention, warning }: Colours) {
  return {
    default: shade(ink, subtle),
    dark: shade(ink, subtle),
    light: shade(subtle, subtle),
    accent: shade(accent, accent),
    good: shade(good, good),
    attention: shade(attention, attention),
    warning: shade(warning, warning),
  };
}

/** A host config for the renderer that looks as Teams does: its sizes, distances and colours. */
export function hostConfigOf(theme: Theme): Readonly<Record<string, unknown>> {
  const colours = teamsColours[theme];
  const style = (backgroundColor: string) => ({ backgroundColor, foregroundColors: foreground(colours) });
  return {
    fontFamily: "'Segoe UI', 'Open Sans', system-ui, sans-serif",
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 400, default: 400, bolder: 600 },
    lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 12 },
    separator: { lineThickness: 1, lineColor: colours.line },
    imageSizes: { small: 32, medium: 52, large: 100 },
    supportsInteractivity: true,
    inputs: { label: { inputSpacing: 'small', requiredInputs: { weight: 'bolder', suffix: ' *' } } },
    containerStyles: {
      default: style(colours.ground),
      emphasis: style(colours.emphasis),
      accent: style(tints[theme].accent),
      good: style(tints[theme].good),
      attention: style(tints[theme].attention),
      warning: style(tints[theme].warning),
    },
    actions: {
      maxActions: 6,
      spacing: 'default',
      // The gap between buttons is in the style, which knows lines.
      buttonSpacing: 0,
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
      showCard: { actionMode: 'inline', inlineTopMargin: 12 },
    },
    adaptiveCard: { allowCustomStyle: false },
  };
}
