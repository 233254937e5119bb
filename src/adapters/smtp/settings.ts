import { z } from 'zod';
import { settingsGroup } from '../../platform/settings.js';
import { urlOf } from '../../shared/links.js';

const isMailServer = (text: string): boolean => {
  const url = urlOf(text);
  return url !== undefined && /^smtps?:$/.test(url.protocol) && url.hostname !== '';
};

/** The mail server in place of Graph; its value is `undefined` where Graph sends, or nothing does. */
export const smtpSettings = settingsGroup({
  shape: { SMTP_URL: z.string().refine(isMailServer).optional() },
  wants: {
    SMTP_URL: 'the address of a mail server, as in smtp://user:password@host:587 or smtps://host:465',
  },
  secrets: ['SMTP_URL'],
  faults: ({ SMTP_URL, MAIL_FROM, ORGANISER }) => {
    if (SMTP_URL === undefined || MAIL_FROM !== undefined || ORGANISER?.includes('@') === true) return [];
    return ['MAIL_FROM wants the mail address from which mail comes, since SMTP_URL sends it'];
  },
  value: ({ SMTP_URL: url }): string | undefined => url,
});
