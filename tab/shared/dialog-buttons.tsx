import { Button, DialogActions } from '@fluentui/react-components';
import { useText } from './context.js';
import css from './dialog-buttons.module.css';

/**
 * The end of every dialog, in one order: the verb of its title, then the way back, which is the same everywhere. Without a
 * verb there is only the way back.
 */
export function DialogButtons(props: {
  readonly onBack: () => void;
  readonly act?: {
    readonly verb: string;
    /** Left out where the button sends the form that it is in. */
    readonly run?: () => void;
    readonly isBusy?: boolean;
    /** It takes something away: it has the colour of danger. */
    readonly isDanger?: boolean;
  };
}) {
  const { act, onBack } = props;
  const { t } = useText();
  return (
    <DialogActions className={css.buttons}>
      {act !== undefined && (
        <Button
          type={act.run === undefined ? 'submit' : 'button'}
          appearance="primary"
          className={act.isDanger === true ? css.danger : ''}
          disabledFocusable={act.isBusy === true}
          onClick={act.run}
        >
          {act.verb}
        </Button>
      )}
      <Button onClick={onBack}>{t('shared.cancel')}</Button>
    </DialogActions>
  );
}
