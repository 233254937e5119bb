import { ChevronDown12Regular } from '@fluentui/react-icons';
import { lazy, Suspense, useRef, useState } from 'react';
import type { Language } from '../../src/shared/languages.js';
import { useShell, useText } from '../shared/context.js';
import type { ThemeSwitch } from './theme.js';
import { initials } from './initials.js';
import css from './shell.module.css';

const Preferences = lazy(async () => ({ default: (await import('./preferences.js')).Preferences }));

/** Who is here: opens the panel in which the person, the language and the theme are chosen. */
export function Me(props: {
  readonly theme: ThemeSwitch;
  readonly onPerson: ((id: string) => void) | undefined;
  readonly onLanguage: (language: Language) => Promise<void>;
}) {
  const { session } = useShell();
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
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
        onClick={() => setOpen(!isOpen)}
      >
        <span className={css.initials} aria-hidden="true">
          {initials(session.person.name)}
        </span>
        <span className={css.meName}>{session.person.name}</span>
        <span className={css.hidden}>{t('shell.me.label')}</span>
        <ChevronDown12Regular aria-hidden="true" />
      </button>
      {isOpen && (
        <Suspense>
          <Preferences {...props} target={button} onClose={close} />
        </Suspense>
      )}
    </div>
  );
}
