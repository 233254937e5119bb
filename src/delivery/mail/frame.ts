import type { Language } from '../../shared/languages.js';
import { escapeHtml } from '../../platform/html.js';
import { colours, fonts, styles } from './look.js';

/** What stands around a mail's contents. Plain text, but for what is called HTML. */
export interface FrameModel {
  readonly language: Language;
  readonly subject: string;
  /** What an inbox shows after the subject. */
  readonly preview: string;
  /** A quiet line above everything, in a language of its own. */
  readonly above?: { readonly language: Language; readonly text: string };
  readonly heading: string;
  /** Below the heading. */
  readonly line: string;
  /** The white parts, top to bottom: HTML, mostly a place ({@link placeOf}). */
  readonly cards: readonly { readonly html: string; readonly padding: string; readonly cssClass?: string }[];
  /** HTML below them: who sends it, why one gets it, how to stop. */
  readonly footer: string;
}

/**
 * Where something is put in after MJML has made the frame: what people typed never passes its parser, and its work stays
 * the same however long the mail is. No escaped text can hold this tag.
 */
export function placeOf(name: string): string {
  return `<br data-place="${name}">`;
}

const width = '600px';

function above({ above: said }: FrameModel): string {
  if (said === undefined) return '';
  return `
    <mj-section padding="12px 24px 8px">
      <mj-column>
        <mj-text css-class="quiet" align="right" font-size="14px" line-height="20px" color="${colours.quiet}"><span lang="${said.language}">${escapeHtml(said.text)}</span></mj-text>
      </mj-column>
    </mj-section>`;
}

function band({ heading, line }: FrameModel): string {
  return `
    <mj-section css-class="band" background-color="${colours.band}" padding="28px 24px">
      <mj-column>
        <mj-text color="${colours.bandInk}" font-size="16px" line-height="22px"><h1 style="margin:0;font-size:24px;line-height:32px;font-weight:600">${escapeHtml(heading)}</h1><p style="margin:6px 0 0">${escapeHtml(line)}</p></mj-text>
      </mj-column>
    </mj-section>`;
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
    <mj-style>${styles}</mj-style>
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

/** A mail with its places still empty. */
export interface Frame<Place extends string> {
  /** Of the HTML without what goes into the places. */
  readonly bytes: number;
  /** The whole HTML with this in the places. */
  fill(contents: Readonly<Record<Place, string>>): string;
}

/**
 * The mail around its contents: one column of 600 px that follows narrow screens and dark mode.
 * @param places names of the places in it, in their order.
 * @throws Error when MJML finds a fault in the frame, or a place is missing: a fault of the program.
 */
export async function mailFrame<Place extends string>(
  model: FrameModel,
  places: readonly Place[],
): Promise<Frame<Place>> {
  // Half a second of loading that only mail needs: not at the start of the process.
  const { default: mjml2html } = await import('mjml');
  const { html } = await mjml2html(source(model), {
    validationLevel: 'strict',
    keepComments: false,
    fonts: {},
  });
  const before: { readonly html: string; readonly place: Place }[] = [];
  let rest = html;
  for (const place of places) {
    const at = rest.indexOf(placeOf(place));
    if (at < 0) throw new Error(`The mail's frame lost ${place}`);
    before.push({ html: rest.slice(0, at), place });
    rest = rest.slice(at + placeOf(place).length);
  }
  return {
    bytes: Buffer.byteLength(before.map((part) => part.html).join('') + rest),
    fill: (contents) => before.map((part) => part.html + contents[part.place]).join('') + rest,
  };
}
