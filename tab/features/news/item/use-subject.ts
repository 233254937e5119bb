import { useMemo } from 'react';
import type { NewsItemAnswer } from '../../../../src/news/routes.js';
import type { NewsItem } from '../../../../src/news/types.js';
import { useShell, useText } from '../../../shared/context.js';
import type { Subject } from '../../../shared/writing/subject.js';

/** A news item as something to write. */
export function useSubject(item: NewsItem, onAnswer: (answer: NewsItemAnswer) => void): Subject {
  const { api, tell, fail } = useShell();
  const { t } = useText();
  const path = `/api/news/${item.id}`;
  const save = useMemo<Subject['save']>(
    () => async (language, words, basedOn) => {
      const answer = await api.put<NewsItemAnswer>(`${path}/texts/${language}`, { ...words, basedOn });
      onAnswer(answer);
      return answer.item.texts;
    },
    [api, path, onAnswer],
  );
  const check: Subject['check'] = async (language) => {
    try {
      const answer = await api.post<NewsItemAnswer>(`${path}/texts/${language}/check`);
      onAnswer(answer);
      const { undo } = answer;
      const takeBack = async (): Promise<void> =>
        onAnswer(await api.post<NewsItemAnswer>(`${path}/undo`, { audit: undo }));
      tell(t('news.behind.checked'), undo === undefined ? undefined : takeBack);
    } catch (error) {
      fail(error);
    }
  };
  const { id, texts, originalLanguage, wishedChannels: channels } = item;
  return { id, path, texts, originalLanguage, channels, save, check };
}
