import { useEffect, useRef, useState } from 'react';
import { languages } from '../../../src/shared/languages.js';
import { useText } from '../../shared/context.js';
import { Disclosure } from '../../shared/disclosure.js';
import { PlainSelect } from '../../shared/plain-select.js';
import type { ConsentStateName } from '../../shared/state-chip.js';
import { href } from '../../shared/route.js';
import { go, useRoute } from '../../shared/use-route.js';
import type { ContactFilters } from './api.js';
import type { SeriesOption } from './draft.js';
import css from './contacts.module.css';

const consentStates: readonly ConsentStateName[] = [
  'given',
  'notAsked',
  'asked',
  'withdrawn',
  'unsubscribed',
];
const typingPause = 250;

/** Which contacts the list shows; kept in the address. */
export function Filters(props: {
  readonly filters: ContactFilters;
  readonly series: readonly SeriesOption[];
}) {
  const { filters, series } = props;
  const { t, language } = useText();
  const { path, query } = useRoute();
  const set = (name: keyof ContactFilters, value: string): void =>
    go(href(path, { ...query, [name]: value }), 'replace');
  const { text: _text, ...others } = filters;
  const select = (
    name: 'series' | 'language' | 'consent',
    options: readonly (readonly [string, string])[],
  ) => (
    <label>
      {t(`contacts.filter.${name}`)}
      <PlainSelect value={filters[name] ?? ''} onChange={({ target }) => set(name, target.value)}>
        <option value="">{t('contacts.filter.any')}</option>
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </PlainSelect>
    </label>
  );
  return (
    <Disclosure className={css.filters} summary={t('contacts.filter', { count: Object.keys(others).length })}>
      <div>
        {select(
          'series',
          series.map(({ id, names }) => [id, names[language]]),
        )}
        {select(
          'consent',
          consentStates.map((state) => [state, t(`consent.state.${state}`)]),
        )}
        {select(
          'language',
          languages.map((one) => [one, t(`language.own.${one}`)]),
        )}
        <Organisation value={filters.organisation ?? ''} onChange={(value) => set('organisation', value)} />
        <label data-row="true">
          <input
            type="checkbox"
            checked={filters.unreached !== undefined}
            onChange={({ target }) => set('unreached', target.checked ? '1' : '')}
          />
          {t('contacts.filter.unreached')}
        </label>
      </div>
    </Disclosure>
  );
}

/** Filters when the typing pauses. */
function Organisation(props: { readonly value: string; readonly onChange: (value: string) => void }) {
  const { t } = useText();
  const [typed, setTyped] = useState(props.value);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    if (typed.trim() === latest.current.value) return undefined;
    const timer = setTimeout(() => latest.current.onChange(typed.trim()), typingPause);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <label>
      {t('contacts.filter.organisation')}
      <input type="text" value={typed} onChange={({ target }) => setTyped(target.value)} />
    </label>
  );
}
