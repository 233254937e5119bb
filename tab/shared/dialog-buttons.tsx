import { Button, DialogActions } from '@fluentui/react-components';
import { useEffect } from 'react';
import { useText } from './context.js';
import { useLeaving } from './dialog-frame.js';
import css from './dialog-buttons.module.css';

/**
 * The end of every dialog, in one order: the verb of its title, then the way back, which is the same everywhere. Without a
 * verb there is only the way back. Whoever leaves what they wrote is asked here, in place of both.
 */
export function DialogButtons(props: {
  readonly act?: {
    readonly verb: string;
    /** Left out where the button sends the form that it is in. */
    readonly run?: () => void;
    readonly isBusy?: boolean;
    /** It takes something away: it has the colour of danger. */
    readonly isDanger?: boolean;
  };
}) {
  const { act } = props;
  const { t } = useText();
  const { leave, isAsked, hold } = useLeaving();
  const isBusy = act?.isBusy === true;
  useEffect(() => {
    hold(isBusy);
    return () => hold(false);
  }, [hold, isBusy]);
  if (isAsked) return <LeaveQuestion />;
  return (
    <DialogActions className={css.buttons}>
      {act !== undefined && (
        <Button
          type={act.run === undefined ? 'submit' : 'button'}
          appearance="primary"
          className={act.isDanger === true ? css.danger : ''}
          disabledFocusable={isBusy}
          onClick={act.run}
        >
          {act.verb}
        </Button>
      )}
      <Button disabledFocusable={isBusy} onClick={leave}>
        {t('shared.cancel')}
      </Button>
    </DialogActions>
  );
}

function LeaveQuestion() {
  const { t } = useText();
  const { stay, discard } = useLeaving();
  return (
    <DialogActions className={`${css.buttons} ${css.question}`}>
      <p role="alert" className={css.leave}>
        {t('shared.leave')}
      </p>
      <Button appearance="primary" className={css.danger} onClick={discard}>
        {t('shared.leave.discard')}
      </Button>
      <Button autoFocus onClick={stay}>
        {t('shared.leave.stay')}
      </Button>
    </DialogActions>
  );
}
