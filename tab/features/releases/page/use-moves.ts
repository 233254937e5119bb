import type { ReleaseAnswer } from '../../../../src/shared/answers/releases.js';
import { publicLanguages, type PublicLanguage } from '../../../../src/shared/languages.js';
import { textStatus } from '../../../../src/content/text.js';
import type { Release } from '../../../../src/releases/types.js';
import { ApiError } from '../../../api.js';
import { useShell, useText } from '../../../shared/context.js';
import type { ReleaseHere } from '../use-release.js';
import type { PersonsMove } from '../api.js';

/** The moves that need no dialog of their own. */
export type DirectMove = Exclude<PersonsMove, 'schedule'>;

/** The revisions on the screen, so that these and no others are approved. */
export function seenOf({ texts }: Pick<Release, 'texts'>): { readonly fi: number; readonly sv: number } {
  return { fi: texts.fi?.revision ?? 0, sv: texts.sv?.revision ?? 0 };
}

/** The first language that wants a word before an approval; none where nothing is written, which the server refuses. */
function unreadyOf({ texts }: Release): PublicLanguage | undefined {
  const isEmpty = (language: PublicLanguage): boolean => (texts[language]?.body ?? '') === '';
  if (publicLanguages.every(isEmpty)) return undefined;
  return publicLanguages.find((language) => textStatus(texts, language) !== 'ready' || isEmpty(language));
}

/** Stores what is being written, then makes a move, asking first where a word is needed or the move weighs. */
export function useMoves(answer: ReleaseAnswer, here: ReleaseHere): (move: DirectMove) => Promise<void> {
  const { ask, warn, settle } = useShell();
  const { t } = useText();

  const send = async (move: DirectMove, body?: object): Promise<void> => {
    const isSuperseded = ({ code }: ApiError): boolean => code === 'text.conflict';
    const error = await here.change(() => here.api.move(move, body), t(`release.done.${move}`), isSuperseded);
    if (error instanceof ApiError && isSuperseded(error)) warn(t('release.changedSince'));
  };

  const approve = async (release: Release): Promise<void> => {
    const seen = seenOf(release);
    const language = unreadyOf(release);
    if (language === undefined) return send('approve', { seen });
    const answered = await ask({
      title: t('release.waiver.title'),
      text: t('release.waiver.text', { language }),
      verb: t('release.waiver.verb'),
      note: {
        label: t('release.waiver.label'),
        hint: t('release.waiver.hint'),
        required: true,
        limit: 500,
      },
    });
    if (answered !== undefined) await send('approve', { waiver: answered.note, seen });
  };

  return async (move) => {
    if (!(await settle())) return;
    const { release } = here.latest() ?? answer;
    if (move === 'approve') return approve(release);
    if (move === 'cancel') {
      const answered = await ask({
        title: t('release.cancel.title'),
        text: t('release.cancel.text'),
        verb: t('release.move.cancel'),
      });
      if (answered === undefined) return;
    }
    await send(move);
  };
}
