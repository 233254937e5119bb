import type { Language } from '../../shared/languages.js';
import { escapeHtml } from '../../platform/html.js';

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
  bandInk: '#ffffff',
  link: '#aeb0f5',
  line: '#525252',
} as const;

/** Fonts of the reader's device: a mail fetches nothing. */
export const fonts = 'Segoe UI, -apple-system, Roboto, Helvetica, Arial, sans-serif';

/**
 * What inline styles cannot express: narrow screens and dark mode. Mail programs that leave it out show the light mail
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
  .ink div { color: ${dark.ink} !important; }
  .ink h2, .ink blockquote { border-color: ${dark.line} !important; }
  .ink .tile { border-color: ${dark.line} !important; }
  .ink a.o { border-color: ${dark.link} !important; }
  .ink .q, .quiet div { color: ${dark.quiet} !important; }
  .ink a:not(.b), .quiet a { color: ${dark.link} !important; }
}
`;

interface Look {
  readonly ground: string;
  readonly ink: string;
}

/** What surrounds a mail's contents. Plain text, but for what is called HTML. */
export interface FrameModel {
  readonly language: Language;
  readonly subject: string;
  /** What an inbox shows after the subject. */
  readonly preview: string;
  /** A quiet line above everything, in a language of its own. */
  readonly above?: { readonly language: Language; readonly text: string };
  /** A small line above the heading. */
  readonly kicker?: string;
  readonly heading: string;
  /** Below the heading. */
  readonly line: string;
  /** The white parts, top to bottom: HTML, mostly a {@link placeholder}. */
  readonly cards: readonly { readonly html: string; readonly padding: string; readonly cssClass?: string }[];
  /**
   * The colours behind and of the heading, and both in dark mode; the programme's own without them. `picture`: the address of
   * a decoration before it, 48 x 48 px.
   */
  readonly look?: Look & { readonly dark: Look; readonly picture?: string };
  /** HTML below them: who sends it, why one gets it, how to stop. */
  readonly footer: string;
}

/**
 * Marks where contents are inserted after MJML has made the frame: its parser never gets what people typed, and its work stays
 * the same however long the mail is. No escaped text can hold this tag.
 */
export function placeholder(name: string): string {
  return `<br data-place="${name}">`;
}

const width = '600px';

function above({ above: line }: FrameModel): string {
  if (line === undefined) return '';
  return `
    <mj-section padding="12px 24px 8px">
      <mj-column>
        <mj-text css-class="quiet" align="right" font-size="14px" line-height="20px" color="${colours.quiet}"><span lang="${line.language}">${escapeHtml(line.text)}</span></mj-text>
      </mj-column>
    </mj-section>`;
}

const bandLook = {
  ground: colours.band,
  ink: colours.bandInk,
  dark: { ground: dark.band, ink: dark.bandInk },
};

function band({ kicker, heading, line, look: own }: FrameModel): string {
  const look = own ?? bandLook;
  const above =
    kicker === undefined
      ? ''
      : `<p style="margin:0 0 4px;font-size:14px;line-height:20px;font-weight:600">${escapeHtml(kicker)}</p>`;
  const size = own === undefined ? 'font-size:24px;line-height:32px' : 'font-size:28px;line-height:36px';
  const words = `${above}<h1 style="margin:0;${size};font-weight:600">${escapeHtml(heading)}</h1><p style="margin:6px 0 0">${escapeHtml(line)}</p>`;
  const { picture } = own ?? {};
  const contents =
    picture === undefined
      ? words
      : `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="font:inherit;color:inherit"><tr><td style="padding:0 16px 0 0;vertical-align:top"><img src="${picture}" width="48" height="48" alt="" style="display:block;border:0"></td><td style="vertical-align:top">${words}</td></tr></table>`;
  return `
    <mj-section css-class="band" background-color="${look.ground}" padding="28px 24px">
      <mj-column>
        <mj-text color="${look.ink}" font-size="16px" line-height="22px">${contents}</mj-text>
      </mj-column>
    </mj-section>`;
}

/** The heading in dark mode. */
function bandStyles({ look: { dark: own } = bandLook }: FrameModel): string {
  return `
@media (prefers-color-scheme: dark) {
  .band, .band > table { background: ${own.ground} !important; background-color: ${own.ground} !important; }
  .band div { color: ${own.ink} !important; }
}
`;
}

function card({ html, padding, cssClass = 'contents' }: FrameModel['cards'][number]): string {
  return `
    <mj-section css-class="card" background-color="${colours.card}" padding="${padding}">
      <mj-column>
        <mj-text css-class="ink ${cssClass}">${html}</mj-text>
      </mj-column>
    </mj-section>`;
}

function source(model: FrameModel): string {
  return `
<mjml lang="${model.language}" dir="ltr">
  <mj-head>
    <mj-title>${escapeHtml(model.subject)}</mj-title>
    <mj-preview>${escapeHtml(model.preview)}</mj-preview>
    <mj-attributes>
      <mj-text font-family="${fonts}" font-size="16px" line-height="24px" color="${colours.ink}" padding="0" />
    </mj-attributes>
    <mj-raw><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"></mj-raw>
    <mj-style>${styles}${bandStyles(model)}</mj-style>
  </mj-head>
  <mj-body width="${width}" background-color="${colours.page}" css-class="page">
    ${above(model)}${band(model)}
    ${model.cards.map(card).join('')}
    <mj-section padding="24px">
      <mj-column>
        <mj-text css-class="quiet" font-size="14px" line-height="20px" color="${colours.quiet}">${model.footer}</mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>`;
}

/** A mail with its placeholders still empty. */
export interface Frame<Name extends string> {
  /** The whole HTML with these contents. */
  fill(contents: Readonly<Record<Name, string>>): string;
}

/**
 * The mail around its contents: one column of 600 px that follows narrow screens and dark mode.
 * @param names the names of its placeholders, in their order.
 * @throws Error when MJML finds a fault in the frame, or a placeholder is missing: a fault of the program.
 */
export async function mailFrame<Name extends string>(
  model: FrameModel,
  names: readonly Name[],
): Promise<Frame<Name>> {
  // Half a second of loading that only mail needs: not at the start of the process.
  const { default: mjml2html } = await import('mjml');
  const { html } = await mjml2html(source(model), {
    validationLevel: 'strict',
    keepComments: false,
    fonts: {},
  });
  const before: { readonly html: string; readonly name: Name }[] = [];
  let rest = html;
  for (const name of names) {
    const at = rest.indexOf(placeholder(name));
    if (at < 0) throw new Error(`The mail's frame lost ${name}`);
    before.push({ html: rest.slice(0, at), name });
    rest = rest.slice(at + placeholder(name).length);
  }
  return {
    fill: (contents) => before.map((part) => part.html + contents[part.name]).join('') + rest,
  };
}
