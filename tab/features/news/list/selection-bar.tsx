import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import type { NewsLine } from '../../../../src/news/types.js';
import type { NewsItemAnswer } from '../../../../src/shared/answers/news.js';
import { ApiError } from '../../../api.js';
import { useShell, useText } from '../../../shared/context.js';
import { useKeys } from '../../../shared/keys.js';
import { PlainSelect } from '../../../shared/plain-select.js';
import { problemText, SaidProblem } from '../../../shared/problem.js';
import { useLoad } from '../../../shared/use-load.js';
import { titleIn } from '../../../text.js';
import { getReviewers, newsItemApi, placeInNewsletter, undoInNewsletter } from '../api.js';
import { withEach } from './selection.js';
import css from './list.module.css';

const noteLimit = 2000;

type Undo = () => Promise<unknown>;

interface Failed {
  readonly line: NewsLine;
  readonly error: unknown;
}

/** What came of doing something with several items. */
interface Several {
  readonly count: number;
  /** What takes it back; what has none has changed nothing. */
  readonly undos: readonly Undo[];
  readonly failed: readonly Failed[];
}

/** What can be done with the selected items at once. */
export function SelectionBar(props: {
  readonly lines: readonly NewsLine[];
  readonly onClear: () => void;
  /** @param left those with which it did not succeed */
  readonly onDone: (left: readonly string[]) => void;
}) {
  const { lines, onClear, onDone } = props;
  const { api, session, ask, notify, warn, texts } = useShell();
  const { t, language } = useText();
  const reviewers = useLoad('reviewers', () => getReviewers(api));
  const [isBusy, setBusy] = useState(false);
  const count = lines.length;

  const failedText = (done: number, failed: readonly Failed[]): string => {
    const [first] = failed;
    const isChanged = first?.error instanceof ApiError && first.error.code === 'text.conflict';
    return t('news.select.failed', {
      done,
      failed: failed.length,
      title: first === undefined ? '' : titleIn(language, first.line.titles),
      why: isChanged ? t('news.select.changedSince') : problemText(texts, first?.error),
    });
  };
  /** Says what was done and what was not, with a way to take back all that was done. */
  const say = (done: string, { count: of, undos, failed }: Several): void => {
    const undo = async (): Promise<void> => {
      const undone = await withEach(undos, (each) => each());
      onDone([]);
      const [stuck] = undone.failed;
      if (stuck !== undefined) throw stuck.error;
    };
    const isUndoable = undos.length > 0;
    if (failed.length === 0) notify(done, isUndoable ? undo : undefined);
    else warn(failedText(of, failed), isUndoable ? { text: done, undo } : undefined);
    onDone(failed.map(({ line }) => line.id));
  };
  const each = async (
    among: readonly NewsLine[],
    act: (line: NewsLine) => Promise<Undo | undefined>,
  ): Promise<Several> => {
    const { done, failed } = await withEach(among, act);
    return {
      count: done.length,
      undos: done.filter((undo) => undo !== undefined),
      failed: failed.map(({ each: line, error }) => ({ line, error })),
    };
  };
  const run = async (done: (count: number) => string, act: () => Promise<Several>): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    const several = await act().catch((error: unknown) => ({
      count: 0,
      undos: [],
      failed: lines.map((line) => ({ line, error })),
    }));
    setBusy(false);
    say(done(several.count), several);
  };
  /** What takes back what the answer says of. */
  const undoOf = (id: string, { undo }: NewsItemAnswer): Undo | undefined =>
    undo === undefined ? undefined : () => newsItemApi(api, id).undo(undo);

  const accept = () =>
    run(
      (done) => t('news.select.accepted', { count: done }),
      () =>
        each(lines, async ({ id, revisions: seen }) =>
          undoOf(id, await newsItemApi(api, id).move('accept', { ...(seen && { seen }) })),
        ),
    );
  const place = () =>
    run(
      (done) => t('news.select.placed', { count: done }),
      async () => {
        const { placed, issueId, undo, failed } = await placeInNewsletter(api, lines);
        const isUndoable = issueId !== undefined && undo !== undefined;
        return {
          count: placed.length,
          undos: isUndoable ? [() => undoInNewsletter(api, issueId, undo)] : [],
          failed: failed.flatMap(({ newsId, code, details }) => {
            const line = lines.find(({ id }) => id === newsId);
            return line === undefined ? [] : [{ line, error: new ApiError(code, 409, [], details) }];
          }),
        };
      },
    );
  const assign = (to: string) =>
    run(
      (done) => t('news.select.assigned', { count: done }),
      () =>
        each(lines, async ({ id }) =>
          undoOf(id, await newsItemApi(api, id).assign(to === 'nobody' ? null : to)),
        ),
    );
  const question = async (): Promise<void> => {
    if (isBusy) return;
    let sofar: Several = { count: 0, undos: [], failed: [] };
    let left = lines;
    const asked = {
      title: t('news.select.ask.title', { count }),
      text: t('news.select.ask.text'),
      verb: t('news.do.requestChanges'),
      note: { label: t('news.ask.requestChanges.label'), required: true, limit: noteLimit },
    };
    await ask(asked, async ({ note }) => {
      const now = await each(left, async ({ id }) =>
        undoOf(id, await newsItemApi(api, id).move('requestChanges', { note })),
      );
      sofar = { count: sofar.count + now.count, undos: [...sofar.undos, ...now.undos], failed: now.failed };
      left = now.failed.map(({ line }) => line);
      const [first] = now.failed;
      if (first === undefined) return;
      // A fault of what was written is said at its field; it is the same for all.
      if (first.error instanceof ApiError && first.error.fields.length > 0) throw first.error;
      throw new SaidProblem(failedText(sofar.count, now.failed));
    });
    if (sofar.count > 0) say(t('news.select.asked', { count: sofar.count }), sofar);
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
