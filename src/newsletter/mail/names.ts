import { Temporal } from 'temporal-polyfill';
import { say } from '../../i18n/messages.js';
import type { MailModel } from './model.js';

const monthAndYear = { month: 'long', year: 'numeric' } as const;

/** "Uutiskirje 3 · joulukuu 2026". */
export function issueName({
  language,
  number,
  date,
}: Pick<MailModel, 'language' | 'number' | 'date'>): string {
  const month = Temporal.PlainDate.from(date).toLocaleString(language, monthAndYear);
  return `${say(language, 'mail.newsletter.name', { number })} · ${month}`;
}
