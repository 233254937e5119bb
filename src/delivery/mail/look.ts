/** The colours of the mail, from Fluent's brand and neutral ramps; each pair reaches a contrast of 4.5 : 1. */
export const colours = {
  page: '#f0f0f0',
  card: '#ffffff',
  ink: '#242424',
  quiet: '#616161',
  band: '#3d3e78',
  bandInk: '#ffffff',
  link: '#4f52b2',
  line: '#e0e0e0',
} as const;

const dark = {
  page: '#141414',
  card: '#292929',
  ink: '#ffffff',
  quiet: '#adadad',
  band: '#2f2f4a',
  link: '#aeb0f5',
  line: '#525252',
} as const;

/** Fonts that stand on the reader's device: a mail fetches nothing. */
export const fonts = 'Segoe UI, -apple-system, Roboto, Helvetica, Arial, sans-serif';

/**
 * What inline styles cannot say: narrow screens and dark mode. Mail programs that leave it out show the light mail
 * (https://www.caniemail.com/features/css-at-media-prefers-color-scheme/).
 */
export const styles = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
a:hover { text-decoration: none; }
h1, h2, h3 { -webkit-hyphens: auto; hyphens: auto; }
@media only screen and (max-width: 480px) {
  .lead h2 { font-size: 24px !important; line-height: 30px !important; }
}
@media (prefers-color-scheme: dark) {
  .page, .page > [role=article] { background-color: ${dark.page} !important; }
  .card, .card > table { background: ${dark.card} !important; background-color: ${dark.card} !important; }
  .band, .band > table { background: ${dark.band} !important; background-color: ${dark.band} !important; }
  .ink div { color: ${dark.ink} !important; }
  .ink h2, .ink blockquote { border-color: ${dark.line} !important; }
  .ink .q, .quiet div { color: ${dark.quiet} !important; }
  .ink a:not(.b), .quiet a { color: ${dark.link} !important; }
}
`;
