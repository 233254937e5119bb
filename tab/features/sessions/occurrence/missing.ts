import { agendaFit } from '../../../../src/shared/agenda-times.js';
import { publicLanguages, type Language } from '../../../../src/shared/languages.js';
import { missingTranslations } from '../../../../src/shared/translated.js';
import type { Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';
import type { AgendaItem } from '../../../../src/sessions/series/series.js';
import { missingLanguages } from '../series/form.js';

/** Something that a session still needs, and the section of its page where it is settled. */
export type Missing =
  | { readonly what: 'presenter' | 'topic'; readonly to: 'presenter' }
  | { readonly what: 'talkIn'; readonly language: Language; readonly to: 'presenter' }
  | { readonly what: 'over'; readonly minutes: number; readonly to: 'agenda' }
  | { readonly what: 'agendaIn'; readonly language: Language; readonly to: 'agenda' }
  | { readonly what: 'join'; readonly to: 'series' };

/** What a session still needs before it can begin, the most pressing first. */
export function missingOf(
  { slot, talk, joinUrl, start, end }: Occurrence,
  items: readonly AgendaItem[],
): readonly Missing[] {
  const isOpen = slot?.how === 'nobody' || slot?.how === 'proposed';
  const { over } = agendaFit(items, { start, end });
  const languages = publicLanguages.filter((language) =>
    items.some(({ title }) => missingLanguages(title).includes(language)),
  );
  return [
    ...(isOpen ? [{ what: 'presenter', to: 'presenter' } as const] : []),
    ...(slot !== undefined && !isOpen && talk === undefined
      ? [{ what: 'topic', to: 'presenter' } as const]
      : []),
    ...(joinUrl === undefined ? [{ what: 'join', to: 'series' } as const] : []),
    ...(over > 0 ? [{ what: 'over', minutes: over, to: 'agenda' } as const] : []),
    ...(talk === undefined ? [] : missingTranslations(talk)).map(
      (language) => ({ what: 'talkIn', language, to: 'presenter' }) as const,
    ),
    ...languages.map((language) => ({ what: 'agendaIn', language, to: 'agenda' }) as const),
  ];
}
