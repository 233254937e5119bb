import { Button } from '@fluentui/react-components';
import { Add20Regular, ClipboardPaste20Regular } from '@fluentui/react-icons';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ContactListAnswer, ContactView } from '../../../src/shared/answers/contacts.js';
import { maxBulkContacts } from '../../../src/shared/contact-bulk.js';
import { listSeries } from '../../shared/api.js';
import { useShell, useText } from '../../shared/context.js';
import { useRowKeys } from '../../shared/keys.js';
import { href } from '../../shared/route.js';
import { SearchField } from '../../shared/search-field.js';
import { StateChip } from '../../shared/state-chip.js';
import { Await, Bones, Empty } from '../../shared/states.js';
import { useLoad, type Loaded } from '../../shared/use-load.js';
import { useRoute } from '../../shared/use-route.js';
import type { Api } from '../../api.js';
import { listContacts, type ContactFilters } from './api.js';
import { Filters } from './filters.js';
import { HelperButton } from './helper-button.js';
import { BulkBar } from './bulk-bar.js';
import type { Chosen } from './choosing.js';
import { consentChip, type SeriesOption } from './draft.js';
import css from './contacts.module.css';

const noSeries: readonly SeriesOption[] = [];

/** The contacts as far as they have been fetched, and the way to fetch more. */
export interface ContactList {
  readonly loaded: Loaded<ContactListAnswer>;
  readonly more: (() => Promise<void>) | undefined;
}

const filterNames = ['text', 'series', 'organisation', 'language', 'consent', 'unreached'] as const;

/** The filters that an address names. */
export function filtersOf(query: Readonly<Record<string, string>>): ContactFilters {
  return Object.fromEntries(
    filterNames.flatMap((name) => (query[name] === undefined ? [] : [[name, query[name]]])),
  );
}

/** So many short pages are fetched at once, so that a rare filter shows somebody. */
const maxShortPages = 20;

/** A page with somebody on it, where there is anybody. */
async function somePage(api: Api, filters: ContactFilters, after?: string): Promise<ContactListAnswer> {
  const lines: ContactView[] = [];
  let next = after;
  for (let page = 0; page < maxShortPages; page += 1) {
    const found = await listContacts(api, filters, next);
    lines.push(...found.lines);
    next = found.next;
    if (next === undefined) return { lines };
    if (lines.length >= 25) break;
  }
  return { lines, ...(next !== undefined && { next }) };
}

/** The contacts that a filter wants. */
export function useContacts(filters: ContactFilters): ContactList {
  const { api, fail } = useShell();
  const key = JSON.stringify(filters);
  const latest = useRef(filters);
  useEffect(() => {
    latest.current = filters;
  });
  const loaded = useLoad(`contacts ${key}`, () => somePage(api, filters));
  const { set } = loaded;
  const value = loaded.state === 'ready' ? loaded.value : undefined;
  const more = useCallback(async (): Promise<void> => {
    if (value?.next === undefined) return;
    try {
      const page = await somePage(api, latest.current, value.next);
      set({ ...page, lines: [...value.lines, ...page.lines] });
    } catch (error) {
      fail(error);
    }
  }, [api, fail, set, value]);
  return { loaded, more: value?.next === undefined ? undefined : more };
}

/** All series, to which contacts may be invited. Without an answer none: a contact can be written all the same. */
export function useSeriesOptions(): readonly SeriesOption[] | undefined {
  const { api } = useShell();
  const loaded = useLoad('series', () => listSeries(api));
  if (loaded.state === 'loading') return undefined;
  return loaded.state === 'ready' ? loaded.value.series : noSeries;
}

/** The contacts by name, with a search; j, k and the arrows go along the rows. */
export function ContactListPane(props: {
  readonly list: ContactList;
  readonly openId: string | undefined;
  readonly series: readonly SeriesOption[];
  readonly onImport: (people: readonly ContactView[], seriesId: string) => void;
}) {
  const { list, openId, series, onImport } = props;
  const { notify } = useShell();
  const { t } = useText();
  const { query } = useRoute();
  const rows = useRef<HTMLDivElement>(null);
  useRowKeys(rows);
  const [chosen, setChosen] = useState<Chosen>(new Map());
  const filters = filtersOf(query);
  const isFiltered = Object.keys(filters).length > 0;
  const choose = (contact: ContactView, isChosen: boolean): void => {
    if (isChosen && chosen.size >= maxBulkContacts) {
      notify(t('contacts.bulk.full', { max: maxBulkContacts }));
      return;
    }
    const next = new Map(chosen);
    if (isChosen) next.set(contact.id, contact);
    else next.delete(contact.id);
    setChosen(next);
  };
  return (
    <>
      <div className={css.head}>
        <h1>{t('contacts.title')}</h1>
        <SearchField label={t('contacts.search')} />
        <Filters filters={filters} series={series} />
        <div className={css.buttons}>
          <Button
            as="a"
            appearance={openId === undefined ? 'primary' : 'secondary'}
            icon={<Add20Regular />}
            href={href(['contacts', 'new'], query)}
          >
            {t('contacts.add.short')}
          </Button>
          <Button
            as="a"
            appearance="subtle"
            icon={<ClipboardPaste20Regular />}
            href={href(['contacts', 'several'], query)}
          >
            {t('contacts.several.open')}
          </Button>
          <HelperButton />
        </div>
      </div>
      <BulkBar
        chosen={chosen}
        filters={filters}
        series={series}
        onChosen={setChosen}
        onImport={onImport}
        onChanged={list.loaded.refresh}
      />
      <div ref={rows}>
        <Await loaded={list.loaded} bones={<Bones rows={6} height={72} />}>
          {({ lines }) =>
            lines.length === 0 && isFiltered ? (
              <Empty title={t('contacts.none.title')} text={t('contacts.none.text')}>
                <Button as="a" href={href(['contacts'])}>
                  {t('contacts.none.clear')}
                </Button>
              </Empty>
            ) : (
              <ul className={css.rows}>
                {lines.map((contact) => (
                  <ContactRow
                    key={contact.id}
                    contact={contact}
                    series={series}
                    isOpen={contact.id === openId}
                    isChosen={chosen.has(contact.id)}
                    onChoose={(isChosen) => choose(contact, isChosen)}
                  />
                ))}
              </ul>
            )
          }
        </Await>
      </div>
      {list.more !== undefined && (
        <div className={css.end}>
          <Button appearance="subtle" onClick={() => void list.more?.()}>
            {t('shared.more')}
          </Button>
        </div>
      )}
    </>
  );
}

/** One contact: name, organisation and address, and whether they agreed. */
function ContactRow(props: {
  readonly contact: ContactView;
  readonly series: readonly SeriesOption[];
  readonly isOpen: boolean;
  readonly isChosen: boolean;
  readonly onChoose: (isChosen: boolean) => void;
}) {
  const { contact, isOpen, isChosen, onChoose } = props;
  const { t } = useText();
  const { query } = useRoute();
  const { id, name, organisation, address } = contact;
  // A draft of a series may have been thrown away since they were chosen for it.
  const known = props.series.filter((one) => contact.series.includes(one.id)).length;
  return (
    <li className={css.line}>
      <input
        type="checkbox"
        aria-label={t('contacts.bulk.choose', { name })}
        checked={isChosen}
        onChange={({ target }) => onChoose(target.checked)}
      />
      <a
        id={`contact-${id}`}
        className={css.row}
        href={href(['contacts', id], query)}
        aria-current={isOpen ? 'true' : undefined}
      >
        <span className={css.name}>{name}</span>
        <span className={css.quiet}>
          {organisation === undefined ? address : `${organisation} · ${address}`}
        </span>
        <span className={css.marks}>
          <StateChip kind="consent" state={consentChip(contact)} />
          {contact.unreachedAt !== undefined && (
            <span className={css.unreached}>{t('contacts.unreached')}</span>
          )}
          <span className={css.quiet}>
            {known === 0 ? t('contacts.series.none') : t('contacts.series.count', { count: known })}
          </span>
        </span>
      </a>
    </li>
  );
}
