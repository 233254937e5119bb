import type { UnreachedPerson } from '../../src/shared/answers/messages.js';
import { useText } from './context.js';
import css from './unreached.module.css';

/** Who could not be reached, why, what waits for them, and what can be done. */
export function UnreachedList({ people }: { readonly people: readonly UnreachedPerson[] }) {
  const { t, dates } = useText();
  return (
    <>
      <ul className={css.people}>
        {people.map(({ personId, name, why, count, since, install }) => (
          <li key={personId}>
            <span className={css.name}>{name}</span>
            <span className={css.detail}>
              {t(`unreached.why.${why}`)} {t('unreached.waits', { count, when: dates.day(since) })}
            </span>
            {install !== undefined && (
              <span className={css.detail}>
                {t(`unreached.install.${install.result}`, {
                  when: dates.day(install.at),
                  reason: install.reason ?? '',
                })}
              </span>
            )}
          </li>
        ))}
      </ul>
      <p className={css.help}>{t('unreached.help')}</p>
    </>
  );
}
