import { z } from 'zod';
import { settingsGroup } from '../platform/settings.js';
import { usualAnswerDays } from './person.js';

/** What people are told of the communications team. */
export const peopleSettings = settingsGroup({
  shape: { ANSWER_DAYS: z.coerce.number().int().min(1).max(30).default(usualAnswerDays) },
  wants: { ANSWER_DAYS: 'a whole number of working days from 1 to 30' },
  value: ({ ANSWER_DAYS }) => ({ answerDays: ANSWER_DAYS }),
});
