import assert from 'node:assert/strict';
import { fluentThemes } from '../../../tab/fluent-themes.js';

/** The relative luminance of a colour such as `#1f1f1f`: WCAG 2.1. */
function luminance(colour: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = parts.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** What the words of states are written in, and on: chips, rows and the cells of the calendar. */
const grounds = ['colorNeutralBackground1', 'colorNeutralBackground2', 'colorNeutralBackground3'] as const;
const pairs = [
  ...grounds.flatMap((ground) => [
    ['colorStatusDangerForeground1', ground] as const,
    ['colorStatusWarningForeground2', ground] as const,
    ['colorStatusSuccessForeground1', ground] as const,
    ['colorBrandForeground2', ground] as const,
    ['colorNeutralForeground2', ground] as const,
    ['colorNeutralForeground3', ground] as const,
  ]),
  ['colorStatusDangerForeground1', 'colorStatusDangerBackground1'],
  ['colorStatusWarningForeground2', 'colorStatusWarningBackground1'],
  ['colorStatusSuccessForeground1', 'colorStatusSuccessBackground1'],
  ['colorBrandForeground2', 'colorBrandBackground2'],
  ['colorNeutralForeground2', 'colorNeutralBackground4'],
  ['colorNeutralForegroundOnBrand', 'colorStatusDangerBackground3'],
] as const;

describe('the words of states can be read', () => {
  for (const [name, theme] of Object.entries(fluentThemes)) {
    it(`${name}: at 4.5:1 or more`, () => {
      const faint = pairs.flatMap(([ink, ground]) => {
        const ratio = contrast(theme[ink], theme[ground]);
        return ratio < 4.5 ? [`${ink} on ${ground}: ${ratio.toFixed(2)}`] : [];
      });
      assert.deepEqual(faint, []);
    });
  }
});
