import { Button } from '@fluentui/react-components';
import { useShell, useText } from '../context.js';
import { problemText } from '../problem.js';
import { isStorable } from './autosave.js';
import type { WritingHandle } from './use-writing.js';
import css from './texts.module.css';

/** The quiet word on what is stored: "saved 14.02", or what stands in the way. */
export function Saved({ handle }: { readonly handle: WritingHandle }) {
  const { writing, saveNow } = handle;
  const { t, dates } = useText();
  const { texts } = useShell();
  let text = '';
  if (writing.phase === 'clean' && writing.savedAt !== undefined) {
    text = t('news.saved.at', { time: dates.time(writing.savedAt) });
  }
  if (writing.phase === 'dirty') {
    text = isStorable(writing.words) ? t('news.saved.soon') : t('news.saved.needsTitle');
  }
  if (writing.phase === 'saving') text = t('news.saved.now');
  if (writing.phase === 'conflict') text = t('news.saved.conflict');
  const isFailed = writing.phase === 'failed';
  return (
    <>
      <span role="status" data-trouble={isFailed || writing.phase === 'conflict'}>
        {isFailed ? t('news.saved.failed', { why: problemText(texts, writing.error) }) : text}
      </span>
      {isFailed && (
        <Button size="small" className={css.retry ?? ''} onClick={saveNow}>
          {t('shared.retry')}
        </Button>
      )}
    </>
  );
}
