import { Search20Regular } from '@fluentui/react-icons';
import { useEffect, useId, useRef, useState } from 'react';
import type { NewsStateName } from '../../../../src/news/types.js';
import { publicLanguages } from '../../../../src/shared/languages.js';
import { useShell, useText } from '../../../shared/context.js';
import { useKeys } from '../../../shared/keys.js';
import { PlainSelect } from '../../../shared/plain-select.js';
import { href } from '../../../shared/route.js';
import { go, useRoute } from '../../../shared/use-route.js';
import type { FilterName } from './use-news-list.js';
import css from './list.module.css';

const states: readonly NewsStateName[] = [
  'submitted',
  'inReview',
  'changesRequested',
  'accepted',
  'rejected',
  'withdrawn',
];
const typingPause = 250;

/** What the list is narrowed by. It stands in the address, so a link and a reload keep it. */
export function NewsFilters() {
  const { t, language } = useText();
  const { session } = useShell();
  const { path, query } = useRoute();
  const set = (name: FilterName, value: string): void =>
    go(href(path, { ...query, [name]: value }), 'replace');
  const select = (name: FilterName, label: string, options: readonly (readonly [string, string])[]) => (
    <PlainSelect
      className={css.choice}
      aria-label={label}
      value={query[name] ?? ''}
      onChange={(event) => set(name, event.target.value)}
    >
      {options.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </PlainSelect>
  );
  return (
    <search className={css.filters}>
      <SearchField text={query.text ?? ''} onText={(text) => set('text', text)} />
      {select('project', t('news.filter.project'), [
        ['', t('news.filter.anyProject')],
        ...session.programme.projects.map((project) => [project.id, project.names[language]] as const),
      ])}
      {select('missing', t('news.filter.missing'), [
        ['', t('news.filter.anyLanguage')],
        ...publicLanguages.map((missing) => [missing, t(`news.missing.${missing}`)] as const),
      ])}
      {query.state === undefined
        ? select('assigned', t('news.filter.assigned'), [
            ['', t('news.filter.anybody')],
            ['me', t('news.filter.mine')],
            ...(session.person.actsFor ?? []).map(({ id, name }) => [id, name] as const),
          ])
        : // A link from elsewhere that shows one state of all views.
          select('state', t('news.filter.state'), [
            ['', t('news.filter.anyState')],
            ...states.map((state) => [state, t(`news.state.${state}`)] as const),
          ])}
    </search>
  );
}

/** Searches when the typing pauses; `/` leads here and Escape empties it. */
function SearchField({ text, onText }: { readonly text: string; readonly onText: (text: string) => void }) {
  const { t } = useText();
  const id = useId();
  const [typed, setTyped] = useState(text);
  const [sent, setSent] = useState(text);
  if (text !== sent) {
    // The address was changed from elsewhere: the field follows it.
    setSent(text);
    setTyped(text);
  }
  const latest = useRef(onText);
  useEffect(() => {
    latest.current = onText;
  });
  useEffect(() => {
    if (typed === text) return undefined;
    const timer = setTimeout(() => {
      setSent(typed);
      latest.current(typed);
    }, typingPause);
    return () => clearTimeout(timer);
  }, [typed, text]);
  useKeys({ '/': () => document.getElementById(id)?.focus() });
  return (
    <span className={css.search}>
      <Search20Regular aria-hidden="true" />
      <input
        id={id}
        type="search"
        aria-label={t('news.filter.text')}
        placeholder={t('news.filter.text')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          setTyped('');
          setSent('');
          onText('');
        }}
      />
    </span>
  );
}
