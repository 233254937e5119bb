import { Button } from '@fluentui/react-components';
import { Component, type ReactNode } from 'react';
import { ApiError } from '../api.js';
import { useText } from '../shared/context.js';
import type { Texts } from '../text.js';
import css from './shell.module.css';

/** Keeps one broken view from taking the whole tab; says what happened and how to go on. */
export class ErrorBoundary extends Component<
  { readonly texts: Texts; readonly children: ReactNode },
  { readonly isBroken: boolean }
> {
  override readonly state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    const { texts, children } = this.props;
    if (!this.state.isBroken) return children;
    return (
      <div className={css.broken} role="alert">
        <h1>{texts.t('shell.broken.title')}</h1>
        <p>{texts.t('shell.broken.text')}</p>
        <button type="button" onClick={() => window.location.reload()}>
          {texts.t('shell.broken.reload')}
        </button>
      </div>
    );
  }
}

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
