import { Component, type ReactNode } from 'react';
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
