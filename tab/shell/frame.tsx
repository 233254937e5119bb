import { ChevronDown12Regular } from '@fluentui/react-icons';
import { Suspense, lazy, useRef, useState } from 'react';
import type { SessionAnswer } from '../../src/shared/answers/people.js';
import type { NotifyBy } from '../../src/people/person.js';
import type { Language } from '../../src/shared/languages.js';
import { needsAllTexts } from '../early.js';
import { AllTexts, useMay, useShell, useText } from '../shared/context.js';
import { href } from '../shared/route.js';
import { Bones, Empty } from '../shared/states.js';
import { useRoute } from '../shared/use-route.js';
import type { Account } from '../sign-in/identity.js';
import { ErrorBoundary } from './errors.js';
import { placeOf, places } from './places.js';
import { toastPlace } from './services.js';
import { SignInEnded } from './sign-in-ended.js';
import type { ThemeSwitch } from './theme.js';
import css from './shell.module.css';

const SetUp = lazy(async () => ({
  default: (await import('../features/settings/set-up/set-up.js')).SetUp,
}));

const ProgrammeSwitch = lazy(async () => ({
  default: (await import('./programme-switch.js')).ProgrammeSwitch,
}));

/** The sign of Big Room, as index.html has it. */
export function Mark() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <rect width="24" height="24" rx="6" fill="#5b5fc7" />
      <path d="M6 8h12M6 12h8M6 16h5" stroke="#fff" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}

function Brand({ programmes = [] }: { readonly programmes?: SessionAnswer['programmes'] }) {
  const brand = (
    <a className="frame-brand" href="#/">
      <Mark />
      Big Room
    </a>
  );
  if (programmes.length < 2) return brand;
  return (
    <Suspense fallback={brand}>
      <ProgrammeSwitch mark={<Mark />} programmes={programmes} />
    </Suspense>
  );
}

function KnownBrand() {
  const { session } = useShell();
  return <Brand programmes={session.programmes} />;
}

/** `page` for the place where one is, `true` for the one to which that belongs. */
function currentOf(path: string, here: string, under: string): 'page' | 'true' | undefined {
  if (path === here) return 'page';
  return path === under ? 'true' : undefined;
}

function Navigation() {
  const { t } = useText();
  const may = useMay();
  const { path } = useRoute();
  const here = path[0] ?? '';
  const under = places.find((place) => place.path === here)?.under ?? here;
  return (
    <nav className="frame-nav" aria-label={t('shell.nav.label')}>
      {places
        .filter((place) => place.isAside !== true && may(place.permission))
        .map((place) => {
          return (
            <a
              key={place.path}
              className={css.place}
              href={href(place.path === '' ? [] : [place.path])}
              aria-current={currentOf(place.path, here, under)}
            >
              <place.icon aria-hidden="true" />
              <span>{t(place.name)}</span>
            </a>
          );
        })}
    </nav>
  );
}

function PlaceView() {
  const { t } = useText();
  const { texts } = useShell();
  const may = useMay();
  const { path } = useRoute();
  const place = placeOf(path);
  if (place === undefined || !may(place.permission)) {
    return <Empty isPage title={t('error.route.notFound')} text={t('shell.notFound.text')} />;
  }
  return (
    <ErrorBoundary key={place.path} texts={texts}>
      <Suspense fallback={<Waiting />}>
        {needsAllTexts([place.path]) ? (
          <AllTexts>
            <place.view />
          </AllTexts>
        ) : (
          <place.view />
        )}
      </Suspense>
    </ErrorBoundary>
  );
}

/** All that there is before there is a programme. */
function FirstStart() {
  const { texts } = useShell();
  return (
    <ErrorBoundary texts={texts}>
      <Suspense fallback={<Waiting />}>
        <AllTexts>
          <SetUp />
        </AllTexts>
      </Suspense>
    </ErrorBoundary>
  );
}

function Waiting({ isSigningIn = false }: { readonly isSigningIn?: boolean }) {
  const { t } = useText();
  return (
    <div className="frame-waiting">
      {isSigningIn && (
        <p className={css.signingIn} role="status">
          {t('shell.signIn.waiting')}
        </p>
      )}
      <Bones />
    </div>
  );
}

type Switches = {
  readonly theme: ThemeSwitch;
  readonly onPerson: ((id: string) => void) | undefined;
  readonly onLanguage: (language: Language) => Promise<void>;
  readonly onNotifyBy: (by: NotifyBy) => Promise<void>;
  readonly account: Account | undefined;
};

/**
 * The header with the navigation, and below it the place that the address names. Without `switches` it is the same
 * frame with nothing in it yet: nobody is known.
 * @param isNew whether there is no programme yet: then there is one place alone, where it is made
 * @param isSigningIn whether that is because somebody is being signed in
 */
export function Frame({
  switches,
  isSigningIn,
  isNew = false,
}: {
  readonly switches?: Switches;
  readonly isNew?: boolean;
  readonly isSigningIn?: boolean;
}) {
  const { t } = useText();
  const { path } = useRoute();
  if (switches !== undefined && !isNew && placeOf(path)?.isFullScreen?.(path) === true) {
    return (
      <>
        <main className="frame-main" id="main" tabIndex={-1}>
          <PlaceView />
        </main>
        {switches.account !== undefined && <SignInEnded account={switches.account} />}
      </>
    );
  }
  return (
    <div className="frame">
      <a
        className={css.skip}
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('main')?.focus();
        }}
      >
        {t('shell.skip')}
      </a>
      <header className="frame-header">
        {switches === undefined ? <Brand /> : <KnownBrand />}
        {switches !== undefined && !isNew && <Navigation />}
        {switches !== undefined && <Me {...switches} />}
      </header>
      <main className="frame-main" id="main" tabIndex={-1}>
        {switches === undefined && <Waiting isSigningIn={isSigningIn === true} />}
        {switches !== undefined && (isNew ? <FirstStart /> : <PlaceView />)}
      </main>
      <div>
        {switches?.account !== undefined && <SignInEnded account={switches.account} />}
        <div id={toastPlace} />
      </div>
    </div>
  );
}

const Preferences = lazy(async () => ({ default: (await import('./preferences.js')).Preferences }));

/** Who is here: opens the panel in which the person, the language and the theme are chosen. */
export function Me(props: Switches) {
  const { session } = useShell();
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  // Once opened it stays in the page, closed: taken away while open it would leave the page behind it hidden.
  const [wasOpened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setOpen(false);
  };
  return (
    <div className={css.meBox}>
      <button
        ref={button}
        type="button"
        className={css.me}
        aria-expanded={isOpen}
        aria-haspopup="dialog"
        onClick={() => {
          setOpen(!isOpen);
          setOpened(true);
        }}
      >
        <span className={css.initials} aria-hidden="true">
          {initials(session.person.name)}
        </span>
        <span className={css.meName}>{session.person.name}</span>
        <span className={css.hidden}>{t('shell.me.label')}</span>
        <ChevronDown12Regular aria-hidden="true" />
      </button>
      {wasOpened && (
        <Suspense>
          <Preferences {...props} isOpen={isOpen} target={button} onClose={close} />
        </Suspense>
      )}
    </div>
  );
}

/** `Anna Virtanen` -> `AV`; one word gives one letter. */
export function initials(name: string): string {
  const words = name.split(/[\s-]+/).filter(Boolean);
  const first = words[0]?.[0] ?? '';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return (first + last).toUpperCase();
}
