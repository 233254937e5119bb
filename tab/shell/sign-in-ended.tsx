import { Button } from '@fluentui/react-components';
import { ErrorCircle20Filled } from '@fluentui/react-icons';
import { useSyncExternalStore } from 'react';
import { useText } from '../shared/context.js';
import type { Account } from '../sign-in/identity.js';
import css from './toast.module.css';

/**
 * Says that one has to sign in again, while everything that was typed stays on the page and what was to be stored waits. Takes
 * room of its own, as what was said last does, and stays until it is settled.
 */
export function SignInEnded({ account }: { readonly account: Account }) {
  const { t } = useText();
  const reason = useSyncExternalStore(account.subscribe, account.ended);
  if (reason === undefined) return null;
  return (
    <div className={css.toast} data-tone="trouble" data-stays="true" role="alert">
      <ErrorCircle20Filled aria-hidden="true" />
      <span className={css.text}>{t('shell.signIn.ended')}</span>
      <Button size="small" appearance="primary" onClick={account.again}>
        {t('shell.signIn.again')}
      </Button>
    </div>
  );
}
