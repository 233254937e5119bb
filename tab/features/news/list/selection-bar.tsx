import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import type { NewsLine } from '../../../../src/news/types.js';
import { useShell, useText } from '../../../shared/context.js';
import { PlainSelect } from '../../../shared/plain-select.js';
import { problemText } from '../../../shared/problem.js';
import { useLoad } from '../../../shared/use-load.js';
import { titleIn } from '../../../text.js';
import { getReviewers, newsItemApi } from '../api.js';
import { withEach } from './selection.js';
import css from './list.module.css';

const noteLimit = 2000;

/** What can be done with the selected items at once. */
export function SelectionBar(props: {
  readonly lines: readonly NewsLine[];
  readonly onClear: () => void;
  readonly onDone: () => void;
}) {
  const { lines, onClear, onDone } = props;
  const { api, ask, notify, warn, texts } = useShell();
  const { t, language } = useText();
  const reviewers = useLoad('reviewers', () => getReviewers(api));
  const [isBusy, setBusy] = useState(false);
  const count = lines.length;

  const doEach = async (
    done: (count: number) => string,
    act: (id: string) => Promise<unknown>,
  ): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    const outcome = await withEach(
      lines.map(({ id }) => id),
      act,
    );
    setBusy(false);
    const [first] = outcome.failed;
    if (first === undefined) notify(done(outcome.done));
    else {
      const line = lines.find(({ id }) => id === first.id);
      const title = line === undefined ? '' : titleIn(language, line.titles);
      warn(
        t('news.select.failed', {
          done: outcome.done,
          failed: outcome.failed.length,
          title,
          why: problemText(texts, first.error),
        }),
      );
    }
    onDone();
  };
  const accept = () =>
    doEach(
      (done) => t('news.select.accepted', { count: done }),
      (id) => newsItemApi(api, id).move('accept', {}),
    );
  const place = () =>
    doEach(
      (done) => t('news.select.placed', { count: done }),
      (id) => newsItemApi(api, id).placeInNewsletter(false),
    );
  const assign = (to: string) =>
    doEach(
      (done) => t('news.select.assigned', { count: done }),
      (id) => newsItemApi(api, id).assign(to === 'nobody' ? null : to),
    );
  const question = async (): Promise<void> => {
    const answered = await ask({
      title: t('news.select.ask.title', { count }),
      text: t('news.select.ask.text'),
      verb: t('news.do.requestChanges'),
      note: { label: t('news.ask.requestChanges.label'), required: true, limit: noteLimit },
    });
    if (answered === undefined) return;
    await doEach(
      (done) => t('news.select.asked', { count: done }),
      (id) => newsItemApi(api, id).move('requestChanges', { note: answered.note }),
    );
  };
  const people = reviewers.state === 'ready' ? reviewers.value.people : [];
  return (
    <div className={css.selection} role="group" aria-label={t('news.select.label')} aria-busy={isBusy}>
      <div className={css.selectionHead}>
        <span role="status">{t('news.select.count', { count })}</span>
        <Button size="small" appearance="subtle" onClick={onClear}>
          {t('news.select.clear')}
        </Button>
      </div>
      <Button size="small" appearance="primary" disabledFocusable={isBusy} onClick={() => void accept()}>
        {t('news.do.accept')}
      </Button>
      <Button size="small" disabledFocusable={isBusy} onClick={() => void place()}>
        {t('news.place.newsletter')}
      </Button>
      <Button size="small" disabledFocusable={isBusy} onClick={() => void question()}>
        {t('news.do.requestChanges')}
      </Button>
      <PlainSelect
        className={css.choice}
        aria-label={t('news.assign.label')}
        value=""
        disabled={isBusy}
        onChange={(event) => void assign(event.target.value)}
      >
        <option value="" disabled>
          {t('news.assign.choose')}
        </option>
        <option value="nobody">{t('news.assign.nobody')}</option>
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </PlainSelect>
    </div>
  );
}
