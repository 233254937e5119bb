import type { ReactNode } from 'react';
import type { Permission } from '../../src/people/permissions.js';
import { useMay, useText } from './context.js';
import { href } from './route.js';
import css from './sessions-page.module.css';

type SessionPlace = 'year' | 'recordings' | 'series' | 'contacts' | 'sends' | 'reminders';

const places: readonly {
  readonly name: SessionPlace;
  readonly path: readonly string[];
  readonly permission: Permission;
}[] = [
  { name: 'year', path: ['sessions'], permission: 'session:see' },
  { name: 'recordings', path: ['sessions', 'recordings'], permission: 'session:see' },
  { name: 'series', path: ['sessions', 'series'], permission: 'session:edit' },
  { name: 'contacts', path: ['contacts'], permission: 'contact:edit' },
  { name: 'sends', path: ['sends'], permission: 'send:see' },
  { name: 'reminders', path: ['reminders'], permission: 'session:take' },
];

/** The ways between the pages of the sessions. */
export function SessionPlaces({ place }: { readonly place: SessionPlace }) {
  const { t } = useText();
  const may = useMay();
  return (
    <nav className={css.places} aria-label={t('sessions.places')}>
      {places
        .filter(({ permission }) => may(permission))
        .map(({ name, path }) => (
          <a key={name} href={href(path)} aria-current={name === place ? 'page' : undefined}>
            {t(`sessions.place.${name}`)}
          </a>
        ))}
    </nav>
  );
}

/** A page of the sessions: the ways to its siblings, a heading, its one primary action, and what is on it. */
export function SessionsPage(props: {
  readonly place: SessionPlace;
  readonly title: string;
  readonly lead?: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className={css.page}>
      <SessionPlaces place={props.place} />
      <div className={css.head}>
        <div className={css.words}>
          <h1 tabIndex={-1}>{props.title}</h1>
          {props.lead !== undefined && <p>{props.lead}</p>}
        </div>
        {props.action}
      </div>
      {props.children}
    </div>
  );
}
