import { Button, Input } from '@fluentui/react-components';
import { Add20Regular, ArrowDown20Regular, ArrowUp20Regular, Delete20Regular } from '@fluentui/react-icons';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { AgendaItem } from '../../../../src/sessions/series/series.js';
import { timedAgenda } from '../../../../src/shared/agenda-times.js';
import type { FieldFault } from '../../../../src/platform/errors.js';
import type { Language } from '../../../../src/shared/languages.js';
import { seenAfter, valueAt } from '../../../../src/shared/merge.js';
import { ApiError } from '../../../api.js';
import { useShell, useText } from '../../../shared/context.js';
import { fieldProblem } from '../../../shared/problem.js';
import { titleOf } from '../../../text.js';
import { filled, missingLanguages, moved } from '../series/form.js';
import { Collision, useCollisions, type Collisions } from './collision.js';
import { MissingLanguages } from './missing-languages.js';
import css from './agenda-editor.module.css';

const newItem = (): AgendaItem => ({ id: crypto.randomUUID().slice(0, 8), title: {} });

/** What an entry, or the order of all, is in words. */
function wordsOf(value: unknown, language: Language): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (Array.isArray(value))
    return (value as readonly AgendaItem[]).map((item) => wordsOf(item, language)).join('\n');
  const { title, minutes } = (value ?? {}) as Partial<AgendaItem>;
  if (title === undefined) return '';
  return [titleOf(title, language).title, ...(minutes === undefined ? [] : [`${String(minutes)} min`])].join(
    ' · ',
  );
}

const isAt = (path: string, place: string): boolean => path === place || path.startsWith(`${place}.`);

/** What is wrong with the list, without what the writer has settled since. */
function faultsOf(fault: unknown, field: string, { theirs }: Collisions): readonly FieldFault[] {
  if (!(fault instanceof ApiError)) return [];
  return fault.fields.filter(
    (one) => isAt(one.field, field) && (one.code !== 'changedMeanwhile' || one.field in theirs),
  );
}

/**
 * An agenda's items, each with a title (in the languages given) and minutes. Enter adds the next, Alt with an arrow
 * moves, Backspace takes an empty one away.
 */
export function AgendaEditor(props: {
  readonly items: readonly AgendaItem[];
  readonly languages: readonly Language[];
  readonly fault: unknown;
  /** What the list is called in the form: faults of an item are at `<field>.<id>`. */
  readonly field: string;
  /** The first item has the focus as soon as it is there. */
  readonly isFocused?: boolean;
  /** The session of which it is the agenda, where there is one: then each item says when it begins. */
  readonly session?: { readonly start: string; readonly end: string };
  readonly onChange: (items: readonly AgendaItem[]) => void;
}) {
  const { items, languages, fault, field, onChange } = props;
  const { texts } = useShell();
  const { t, dates, language: reader } = useText();
  const times = props.session === undefined ? [] : timedAgenda(items, props.session);
  const collisions = useCollisions(fault);
  const { theirs } = collisions;
  const faults = faultsOf(fault, field, collisions);
  // Of the whole list, or of an item that was removed here.
  const listFaults = faults.filter((one) => !items.some(({ id }) => isAt(one.field, `${field}.${id}`)));
  const take = (path: string): void => {
    collisions.settle(path);
    onChange(seenAfter({ [field]: items }, { [path]: theirs[path] })[field] as readonly AgendaItem[]);
  };
  /** What a place of the list is called, and in which language it is. */
  const placeOf = (path: string): { readonly label: string; readonly language?: Language } => {
    const [id, part, language] = path.slice(field.length + 1).split('.');
    const number = items.findIndex((item) => item.id === id) + 1;
    if (part === 'title' && language !== undefined && number > 0)
      return {
        label: t('sessions.agenda.itemIn', { number, language }),
        language: language as Language,
      };
    if (part === 'minutes' && number > 0) return { label: t('sessions.agenda.minutesOf', { number }) };
    return {
      label: t(
        number > 0 || id === undefined || id === '' ? 'sessions.agenda.order' : 'sessions.agenda.removed',
      ),
    };
  };
  const shown = (some: readonly FieldFault[]) =>
    some.map((one) =>
      one.field in theirs ? (
        <Collision
          key={one.field}
          {...placeOf(one.field)}
          mine={wordsOf(valueAt({ [field]: items }, one.field), reader)}
          theirs={wordsOf(theirs[one.field], reader)}
          onKeep={() => collisions.settle(one.field)}
          onTake={() => take(one.field)}
        />
      ) : (
        <p key={one.field} role="alert" className={css.fault}>
          {fieldProblem(texts, fault, one.field)}
        </p>
      ),
    );
  const list = useRef<HTMLOListElement>(null);
  // Only once: whoever types in another item stays there.
  const wanted = useRef(props.isFocused === true ? items[0]?.id : undefined);
  useEffect(() => {
    if (wanted.current === undefined) return;
    list.current?.querySelector<HTMLInputElement>(`[data-item="${wanted.current}"] input`)?.focus();
    wanted.current = undefined;
  }, [items]);
  const change = (index: number, item: AgendaItem): void =>
    onChange(items.map((current, at) => (at === index ? item : current)));
  const add = (after: number): void => {
    const item = newItem();
    wanted.current = item.id;
    onChange([...items.slice(0, after + 1), item, ...items.slice(after + 1)]);
  };
  const remove = (index: number): void => {
    wanted.current = items[index === 0 ? 1 : index - 1]?.id;
    onChange(items.filter((_, at) => at !== index));
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>, index: number): void => {
    const by = event.altKey ? { ArrowUp: -1 as const, ArrowDown: 1 as const }[event.key] : undefined;
    const isEmptied = event.key === 'Backspace' && event.currentTarget.value === '';
    if (event.key === 'Enter') add(index);
    else if (by !== undefined) onChange(moved(items, index, by));
    else if (isEmptied && filled(items.slice(index, index + 1)).length === 0) remove(index);
    else return;
    event.preventDefault();
  };
  return (
    <div className={css.editor}>
      <ol ref={list} className={css.items} data-timed={props.session !== undefined}>
        {items.map((item, index) => (
          <li key={item.id} data-item={item.id}>
            <span className={css.clock}>{times[index]?.start && dates.time(times[index].start)}</span>
            <div className={css.titles}>
              {languages.map((language) => (
                <Input
                  key={language}
                  lang={language}
                  value={item.title[language] ?? ''}
                  aria-label={t('sessions.agenda.itemIn', {
                    number: index + 1,
                    language,
                  })}
                  placeholder={
                    languages.length > 1
                      ? t('sessions.agenda.inLanguage', { language })
                      : t('sessions.agenda.item')
                  }
                  onKeyDown={(event) => onKey(event, index)}
                  onChange={(_, { value }) =>
                    change(index, { ...item, title: { ...item.title, [language]: value } })
                  }
                />
              ))}
            </div>
            <Input
              className={css.minutes ?? ''}
              type="number"
              min={0}
              max={600}
              aria-label={t('sessions.agenda.minutesOf', { number: index + 1 })}
              contentAfter="min"
              value={item.minutes === undefined ? '' : String(item.minutes)}
              onKeyDown={(event) => onKey(event, index)}
              onChange={(_, { value }) => {
                const { minutes: _minutes, ...rest } = item;
                change(index, value === '' ? rest : { ...rest, minutes: Number(value) });
              }}
            />
            <span className={css.tools}>
              <Button
                appearance="subtle"
                icon={<ArrowUp20Regular />}
                aria-label={t('sessions.agenda.up', { number: index + 1 })}
                disabledFocusable={index === 0}
                onClick={() => onChange(moved(items, index, -1))}
              />
              <Button
                appearance="subtle"
                icon={<ArrowDown20Regular />}
                aria-label={t('sessions.agenda.down', { number: index + 1 })}
                disabledFocusable={index === items.length - 1}
                onClick={() => onChange(moved(items, index, 1))}
              />
              <Button
                appearance="subtle"
                icon={<Delete20Regular />}
                aria-label={t('sessions.agenda.remove', { number: index + 1 })}
                onClick={() => remove(index)}
              />
            </span>
            <MissingLanguages languages={missingLanguages(item.title)} />
            {shown(faults.filter((one) => isAt(one.field, `${field}.${item.id}`)))}
          </li>
        ))}
      </ol>
      {shown(listFaults)}
      <Button appearance="subtle" icon={<Add20Regular />} onClick={() => add(items.length - 1)}>
        {t('sessions.agenda.add')}
      </Button>
      <p className={css.keys}>{t('sessions.agenda.keys')}</p>
    </div>
  );
}
