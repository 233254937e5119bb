import { Button } from '@fluentui/react-components';
import { ArrowUndo16Regular } from '@fluentui/react-icons';
import { useState, type ReactNode } from 'react';
import type { PersonRef } from '../../src/platform/actor.js';
import { useShell, useText } from './context.js';
import { Disclosure } from './disclosure.js';
import { Await, Bones } from './states.js';
import { useLoad } from './use-load.js';
import { useWho } from './who.js';
import css from './audit-trail.module.css';

/** One thing that was done; without `by` Big Room did it itself. */
export interface AuditEntry<Event> {
  readonly at: string;
  /** The first time, of what happened several times in a row. */
  readonly since?: string;
  readonly by?: Pick<PersonRef, 'name' | 'for'>;
  readonly event: Event;
}

interface TrailPage<Event> {
  readonly lines: readonly AuditEntry<Event>[];
  readonly next?: string;
  /** The number of the newest entry, where one may undo it. */
  readonly undo?: number;
}

interface TrailProps<Event> {
  /** Where the trail is fetched. */
  readonly path: string;
  /** Changes with what the trail is about: then it is fetched again. */
  readonly version: string | number;
  /** Who did what nobody is named for; Big Room unless given. */
  readonly nobody?: string;
  /** What was done, in the person's language. */
  readonly describe: (event: Event) => ReactNode;
  /** Takes back the newest entry; offered where the trail says that it may be. */
  readonly onUndo?: (audit: number) => Promise<void>;
}

/** Who did what and when, newest first: closed until somebody wants to know, fetched when it is opened. */
export function AuditTrail<Event>(props: TrailProps<Event> & { readonly title: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Disclosure className={css.section} summary={<h2>{props.title}</h2>} onToggle={setOpen}>
      {isOpen && <Entries {...props} />}
    </Disclosure>
  );
}

function Entries<Event>({ path, version, nobody = 'Big Room', describe, onUndo }: TrailProps<Event>) {
  const { api, fail } = useShell();
  const { t } = useText();
  const loaded = useLoad(`${path} ${version}`, () => api.get<TrailPage<Event>>(path));
  const value = loaded.state === 'ready' ? loaded.value : undefined;
  const more = async (next: string): Promise<void> => {
    try {
      const page = await api.get<TrailPage<Event>>(`${path}?after=${encodeURIComponent(next)}`);
      loaded.set({ ...page, lines: [...(value?.lines ?? []), ...page.lines] });
    } catch (error) {
      fail(error);
    }
  };
  return (
    <Await loaded={loaded} bones={<Bones rows={3} height={24} />}>
      {({ lines, next, undo }) => (
        <>
          {onUndo !== undefined && undo !== undefined && (
            <Button
              size="small"
              icon={<ArrowUndo16Regular />}
              onClick={() => {
                onUndo(undo).catch((error: unknown) => {
                  fail(error);
                  loaded.reload();
                });
              }}
            >
              {t('shared.audit.undo')}
            </Button>
          )}
          {lines.length === 0 && <p>{t('shared.audit.none')}</p>}
          <ol className={css.entries}>
            {lines.map((entry, index) => (
              <Entry key={lines.length - index} entry={entry} nobody={nobody} describe={describe} />
            ))}
          </ol>
          {next !== undefined && (
            <Button appearance="subtle" onClick={() => void more(next)}>
              {t('shared.more')}
            </Button>
          )}
        </>
      )}
    </Await>
  );
}

function Entry<Event>(props: {
  readonly entry: AuditEntry<Event>;
  readonly nobody: string;
  readonly describe: (event: Event) => ReactNode;
}) {
  const { at, since, by, event } = props.entry;
  const who = useWho();
  const { t, dates } = useText();
  return (
    <li>
      <time dateTime={at}>
        {since === undefined
          ? dates.moment(at)
          : t('shared.audit.span', { from: dates.moment(since), to: dates.time(at) })}
      </time>
      <span>
        <strong>{by === undefined ? props.nobody : who(by)}</strong> {props.describe(event)}
      </span>
    </li>
  );
}

/** What somebody wrote or what was reported, under what was done. */
export function AuditQuote(props: { readonly text: string; readonly isSaid?: boolean }) {
  const Quote = props.isSaid === true ? 'q' : 'span';
  return <Quote className={css.quote}>{props.text}</Quote>;
}
