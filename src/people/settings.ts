import { z } from 'zod';
import { mailAddressSchema } from '../platform/mail-address.js';
import { settingsGroup } from '../platform/settings.js';
import { usualAnswerDays, type Helper } from './person.js';

const line = z.string().trim().min(1).max(120);

/** What people read of the communications team, and whom mails name to those outside. */
export const peopleSettings = settingsGroup({
  shape: {
    ANSWER_DAYS: z.coerce.number().int().min(1).max(30).default(usualAnswerDays),
    HELP_NAME: line.optional(),
    HELP_PHONE: z
      .string()
      .regex(/^\+?[\d ()-]{4,30}$/)
      .optional(),
    HELP_MAIL: mailAddressSchema.optional(),
  },
  wants: {
    ANSWER_DAYS: 'a whole number of working days from 1 to 30',
    HELP_NAME: 'the name of a person or a team, at most 120 characters',
    HELP_PHONE: 'a telephone number',
    HELP_MAIL: 'a mail address',
  },
  faults: ({ HELP_NAME, HELP_PHONE, HELP_MAIL }) =>
    HELP_NAME === undefined && (HELP_PHONE ?? HELP_MAIL) !== undefined
      ? ['HELP_NAME wants the name of a person or a team, since HELP_PHONE or HELP_MAIL is given']
      : [],
  value: ({
    ANSWER_DAYS,
    HELP_NAME: name,
    HELP_PHONE: phone,
    HELP_MAIL: address,
  }): { readonly answerDays: number; readonly helper?: Helper } => ({
    answerDays: ANSWER_DAYS,
    ...(name !== undefined && { helper: { name, ...(phone && { phone }), ...(address && { address }) } }),
  }),
});
