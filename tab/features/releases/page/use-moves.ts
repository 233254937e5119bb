import type { ReleaseAnswer, ReleaseMove } from '../../../../src/http/routes/releases.js';
import { publicLanguages } from '../../../../src/languages.js';
import { textStatus } from '../../../../src/texts/text.js';
import { useShell, useText } from '../../../shared/context.js';
import type { ReleaseHere } from '../use-release.js';

/** The moves that a person makes. */
export type PersonsMove = Extract<
  ReleaseMove,
  'approve' | 'unapprove' | 'schedule' | 'publishNow' | 'unschedule' | 'cancel' | 'restore' | 'retry'
>;

const addresses: Readonly<Record<PersonsMove, string>> = {
  approve: 'approve',
  unapprove: 'unapprove',
  schedule: 'schedule',
  publishNow: 'publish',
  unschedule: 'unschedule',
  cancel: 'cancel',
  restore: 'restore',
  retry: 'retry',
};

/** Makes a move, asking first where a word is needed or the move weighs. */
export function useMoves(
  { release }: ReleaseAnswer,
  here: ReleaseHere,
): (move: PersonsMove) => Promise<void> {
  const { api, ask } = useShell();
  const { t } = useText();
  const unready = publicLanguages.filter(
    (language) => textStatus(release.texts, language) !== 'ready' || release.texts[language]?.body === '',
  );
  const isSomethingWritten = publicLanguages.some((language) => (release.texts[language]?.body ?? '') !== '');

  const send = async (move: PersonsMove, body: object = {}): Promise<void> => {
    const make = () => api.post<ReleaseAnswer>(`${here.path}/${addresses[move]}`, body);
    await here.change(make, t(`release.done.${move}`));
  };

  return async (move) => {
    if (move === 'approve' && unready.length > 0 && isSomethingWritten) {
      const answer = await ask({
        title: t('release.waiver.title'),
        text: t('release.waiver.text', { language: unready[0] ?? 'sv' }),
        verb: t('release.waiver.verb'),
        note: {
          label: t('release.waiver.label'),
          hint: t('release.waiver.hint'),
          required: true,
          limit: 500,
        },
      });
      if (answer !== undefined) await send(move, { waiver: answer.note });
      return;
    }
    if (move === 'cancel') {
      const answer = await ask({
        title: t('release.cancel.title'),
        text: t('release.cancel.text'),
        verb: t('release.move.cancel'),
      });
      if (answer === undefined) return;
    }
    await send(move);
  };
}
