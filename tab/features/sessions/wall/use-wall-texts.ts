import { useContext, useEffect, useState } from 'react';
import type { Language, PublicLanguage } from '../../../../src/shared/languages.js';
import { TextsContext, useShell } from '../../../shared/context.js';
import { textsOf, type Texts } from '../../../text.js';
import { loadTexts } from '../../../text-files.js';

/** In which language a wall is: in one, or in both by turns. */
export type WallLanguage = PublicLanguage | 'both';

/** How long one of two languages is shown, in seconds: long enough to read a question aloud. */
export const turnSeconds = 20;

/** The texts of a language other than the tab's own, once they are here; until then those of the tab. */
export function useTextsIn(language: Language): Texts | undefined {
  const { api } = useShell();
  const own = useContext(TextsContext);
  const [others, setOthers] = useState<Readonly<Partial<Record<Language, Texts>>>>({});
  const isNeeded = language !== own?.language && others[language] === undefined;
  useEffect(() => {
    if (!isNeeded) return undefined;
    let isWanted = true;
    const load = async (): Promise<void> => {
      const loaded = await loadTexts(api, language);
      await loaded.others?.fetch();
      if (isWanted) setOthers((before) => ({ ...before, [language]: textsOf(loaded) }));
    };
    // Without a network the wall stays in the language that it is in.
    load().catch(() => undefined);
    return () => {
      isWanted = false;
    };
  }, [api, language, isNeeded]);
  return language === own?.language ? own : (others[language] ?? own);
}
