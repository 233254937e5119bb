import { Button } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useShell, useText } from './context.js';
import { problemText } from './problem.js';
import type { Loaded } from './use-load.js';
import css from './states.module.css';

/** The shape of what comes, while it is on its way. */
export function Bones({ rows = 4, height = 72 }: { readonly rows?: number; readonly height?: number }) {
  const { t } = useText();
  return (
    <div className={css.bones} role="status" aria-busy="true" aria-label={t('shared.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="bone" style={{ height }} />
      ))}
    </div>
  );
}

/** Nothing here: what this place is for, and the first step. */
export function Empty(props: {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly text?: string;
  /** Whether it is all that a page has: its title is the page's. */
  readonly isPage?: boolean;
  readonly children?: ReactNode;
}) {
  const Title = props.isPage === true ? 'h1' : 'h2';
  return (
    <div className={css.empty}>
      {props.icon !== undefined && (
        <span className={css.icon} aria-hidden="true">
          {props.icon}
        </span>
      )}
      <Title>{props.title}</Title>
      {props.text !== undefined && <p>{props.text}</p>}
      {props.children}
    </div>
  );
}

/** Something did not come: what happened, what is safe, what to do. */
export function Trouble({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const { t } = useText();
  const { texts } = useShell();
  return (
    <div className={css.empty} role="alert">
      <h2>{t('shared.error.title')}</h2>
      <p>{problemText(texts, error)}</p>
      {retry !== undefined && <Button onClick={retry}>{t('shared.retry')}</Button>}
    </div>
  );
}

/** Shows what was fetched, or its bones, or what went wrong. */
export function Await<Value>(props: {
  readonly loaded: Loaded<Value>;
  readonly bones?: ReactNode;
  readonly children: (value: Value) => ReactNode;
}) {
  const { loaded } = props;
  if (loaded.state === 'loading') return props.bones ?? <Bones />;
  if (loaded.state === 'failed') return <Trouble error={loaded.error} retry={loaded.reload} />;
  return props.children(loaded.value);
}
