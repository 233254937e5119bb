import { useEffect, useMemo, useRef } from 'react';
import type { SeenRevisions } from '../../../src/content/edits.js';
import { currentRevisions, type TextContent } from '../../../src/content/text.js';
import type { NewsItem } from '../../../src/news/types.js';
import type { NewsItemAnswer } from '../../../src/shared/answers/news.js';
import type { Language } from '../../../src/shared/languages.js';
import type { Api } from '../../api.js';
import { useShell, useText } from '../context.js';
import { useAlthough } from './although.js';
import type { Subject } from './subject.js';

/** The texts of an item, wherever they are edited. */
export function itemTextsApi(api: Api, id: string) {
  const path = `/api/news/${id}`;
  return {
    path,
    setText: (language: Language, content: TextContent, basedOn: number) =>
      api.put<NewsItemAnswer>(`${path}/texts/${language}`, { ...content, basedOn }),
    /** Says that a language is ready, as it was seen beside the others. */
    readyText: (language: Language, seen: SeenRevisions, although: boolean) =>
      api.post<NewsItemAnswer>(`${path}/texts/${language}/ready`, { seen, although }),
  };
}

/**
 * The one text of an item as something to write: on its own page, and wherever it is used.
 * @param onAnswer must not change while the item stays.
 */
export function useItemSubject(
  item: NewsItem,
  channels: readonly string[],
  onAnswer: (answer: NewsItemAnswer) => void,
): Subject {
  const { api: server, notify, fail, settle } = useShell();
  const { t } = useText();
  const { id, texts, originalLanguage, languages: owed } = item;
  const api = useMemo(() => itemTextsApi(server, id), [server, id]);
  const although = useAlthough();
  const latest = useRef(texts);
  useEffect(() => {
    latest.current = texts;
  }, [texts]);
  const save = useMemo<Subject['save']>(
    () => async (language, content, basedOn) => {
      const answer = await api.setText(language, content, basedOn);
      latest.current = answer.item.texts;
      onAnswer(answer);
      return answer.item.texts;
    },
    [api, onAnswer],
  );
  const ready: Subject['ready'] = async (language) => {
    if (!(await settle())) return;
    try {
      const answer = await although((isMeant) =>
        api.readyText(language, currentRevisions(latest.current), isMeant),
      );
      if (answer === undefined) return;
      onAnswer(answer);
      notify(t('text.ready.done', { language }));
    } catch (error) {
      fail(error);
    }
  };
  return { id, path: api.path, texts, owed, originalLanguage, channels, save, ready };
}
