import { Button } from '@fluentui/react-components';
import { useEffect } from 'react';
import { ApiError } from '../api.js';
import { useText } from '../shared/context.js';
import { isSignInFault, type SignInReason } from '../sign-in/faults.js';
import type { Account } from '../sign-in/identity.js';
import type { Host, HostTrouble } from '../teams.js';
import type { TextKey } from '../text.js';
import { Mark } from './frame.js';
import css from './shell.module.css';

/** What a page says that stands alone: nothing else can be shown. */
interface Words {
  readonly title: TextKey;
  readonly text: TextKey;
  readonly trouble: HostTrouble;
}

const faults: Readonly<Record<SignInReason, Words>> = {
  consent: {
    title: 'shell.signIn.consent.title',
    text: 'shell.signIn.consent.text',
    trouble: 'permission',
  },
  interrupted: {
    title: 'shell.signIn.interrupted.title',
    text: 'shell.signIn.interrupted.text',
    trouble: 'permission',
  },
  network: { title: 'shared.error.title', text: 'shared.error.network', trouble: 'offline' },
  unsupported: {
    title: 'shell.signIn.unsupported.title',
    text: 'shell.signIn.unsupported.text',
    trouble: 'other',
  },
  ended: { title: 'shell.signIn.failed.title', text: 'shell.signIn.failed.text', trouble: 'permission' },
  failed: { title: 'shell.signIn.failed.title', text: 'shell.signIn.failed.text', trouble: 'permission' },
};

const refusals: Readonly<Partial<Record<ApiError['code'], Words>>> = {
  'signIn.needed': faults.failed,
  'signIn.guest': {
    title: 'shell.signIn.guest.title',
    text: 'error.signIn.guest',
    trouble: 'permission',
  },
  'signIn.unknownPerson': {
    title: 'shell.signIn.unknown.title',
    text: 'error.signIn.unknownPerson',
    trouble: 'permission',
  },
  'permission.denied': {
    title: 'shell.signIn.denied.title',
    text: 'error.permission.denied',
    trouble: 'permission',
  },
  'signIn.unavailable': {
    title: 'shell.signIn.unavailable.title',
    text: 'error.signIn.unavailable',
    trouble: 'other',
  },
  network: faults.network,
};

const unknown: Words = { title: 'shared.error.title', text: 'error.internal', trouble: 'other' };

function wordsOf(error: unknown): Words {
  if (isSignInFault(error)) return faults[error.reason];
  return (error instanceof ApiError ? refusals[error.code] : undefined) ?? unknown;
}

/** The very first question to the server failed: says what happened and how to go on. */
export function StartTrouble({
  error,
  retry,
  host,
  account,
}: {
  readonly error: unknown;
  readonly retry: () => void;
  readonly host?: Host | undefined;
  readonly account?: Account | undefined;
}) {
  const { t } = useText();
  const { title, text, trouble } = wordsOf(error);
  useEffect(() => host?.showTrouble(trouble), [host, trouble]);
  const isUnsupported = isSignInFault(error) && error.reason === 'unsupported';
  // Asking again makes no member of a guest; signing in as somebody else may.
  const isGuest = error instanceof ApiError && error.code === 'signIn.guest';
  return (
    <main className={css.broken} role="alert">
      <Mark />
      <h1>{t(title)}</h1>
      <p>{t(text)}</p>
      <div className={css.ways}>
        {isUnsupported && (
          <Button appearance="primary" as="a" href={pageInBrowser()} target="_blank" rel="noreferrer">
            {t('shell.signIn.openInBrowser')}
          </Button>
        )}
        {!isGuest && (
          <Button appearance={isUnsupported ? 'secondary' : 'primary'} onClick={retry}>
            {t('shared.retry')}
          </Button>
        )}
        {trouble === 'permission' && account?.signOut !== undefined && (
          <Button onClick={() => void account.signOut?.()}>{t('shell.signIn.other')}</Button>
        )}
      </div>
    </main>
  );
}

/** The same place without what says that it is shown by Teams. */
const pageInBrowser = (): string =>
  `${window.location.origin}${window.location.pathname}${window.location.hash}`;
