import { Button } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import type { TextContent } from '../../../src/content/text.js';
import type { PublicLanguage } from '../../../src/shared/languages.js';
import { useText } from '../context.js';
import { textDifference } from '../word-difference.js';
import type { Version } from './autosave.js';
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
      <div className={css.pair} lang={language}>
        <Side title={t('news.conflict.mine')} kind="added" mine={mine} theirs={theirs} />
        <Side
          title={t('news.conflict.theirs', { name, time: saved === undefined ? '' : dates.brief(saved.at) })}
          kind="removed"
          mine={mine}
          theirs={theirs}
        />
      </div>
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

function Side(props: {
  readonly title: string;
  readonly kind: 'added' | 'removed';
  readonly mine: TextContent;
  readonly theirs: TextContent;
}) {
  return (
    <div className={css.side} role="group" aria-label={props.title} tabIndex={0}>
      <h3>{props.title}</h3>
      {fields.map((field) => (
        <p key={field} data-field={field}>
          {textDifference(props.theirs[field], props.mine[field])
            .filter((piece) => piece.kind === 'same' || piece.kind === props.kind)
            .map((piece, index) =>
              piece.kind === 'same' ? (
                <span key={index}>{piece.text}</span>
              ) : (
                <mark key={index}>{piece.text}</mark>
              ),
            )}
        </p>
      ))}
    </div>
  );
}
