import type { ReactNode } from 'react';
import type { PersonRef } from '../../src/platform/actor.js';
import { useText } from './context.js';
import css from './audit-trail.module.css';

/** One thing that was done; without `by` Big Room did it itself. */
export interface AuditEntry<Event> {
  readonly number: number;
  readonly at: string;
  readonly by?: Pick<PersonRef, 'name'>;
  readonly event: Event;
}

/** Closed until somebody wants to know. */
export function AuditSection(props: {
  readonly title: string;
  readonly onToggle?: (isOpen: boolean) => void;
  readonly children: ReactNode;
}) {
  return (
    <details className={css.section} onToggle={(event) => props.onToggle?.(event.currentTarget.open)}>
      <summary>
        <h2>{props.title}</h2>
      </summary>
      {props.children}
    </details>
  );
}

/**
 * Who did what and when, newest first.
 * @param props.describe what was done, in the person's language
 */
export function AuditEntries<Event>(props: {
  readonly entries: readonly AuditEntry<Event>[];
  readonly describe: (event: Event) => ReactNode;
}) {
  const { dates } = useText();
  return (
    <ol className={css.entries}>
      {[...props.entries]
        .sort((one, other) => other.number - one.number)
        .map(({ number, at, by, event }) => (
          <li key={number}>
            <time dateTime={at}>{dates.moment(at)}</time>
            <span>
              <strong>{by?.name ?? 'Big Room'}</strong> {props.describe(event)}
            </span>
          </li>
        ))}
    </ol>
  );
}

/** What somebody wrote or what was reported, under what was done. */
export function AuditQuote(props: { readonly text: string; readonly isSaid?: boolean }) {
  const Quote = props.isSaid === true ? 'q' : 'span';
  return <Quote className={css.quote}>{props.text}</Quote>;
}
