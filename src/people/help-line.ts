import { t } from '../i18n/messages.js';
import { escapeHtml } from '../platform/html.js';
import { shownAddress } from '../platform/mail-address.js';
import type { Language } from '../shared/languages.js';
import type { Helper } from './person.js';

/** Whom to ask, on one line of plain text: "Eeva Esimerkki, +358 40 000 0000, eeva@example.org". */
function helpText({ name, phone, address }: Helper): string {
  return [name, phone ?? [], address === undefined ? [] : shownAddress(address)].flat().join(', ');
}

function helpHtml({ name, phone, address }: Helper, style: string): string {
  // A number stays on one line; a long address breaks where nothing else fits.
  const look = { tel: 'white-space:nowrap', mailto: 'overflow-wrap:anywhere;word-break:break-word' };
  const link = (scheme: keyof typeof look, text: string): string =>
    `<a style="${style}${look[scheme]}" href="${scheme}:${escapeHtml(text.replaceAll(' ', ''))}">${escapeHtml(text)}</a>`;
  return [
    escapeHtml(name),
    ...(phone === undefined ? [] : [link('tel', phone)]),
    ...(address === undefined ? [] : [link('mailto', shownAddress(address))]),
  ].join(', ');
}

/** "More information: …" in plain text. */
export const helpLineText = (language: Language, helper: Helper): string =>
  t(language, 'mail.session.help', { help: helpText(helper) });

/** "More information: …" in HTML, to call and to write to by a press. @param style CSS of its links, ending in `;`. */
export function helpLineHtml(language: Language, helper: Helper, style = ''): string {
  // The mark stands where the text has the name of whom to ask.
  const mark = '\u0000';
  const line = escapeHtml(t(language, 'mail.session.help', { help: mark }));
  return line.replace(mark, () => helpHtml(helper, style));
}
