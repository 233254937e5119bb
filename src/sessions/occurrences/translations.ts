import { z } from 'zod';
import { type Language, languages } from '../../shared/languages.js';

/**
 * The translations of something, by language, as a form sends them.
 * @param kept what is stored of those of one language; `undefined` where they say nothing.
 */
export function translationsOf<Sent, Words>(words: z.ZodType<Sent>, kept: (sent: Sent) => Words | undefined) {
  return z.partialRecord(z.enum(languages, { error: 'unknownField' }), words).transform((sent) => {
    const each = languages.flatMap((language) => {
      const one = sent[language];
      const stored = one === undefined ? undefined : kept(one);
      return stored === undefined ? [] : [[language, stored] as const];
    });
    return Object.fromEntries(each) as Partial<Record<Language, Words>>;
  });
}
