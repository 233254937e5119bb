import { useMemo } from 'react';
import type { ReleaseAnswer } from '../../../../src/releases/routes.js';
import { useShell, useText } from '../../../shared/context.js';
import type { Subject } from '../../../shared/writing/subject.js';
import type { ReleaseHere } from '../use-release.js';

/** A release as something to write. */
export function useSubject({ release }: ReleaseAnswer, here: ReleaseHere): Subject {
  const { api } = useShell();
  const { t } = useText();
  const { path, show } = here;
  const save = useMemo<Subject['save']>(
    () => async (language, words, basedOn) => {
      const answer = await api.put<ReleaseAnswer>(`${path}/texts/${language}`, { ...words, basedOn });
      show(answer);
      return answer.release.texts;
    },
    [api, path, show],
  );
  const check: Subject['check'] = async (language) => {
    await here.change(
      () => api.post<ReleaseAnswer>(`${path}/texts/${language}/check`),
      t('release.done.check'),
    );
  };
  return { id: release.id, path, texts: release.texts, channels: [release.channel], save, check };
}
