import { useMemo } from 'react';
import type { NewsItemAnswer } from '../../../../src/shared/answers/news.js';
import type { NewsItem } from '../../../../src/news/types.js';
import { useShell, useText } from '../../../shared/context.js';
import type { Subject } from '../../../shared/writing/subject.js';
import { newsItemApi } from './api.js';

/** A news item as something to write. */
export function useSubject(item: NewsItem, onAnswer: (answer: NewsItemAnswer) => void): Subject {
  const { api: server, notify, fail } = useShell();
  const { t } = useText();
  const { id } = item;
  const api = useMemo(() => newsItemApi(server, id), [server, id]);
  const save = useMemo<Subject['save']>(
    () => async (language, words, basedOn) => {
      const answer = await api.setText(language, words, basedOn);
      onAnswer(answer);
      return answer.item.texts;
    },
    [api, onAnswer],
  );
  const check: Subject['check'] = async (language) => {
    try {
      const answer = await api.checkText(language);
      onAnswer(answer);
      const { undo } = answer;
      notify(
        t('news.behind.checked'),
        undo === undefined ? undefined : async () => onAnswer(await api.undo(undo)),
      );
    } catch (error) {
      fail(error);
    }
  };
  const { texts, originalLanguage, wishedChannels: channels } = item;
  return { id, path: api.path, texts, originalLanguage, channels, save, check };
}
