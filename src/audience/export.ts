import Papa from 'papaparse';
import { t } from '../i18n/messages.js';
import { homeDate } from '../platform/clock.js';
import { shownAddress } from '../platform/mail-address.js';
import type { Language } from '../shared/languages.js';
import { consentDay } from '../shared/consent-day.js';
import { consentStateOf, type Contact } from './contact.js';

/**
 * What a spreadsheet would take for a formula: not a telephone number or a figure with a sign.
 * Source: https://owasp.org/www-community/attacks/CSV_Injection
 */
const formula = /^\s*(?:[=@\t\r]|[+-](?![\d\s().,/-]*$))/;

const dayText = (day: ReturnType<typeof consentDay>): string =>
  day === undefined ? '' : 'date' in day ? day.date : homeDate(day.instant).toString();

/**
 * Contacts as a file that spreadsheets here open: UTF-8 with its mark, semicolons, a header in the reader's language that an
 * import reads again.
 * @param nameOf what a subscription is called; empty where it is not there any more.
 */
export function contactsCsv(
  contacts: readonly Contact[],
  language: Language,
  nameOf: (subscription: string) => string,
): string {
  const columns = [
    'name',
    'organisation',
    'address',
    'language',
    'series',
    'consent',
    'how',
    'date',
    'recorded',
  ] as const;
  const rows = contacts.map((contact) => {
    const { consent } = contact;
    const given = consent.given ? consent : undefined;
    return [
      contact.name,
      contact.organisation ?? '',
      shownAddress(contact.address),
      t(language, `language.own.${contact.language}`),
      contact.subscriptions.map(nameOf).filter(Boolean).join(', '),
      t(language, `contacts.export.consent.${consentStateOf(contact)}`),
      given?.how ?? '',
      given === undefined ? '' : dayText(consentDay(given)),
      homeDate(consent.at).toString(),
    ];
  });
  const header = columns.map((column) => t(language, `contacts.export.${column}`));
  return `\uFEFF${Papa.unparse([header, ...rows], { delimiter: ';', newline: '\r\n', escapeFormulae: formula })}\r\n`;
}
