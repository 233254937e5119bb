import { Button } from '@fluentui/react-components';
import type { TextContent } from '../../../src/content/text.js';
import { ApiError } from '../../api.js';
import { useShell, useText } from '../context.js';
import { problemText } from '../problem.js';
import { tooLongParts } from './item-text.js';
import type { WritingHandle } from './use-autosave.js';
import css from './texts.module.css';

/** The quiet word on what is stored: "saved 14.02", or what stands in the way. */
export function Saved<Content extends Partial<TextContent>, Mark>(props: {
  readonly handle: Pick<WritingHandle<Content, Mark>, 'writing' | 'saveNow'>;
  readonly isStorable: (content: Content) => boolean;
}) {
  const { writing, saveNow } = props.handle;
  const { t, dates } = useText();
  const { texts } = useShell();
  let text = '';
  if (writing.phase === 'clean' && writing.savedAt !== undefined) {
    text = t('news.saved.at', { time: dates.time(writing.savedAt) });
  }
  if (writing.phase === 'dirty') {
    const why = tooLongParts(writing.content).length > 0 ? 'tooLong' : 'needsTitle';
    text = t(`news.saved.${props.isStorable(writing.content) ? 'soon' : why}`);
  }
  if (writing.phase === 'saving') text = t('news.saved.now');
  if (writing.phase === 'conflict') text = t('news.saved.conflict');
  // What was refused for a field is said at that field, and sending it again would not help.
  const isRefused =
    writing.phase === 'failed' && writing.error instanceof ApiError && writing.error.fields.length > 0;
  if (isRefused) text = t('news.saved.refused');
  const isFailed = writing.phase === 'failed' && !isRefused;
  if (isFailed) {
    // Two lines are seen: without a connection they are for where the text is.
    const isOffline = writing.error instanceof ApiError && writing.error.code === 'network';
    text = isOffline
      ? t('news.saved.offline')
      : t('news.saved.failed', { why: problemText(texts, writing.error) });
  }
  return (
    <>
      <span role="status" data-trouble={isFailed || isRefused || writing.phase === 'conflict'}>
        {text}
      </span>
      {isFailed && (
        <Button size="small" className={css.retry ?? ''} onClick={saveNow}>
          {t('shared.retry')}
        </Button>
      )}
    </>
  );
}
