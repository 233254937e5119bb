import { Button, Input } from '@fluentui/react-components';
import { Add20Regular, ArrowDown20Regular, ArrowUp20Regular, Delete20Regular } from '@fluentui/react-icons';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { AgendaItem } from '../../../../src/sessions/series/series.js';
import type { Language } from '../../../../src/shared/languages.js';
import { ApiError } from '../../../api.js';
import { useShell, useText } from '../../../shared/context.js';
import { faultAt } from '../../../shared/problem.js';
import { filled, moved } from '../series/form.js';
import css from './agenda-editor.module.css';

const newItem = (): AgendaItem => ({ id: crypto.randomUUID().slice(0, 8), title: {} });

/** The fault of the list that none of these items shows: where it is. */
function faultOfRest(fault: unknown, field: string, ids: readonly string[]): string | undefined {
  if (!(fault instanceof ApiError)) return undefined;
  const isOf = (path: string, of: string): boolean => path === of || path.startsWith(`${of}.`);
  const rest = fault.fields.find(
    (one) => isOf(one.field, field) && !ids.some((id) => isOf(one.field, `${field}.${id}`)),
  );
  return rest?.field;
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
  readonly onChange: (items: readonly AgendaItem[]) => void;
}) {
  const { items, languages, onChange } = props;
  const { texts } = useShell();
  const ids = items.map(({ id }) => id);
  const faultOf = (id: string) => faultAt(texts, props.fault, `${props.field}.${id}`).validationMessage;
  // Of the whole list, or of an item that was removed here.
  const listFault = faultOfRest(props.fault, props.field, ids);
  const { t } = useText();
  const list = useRef<HTMLOListElement>(null);
  const [wanted, setWanted] = useState<string>();
  useEffect(() => {
    if (wanted !== undefined)
      list.current?.querySelector<HTMLInputElement>(`[data-item="${wanted}"] input`)?.focus();
  }, [wanted, items]);
  const change = (index: number, item: AgendaItem): void =>
    onChange(items.map((current, at) => (at === index ? item : current)));
  const add = (after: number): void => {
    const item = newItem();
    onChange([...items.slice(0, after + 1), item, ...items.slice(after + 1)]);
    setWanted(item.id);
  };
  const remove = (index: number): void => {
    onChange(items.filter((_, at) => at !== index));
    setWanted(items[index === 0 ? 1 : index - 1]?.id);
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
      <ol ref={list} className={css.items}>
        {items.map((item, index) => (
          <li key={item.id} data-item={item.id}>
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
            {faultOf(item.id) !== undefined && (
              <p role="alert" className={css.fault}>
                {faultOf(item.id)}
              </p>
            )}
          </li>
        ))}
      </ol>
      {listFault !== undefined && (
        <p role="alert" className={css.fault}>
          {faultAt(texts, props.fault, listFault).validationMessage}
        </p>
      )}
      <Button appearance="subtle" icon={<Add20Regular />} onClick={() => add(items.length - 1)}>
        {t('sessions.agenda.add')}
      </Button>
      <p className={css.keys}>{t('sessions.agenda.keys')}</p>
    </div>
  );
}
