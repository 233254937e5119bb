import { Button } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import type { TextContent } from '../../../src/content/text.js';
import type { PublicLanguage } from '../../../src/shared/languages.js';
import { useText } from '../context.js';
import type { Version } from './autosave.js';
import { ConflictSides } from './conflict-view.js';
import { fieldId } from './subject.js';
import css from './conflict.module.css';

const fields = ['title', 'lead', 'body'] as const;

/** Two people wrote the same text: both are shown with what sets them apart, and the later one chooses. */
export function Conflict(props: {
  readonly language: PublicLanguage;
  readonly mine: TextContent;
  readonly theirs: Version<TextContent, number>;
  readonly onResolve: (content: TextContent) => void;
}) {
  const { language, mine, onResolve } = props;
  const { content: theirs, saved } = props.theirs;
  const { t, dates } = useText();
  const [isMerging, setMerging] = useState(false);
  const name = saved?.by.name ?? '';
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    panel.current?.scrollIntoView({ block: 'start' });
  }, []);
  const merge = (): void => {
    setMerging(true);
    document.getElementById(fieldId(language, 'title'))?.focus();
  };
  return (
    <section ref={panel} className={css.conflict} aria-label={t('news.conflict.title', { language })}>
      <h2>{t('news.conflict.title', { language })}</h2>
      <p role="alert">{t(isMerging ? 'news.conflict.mergeText' : 'news.conflict.text', { name })}</p>
      <ConflictSides
        fields={fields.map((key) => ({ key, mine: mine[key], theirs: theirs[key] }))}
        titles={{
          mine: t('news.conflict.mine'),
          theirs: t('news.conflict.theirs', { name, time: saved === undefined ? '' : dates.brief(saved.at) }),
        }}
        language={language}
      />
      <div className={css.choices}>
        <Button appearance="primary" onClick={() => onResolve(mine)}>
          {t(isMerging ? 'news.conflict.saveMerged' : 'news.conflict.keepMine')}
        </Button>
        <Button onClick={() => onResolve(theirs)}>{t('news.conflict.takeTheirs')}</Button>
        {!isMerging && (
          <Button appearance="subtle" onClick={merge}>
            {t('news.conflict.merge')}
          </Button>
        )}
      </div>
    </section>
  );
}
