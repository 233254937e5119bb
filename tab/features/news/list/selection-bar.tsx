import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import type { NewsLine } from '../../../../src/news/types.js';
import { useShell, useText } from '../../../shared/context.js';
import { useKeys } from '../../../shared/keys.js';
import { PlainSelect } from '../../../shared/plain-select.js';
import { problemText } from '../../../shared/problem.js';
import { useLoad } from '../../../shared/use-load.js';
import { titleIn } from '../../../text.js';
import { getReviewers, newsItemApi, type MoveAction } from '../api.js';
import { withEach } from './selection.js';
import css from './list.module.css';

const noteLimit = 2000;

type Undo = () => Promise<unknown>;

/** What can be done with the selected items at once. */
export function SelectionBar(props: {
  readonly lines: readonly NewsLine[];
  readonly onClear: () => void;
  readonly onDone: () => void;
}) {
  const { lines, onClear, onDone } = props;
  const { api, session, ask, notify, warn, texts } = useShell();
  const { t, language } = useText();
  const reviewers = useLoad('reviewers', () => getReviewers(api));
  const [isBusy, setBusy] = useState(false);
  const count = lines.length;

  /** @param act gives the way to take it back, where there is one */
  const doEach = async (
    done: (count: number) => string,
    act: (id: string) => Promise<Undo | undefined>,
  ): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    const outcome = await withEach(
      lines.map(({ id }) => id),
      act,
    );
    setBusy(false);
    const [first] = outcome.failed;
    const undos = outcome.done.filter((undo) => undo !== undefined);
    const undoAll = async (): Promise<void> => {
      const undone = await withEach(undos, (undo) => undo());
      onDone();
      const [stuck] = undone.failed;
      if (stuck !== undefined) throw stuck.error;
    };
    if (first === undefined) {
      notify(done(outcome.done.length), undos.length === outcome.done.length ? undoAll : undefined);
    } else {
      const line = lines.find(({ id }) => id === first.each);
      const title = line === undefined ? '' : titleIn(language, line.titles);
      warn(
        t('news.select.failed', {
          done: outcome.done.length,
          failed: outcome.failed.length,
          title,
          why: problemText(texts, first.error),
        }),
      );
    }
    onDone();
  };
  const move = async (id: string, action: MoveAction, body: object): Promise<Undo | undefined> => {
    const { undo } = await newsItemApi(api, id).move(action, body);
    return undo === undefined ? undefined : () => newsItemApi(api, id).undo(undo);
  };
  const accept = () =>
    doEach(
      (done) => t('news.select.accepted', { count: done }),
      (id) => move(id, 'accept', {}),
    );
  const place = () =>
    doEach(
      (done) => t('news.select.placed', { count: done }),
      async (id) => {
        const { undo, issue } = await newsItemApi(api, id).placeInNewsletter(false);
        if (undo === undefined || issue === undefined) return undefined;
        return () => newsItemApi(api, id).undoInNewsletter(issue.id, undo);
      },
    );
  const assign = (to: string) =>
    doEach(
      (done) => t('news.select.assigned', { count: done }),
      async (id) => {
        await newsItemApi(api, id).assign(to === 'nobody' ? null : to);
        return undefined;
      },
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
      (id) => move(id, 'requestChanges', { note: answered.note }),
    );
  };
  // While something is selected, the keys are for all of it, not for the item that may be open beside it.
  useKeys(
    {
      a: () => void accept(),
      q: () => void question(),
      m: () => void assign(session.person.id),
      Escape: onClear,
    },
    { goesFirst: true },
  );
  const people = reviewers.state === 'ready' ? reviewers.value.people : [];
  return (
    <div className={css.selection} role="group" aria-label={t('news.select.label')} aria-busy={isBusy}>
      <span className={css.selectionHead}>{t('news.select.count', { count })}</span>
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
      <Button size="small" appearance="subtle" onClick={onClear}>
        {t('news.select.clear')}
      </Button>
    </div>
  );
}
