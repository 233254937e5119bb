import { Input } from '@fluentui/react-components';
import { Search20Regular } from '@fluentui/react-icons';
import { useEffect, useId, useRef, useState } from 'react';
import { useKeys } from './keys.js';
import { href } from './route.js';
import { go, useRoute } from './use-route.js';

const typingPause = 250;

/** Searches when the typing pauses, and keeps it in the address, as `text`; `/` leads here. */
export function SearchField({ label }: { readonly label: string }) {
  const { path, query } = useRoute();
  const text = query.text ?? '';
  const id = useId();
  const [typed, setTyped] = useState(text);
  const here = useRef(path);
  const others = useRef(query);
  const sent = useRef(text);
  useEffect(() => {
    here.current = path;
    others.current = query;
  });
  // What somebody else puts into the address, as a button that shows everything, is shown here too.
  useEffect(() => {
    if (text === sent.current) return;
    sent.current = text;
    setTyped(text);
  }, [text]);
  useEffect(() => {
    const wanted = typed.trim();
    if (wanted === text) return undefined;
    const timer = setTimeout(() => {
      sent.current = wanted;
      go(href(here.current, { ...others.current, text: wanted }), 'replace');
    }, typingPause);
    return () => clearTimeout(timer);
  }, [typed, text]);
  useKeys({ '/': () => document.getElementById(id)?.focus() });
  return (
    <Input
      id={id}
      type="search"
      aria-label={label}
      placeholder={label}
      contentBefore={<Search20Regular aria-hidden="true" />}
      value={typed}
      onChange={(_, { value }) => setTyped(value)}
    />
  );
}
