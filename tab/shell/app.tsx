import { FluentProvider } from '@fluentui/react-components';
import { useCallback, useEffect, useState } from 'react';
import type { NotifyBy } from '../../src/people/person.js';
import type { Language } from '../../src/shared/languages.js';
import { ApiError, type Api } from '../api.js';
import { rememberLanguage, rememberReviewer } from '../early.js';
import type { Identity } from '../identity.js';
import { TextsContext } from '../shared/context.js';
import { useLoad } from '../shared/use-load.js';
import type { Account } from '../sign-in/identity.js';
import type { Host } from '../teams.js';
import { loadTexts } from '../text-files.js';
import { textsOf, type Texts } from '../text.js';
import { getSession, setLanguage, setNotifyBy } from './api.js';
import { ErrorBoundary } from './errors.js';
import { Frame } from './frame.js';
import { PersonPage } from './person-page.js';
import { ShellServices } from './services.js';
import { StartTrouble } from './start-trouble.js';
import { useTheme } from './theme.js';

/** The whole tab: theme, texts, who is here; then the frame with the place that the address names. */
export function App(props: {
  readonly api: Api;
  readonly identity: Identity;
  readonly host: Host | undefined;
  readonly firstTexts: Texts;
}) {
  const { api, host } = props;
  const { account, choice } = props.identity;
  const theme = useTheme(host);
  const [personId, setPersonId] = useState(choice?.personId());
  const [texts, setTexts] = useState(props.firstTexts);

  const speak = useCallback(
    async (language: Language): Promise<void> => {
      rememberLanguage(language);
      const loaded = await loadTexts(api, language);
      // What is on the page may need all of them.
      await loaded.others?.fetch();
      setTexts(textsOf(loaded));
    },
    [api],
  );
  useEffect(() => {
    document.documentElement.lang = texts.language;
  }, [texts]);

  const choose = (id: string): void => {
    choice?.choose(id);
    api.dropAhead();
    setPersonId(id);
  };

  return (
    <FluentProvider>
      <TextsContext value={texts}>
        <ErrorBoundary texts={texts}>
          {choice !== undefined && personId === undefined ? (
            <PersonPage api={api} onChoose={choose} onLanguage={speak} />
          ) : (
            <SignedIn
              key={personId ?? ''}
              api={api}
              texts={texts}
              theme={theme}
              onLanguage={speak}
              host={host}
              account={account}
              onPerson={choice && choose}
              onUnknown={choice && (() => setPersonId(undefined))}
            />
          )}
        </ErrorBoundary>
      </TextsContext>
    </FluentProvider>
  );
}

function SignedIn(props: {
  readonly api: Api;
  readonly texts: Texts;
  readonly theme: ReturnType<typeof useTheme>;
  readonly onLanguage: (language: Language) => Promise<void>;
  readonly onPerson: ((id: string) => void) | undefined;
  /** What is done about somebody whom the server does not know, where that is no matter of signing in. */
  readonly onUnknown: (() => void) | undefined;
  readonly host: Host | undefined;
  readonly account: Account | undefined;
}) {
  const { api, texts, host, account, onLanguage, onUnknown } = props;
  const session = useLoad('session', () => getSession(api), api.atHand(getSession));
  const spoken = session.state === 'ready' ? session.value.person.language : undefined;
  useEffect(() => {
    if (spoken !== undefined && spoken !== texts.language) onLanguage(spoken).catch(() => undefined);
  }, [spoken, texts.language, onLanguage]);
  const shown = session.state === 'ready' ? session.value : undefined;
  useEffect(() => {
    if (shown !== undefined) rememberReviewer(shown.person.id, shown.permissions.includes('news:see'));
  }, [shown]);
  const isUnknown =
    session.state === 'failed' && session.error instanceof ApiError && session.error.status === 401;
  useEffect(() => {
    if (isUnknown) onUnknown?.();
  }, [isUnknown, onUnknown]);

  if (session.state === 'failed')
    return <StartTrouble error={session.error} retry={session.reload} host={host} account={account} />;
  if (session.state === 'loading') return <Frame isSigningIn={account !== undefined} />;
  const person = session.value.person;
  const chooseLanguage = async (language: Language): Promise<void> => {
    await setLanguage(api, language);
    session.set({ ...session.value, person: { ...person, language } });
  };
  const chooseNotifyBy = async (by: NotifyBy): Promise<void> => {
    const { notify } = await setNotifyBy(api, by);
    session.set({ ...session.value, notify });
  };
  const { theme, onPerson } = props;
  return (
    <ShellServices api={api} session={session.value} refreshSession={session.refresh} texts={texts}>
      <Frame
        switches={{ theme, onPerson, onLanguage: chooseLanguage, onNotifyBy: chooseNotifyBy, account }}
        isNew={session.value.isNew === true}
      />
    </ShellServices>
  );
}
