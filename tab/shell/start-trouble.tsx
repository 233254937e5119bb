import { Button } from '@fluentui/react-components';
import { ApiError } from '../api.js';
import { useText } from '../shared/context.js';
import css from './shell.module.css';

/** The very first question to the server failed: nothing else can be shown. */
export function StartTrouble({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const { t } = useText();
  const isOffline = error instanceof ApiError && error.code === 'network';
  return (
    <main className={css.broken} role="alert">
      <h1>{t('shared.error.title')}</h1>
      <p>{isOffline ? t('shared.error.network') : t('error.internal')}</p>
      <Button appearance="primary" onClick={retry}>
        {t('shared.retry')}
      </Button>
    </main>
  );
}
