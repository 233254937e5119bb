import { Button } from '@fluentui/react-components';
import { languages, type Language } from '../../src/shared/languages.js';
import type { Api } from '../api.js';
import { useText } from '../shared/context.js';
import { useLoad } from '../shared/use-load.js';
import { listPeople } from './api.js';
import { initials } from './frame.js';
import css from './person-page.module.css';
import { StartTrouble } from './start-trouble.js';

/** Trial mode has no sign-in: one says who one is. */
export function PersonPage(props: {
  readonly api: Api;
  readonly onChoose: (id: string) => void;
  readonly onLanguage: (language: Language) => Promise<void>;
}) {
  const { t, language } = useText();
  const people = useLoad('people', () => listPeople(props.api), props.api.atHand(listPeople));
  if (people.state === 'failed') return <StartTrouble error={people.error} retry={people.reload} />;
  return (
    <main className={css.page}>
      <div className={css.languages} role="group" aria-label={t('shell.language')}>
        {languages.map((code) => (
          <Button
            key={code}
            size="small"
            lang={code}
            appearance={code === language ? 'secondary' : 'subtle'}
            aria-pressed={code === language}
            onClick={() => void props.onLanguage(code)}
          >
            {t(`language.own.${code}`)}
          </Button>
        ))}
      </div>
      <h1>{t('shell.people.title')}</h1>
      <p>{t('shell.people.text')}</p>
      {people.state === 'loading' ? (
        <div className={css.people} aria-busy="true">
          {[1, 2, 3, 4, 5, 6].map((row) => (
            <div key={row} className="bone" style={{ height: 68 }} />
          ))}
        </div>
      ) : (
        <ul className={css.people}>
          {people.value.people.map((person) => (
            <li key={person.id}>
              <button type="button" className={css.person} onClick={() => props.onChoose(person.id)}>
                <span className={css.initials} aria-hidden="true">
                  {initials(person.name)}
                </span>
                <span>
                  <strong>{person.name}</strong>
                  <small>{`${t(`role.${person.role}`)} · ${t(`language.${person.language}`)}`}</small>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </main>
  );
}
