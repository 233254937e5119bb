import {
  Popover,
  PopoverSurface,
  Radio,
  RadioGroup,
  Field,
  Select,
  Button,
  Checkbox,
} from '@fluentui/react-components';
import {
  Alert20Regular,
  Keyboard20Regular,
  PersonSwap20Regular,
  Settings20Regular,
  SignOut20Regular,
} from '@fluentui/react-icons';
import { useState, type RefObject } from 'react';
import { notifyWays, type NotifyBy } from '../../src/people/person.js';
import { languages, type Language } from '../../src/shared/languages.js';
import { useMay, useShell, useText } from '../shared/context.js';
import { FocusBack } from '../shared/focus.js';
import { areLettersOn, switchLetters } from '../shared/keys.js';
import { href } from '../shared/route.js';
import { useLoad } from '../shared/use-load.js';
import type { Account } from '../sign-in/identity.js';
import { listPeople } from './api.js';
import { showKeyHelp } from './services.js';
import type { ThemeSwitch, ThemeChoice } from './theme.js';
import css from './preferences.module.css';

const choices: readonly ThemeChoice[] = ['system', 'light', 'dark', 'highContrast'];

/** The panel behind one's own name: who one is (where that is chosen), which language and which theme. */
export function Preferences(props: {
  readonly theme: ThemeSwitch;
  readonly isOpen: boolean;
  readonly target: RefObject<HTMLButtonElement | null>;
  readonly onPerson: ((id: string) => void) | undefined;
  readonly onLanguage: (language: Language) => Promise<void>;
  readonly onNotifyBy: (by: NotifyBy) => Promise<void>;
  readonly onClose: () => void;
  readonly account: Account | undefined;
}) {
  const { theme, onLanguage, onClose, account } = props;
  const { fail } = useShell();
  const { t, language } = useText();
  return (
    <Popover
      open={props.isOpen}
      trapFocus
      positioning={{ target: props.target.current, position: 'below', align: 'end', offset: 6 }}
      onOpenChange={(_, data) => {
        if (!data.open) onClose();
      }}
    >
      <PopoverSurface className={css.panel} aria-label={t('shell.me.panel')}>
        <FocusBack />
        {props.onPerson !== undefined && <PersonSelect onPerson={props.onPerson} />}
        <Field label={t('shell.language')}>
          <RadioGroup
            layout="horizontal"
            value={language}
            onChange={(_, data) => void onLanguage(data.value as Language).catch(fail)}
          >
            {languages.map((code) => (
              <Radio key={code} value={code} label={<span lang={code}>{t(`language.own.${code}`)}</span>} />
            ))}
          </RadioGroup>
        </Field>
        {theme.choose !== undefined && (
          <Field label={t('shell.theme')}>
            <RadioGroup
              value={theme.choice}
              onChange={(_, data) => theme.choose?.(data.value as ThemeChoice)}
            >
              {choices.map((choice) => (
                <Radio key={choice} value={choice} label={t(`shell.theme.${choice}`)} />
              ))}
            </RadioGroup>
          </Field>
        )}
        <NotifyChoice onNotifyBy={props.onNotifyBy} />
        <LetterKeys />
        <RemindersLink onClose={onClose} />
        <SubstitutesLink onClose={onClose} />
        <SettingsLink onClose={onClose} />
        <DigestHint />
        <Button
          className={css.keys ?? ''}
          appearance="subtle"
          icon={<Keyboard20Regular />}
          onClick={() => {
            onClose();
            showKeyHelp();
          }}
        >
          {t('shell.keys.title')}
        </Button>
        <About />
        {account?.signOut !== undefined && <SignOut signOut={account.signOut} />}
      </PopoverSurface>
    </Popover>
  );
}

/** By which way one is notified; where the activity feed can't be chosen, why. */
function NotifyChoice({ onNotifyBy }: { readonly onNotifyBy: (by: NotifyBy) => Promise<void> }) {
  const { session, fail } = useShell();
  const { t, dates } = useText();
  const { by, hasFeed, refused } = session.notify;
  if (!hasFeed) return <p className={css.hint}>{t('shell.notify.notSetUp')}</p>;
  const hint = refused && t('shell.notify.refused', { when: dates.day(refused.at) });
  return (
    <Field label={t('shell.notify')} {...(hint !== undefined && { hint })}>
      <RadioGroup value={by} onChange={(_, data) => void onNotifyBy(data.value as NotifyBy).catch(fail)}>
        {notifyWays.map((way) => (
          <Radio key={way} value={way} label={t(`shell.notify.${way}`)} />
        ))}
      </RadioGroup>
    </Field>
  );
}

/** The pages about Big Room itself: outside the tab, as whoever reads them need not be signed in. */
function About() {
  const { t, language } = useText();
  return (
    <nav className={css.about} aria-label={t('shell.about')}>
      {(['privacy', 'terms', 'accessibility'] as const).map((page) => (
        <a key={page} href={`${page}?language=${language}`} target="_blank" rel="noreferrer">
          {t(`shell.about.${page}`)}
        </a>
      ))}
    </nav>
  );
}

/** Leaves once everything that was written is stored. */
function SignOut({ signOut }: { readonly signOut: () => Promise<void> }) {
  const { fail, settle } = useShell();
  const { t } = useText();
  const leave = async (): Promise<void> => {
    if (await settle()) await signOut();
  };
  return (
    <Button
      className={css.keys ?? ''}
      appearance="subtle"
      icon={<SignOut20Regular />}
      onClick={() => void leave().catch(fail)}
    >
      {t('shell.signOut')}
    </Button>
  );
}

/** Switches off the keys of a single letter, on this device. */
function LetterKeys() {
  const { t } = useText();
  const [isOn, setOn] = useState(areLettersOn);
  return (
    <Checkbox
      label={t('shell.keys.letters')}
      checked={isOn}
      onChange={(_, { checked }) => {
        switchLetters(checked === true);
        setOn(checked === true);
      }}
    />
  );
}

function PersonSelect({ onPerson }: { readonly onPerson: (id: string) => void }) {
  const { api, session } = useShell();
  const { t } = useText();
  const people = useLoad('people', () => listPeople(api));
  const known = people.state === 'ready' ? people.value.people : [session.person];
  return (
    <Field label={t('shell.person')} hint={t('shell.person.hint')}>
      <Select value={session.person.id} onChange={(_, data) => onPerson(data.value)}>
        {known.map((person) => (
          <option key={person.id} value={person.id}>
            {`${person.name} · ${t(`role.${person.role}`)}`}
          </option>
        ))}
      </Select>
    </Field>
  );
}

/** The way to one's own reminders, for those who take part in sessions. */
function RemindersLink({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText();
  if (!useMay()('session:take')) return null;
  return (
    <Button
      as="a"
      className={css.keys ?? ''}
      appearance="subtle"
      icon={<Alert20Regular />}
      href={href(['reminders'])}
      onClick={onClose}
    >
      {t('reminders.title')}
    </Button>
  );
}

/** The way to who acts for oneself while one is away. */
function SubstitutesLink({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText();
  return (
    <Button
      as="a"
      className={css.keys ?? ''}
      appearance="subtle"
      icon={<PersonSwap20Regular />}
      href={href(['substitutes'])}
      onClick={onClose}
    >
      {t('substitutes.title')}
    </Button>
  );
}

/** The way to what holds for the whole programme, for those who manage it. */
function SettingsLink({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText();
  if (!useMay()('programme:manage')) return null;
  return (
    <Button
      as="a"
      className={css.keys ?? ''}
      appearance="subtle"
      icon={<Settings20Regular />}
      href={href(['settings'])}
      onClick={onClose}
    >
      {t('settings.title')}
    </Button>
  );
}

/** Where those who get the morning's digest set its time: in the chat, where it comes. */
function DigestHint() {
  const { t } = useText();
  return useMay()('news:edit') ? <p className={css.hint}>{t('shell.digest')}</p> : null;
}
