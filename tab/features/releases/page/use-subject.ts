import { useMemo } from 'react';
import type { ReleaseAnswer } from '../../../../src/shared/answers/releases.js';
import { useText } from '../../../shared/context.js';
import type { Subject } from '../../../shared/writing/subject.js';
import type { ReleaseHere } from '../use-release.js';

/** A release as something to write. */
export function useSubject({ release }: ReleaseAnswer, here: ReleaseHere): Subject {
  const { t } = useText();
  const { api, show } = here;
  const save = useMemo<Subject['save']>(
    () => async (language, words, basedOn) => {
      const answer = await api.setText(language, words, basedOn);
      show(answer);
      return answer.release.texts;
    },
    [api, show],
  );
  const check: Subject['check'] = async (language) => {
    await here.change(() => api.checkText(language), t('release.done.check'));
  };
  return { id: release.id, path: api.path, texts: release.texts, channels: [release.channel], save, check };
}
