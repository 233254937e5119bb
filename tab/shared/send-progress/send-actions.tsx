import { Button } from '@fluentui/react-components';
import {
  ArrowRepeatAll20Regular,
  Dismiss20Regular,
  Pause20Regular,
  Play20Regular,
} from '@fluentui/react-icons';
import { useState } from 'react';
import type { FanOutAnswer } from '../../../src/shared/answers/sends.js';
import type { FanOutView } from '../../../src/delivery/fan-out/fan-out.js';
import { useMay, useShell, useText } from '../context.js';
import { keepFocus } from '../focus.js';
import { againOf, isTooLate } from './pace.js';
import { sendApi } from '../api/sends.js';
import css from './send-progress.module.css';

type Again = 'failed' | 'uncertain';

/** The moves of a send, each with its answer put in and said. */
function useMoves(send: FanOutView, onSend: (send: FanOutView) => void) {
  const { api, ask, notify, fail } = useShell();
  const { pause, resume, cancel, again } = sendApi(api, send.id);
  const { t } = useText();
  const [isBusy, setBusy] = useState(false);
  const move = async (change: () => Promise<FanOutAnswer>, said: string): Promise<void> => {
    setBusy(true);
    try {
      onSend(await change());
      notify(said);
      keepFocus();
    } catch (error) {
      fail(error);
    } finally {
      setBusy(false);
    }
  };
  const askToCancel = async (): Promise<void> => {
    const answer = await ask({
      title: t('sends.cancel.title'),
      text: t('sends.cancel.text', { count: send.counts.open }),
      verb: t('sends.do.cancel'),
    });
    if (answer !== undefined) await move(cancel, t('sends.done.cancel'));
  };
  const sendAgain = async (is: Again): Promise<void> => {
    const count = send.counts[is];
    if (is === 'uncertain') {
      const answer = await ask({
        title: t('sends.again.title'),
        text: t('sends.again.text', { count }),
        verb: t('sends.do.again'),
      });
      if (answer === undefined) return;
    }
    await move(() => again(is), t('sends.done.again', { count }));
  };
  return {
    isBusy,
    pause: () => move(pause, t('sends.done.pause')),
    resume: () => move(resume, t('sends.done.resume')),
    cancel: askToCancel,
    again: sendAgain,
  };
}

/** What can be done with a send now: stop it for a while, go on, leave the rest, or send some once more. */
export function SendActions(props: {
  readonly send: FanOutView;
  readonly onSend: (send: FanOutView) => void;
}) {
  const { send, onSend } = props;
  const { t } = useText();
  const mayEdit = useMay()('send:edit');
  const { isBusy, pause, resume, cancel, again } = useMoves(send, onSend);
  const [now] = useState(() => Date.now());
  const { status } = send.state;
  const isUnderWay = status === 'sending' || status === 'paused';
  const wanted = againOf(send, now);
  const isRestUseless = send.counts.failed + send.counts.uncertain > 0 && isTooLate(send.content, now);
  if (!mayEdit) return null;
  return (
    <>
      {(isUnderWay || wanted.length > 0) && (
        <div className={css.actions}>
          {status === 'sending' && (
            <Button icon={<Pause20Regular />} disabledFocusable={isBusy} onClick={() => void pause()}>
              {t('sends.do.pause')}
            </Button>
          )}
          {status === 'paused' && (
            <Button
              appearance="primary"
              icon={<Play20Regular />}
              disabledFocusable={isBusy}
              onClick={() => void resume()}
            >
              {t('sends.do.resume')}
            </Button>
          )}
          {wanted.map((is) => (
            <Button
              key={is}
              icon={<ArrowRepeatAll20Regular />}
              disabledFocusable={isBusy}
              onClick={() => void again(is)}
            >
              {t(`sends.do.again.${is}`, { count: send.counts[is] })}
            </Button>
          ))}
          {isUnderWay && (
            <Button
              appearance="subtle"
              icon={<Dismiss20Regular />}
              disabledFocusable={isBusy}
              onClick={() => void cancel()}
            >
              {t('sends.do.cancel')}
            </Button>
          )}
        </div>
      )}
      {isRestUseless && <p className={css.quiet}>{t('sends.again.tooLate')}</p>}
    </>
  );
}
