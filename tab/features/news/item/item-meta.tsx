import { ArrowRight16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Presence } from '../../../../src/news/presence.js';
import type { NewsItem } from '../../../../src/news/types.js';
import type { NewsItemAnswer, Reviewer } from '../../../../src/shared/answers/news.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { useKeys } from '../../../shared/keys.js';
import { PlainSelect } from '../../../shared/plain-select.js';
import { useLoad } from '../../../shared/use-load.js';
import { getReviewers, newsItemApi } from '../api.js';
import { useFacts } from '../list/line-meta.js';
import css from './item-meta.module.css';

/** On top of an item: for whom it is, who has it and where from, who else is at it, and the way to the next one. */
export function ItemMeta(props: {
  readonly item: NewsItem;
  readonly present: readonly Presence[];
  readonly next: string | undefined;
  readonly onAnswer: (answer: NewsItemAnswer) => void;
}) {
  const { item, present, next } = props;
  const { t } = useText();
  const facts = useFacts()(item);
  const isReviewer = useMay()('news:edit');
  return (
    <div className={css.meta}>
      {(facts !== '' || item.source !== undefined) && (
        <div className={css.facts}>
          {facts !== '' && <span>{facts}</span>}
          {item.source !== undefined && <span>{t('news.meta.source', { source: item.source })}</span>}
        </div>
      )}
      {isReviewer && <Assignee item={item} onAnswer={props.onAnswer} />}
      <span role="status" className={css.present}>
        {present
          .map(({ person, isTyping }) =>
            t(isTyping ? 'news.present.typing' : 'news.present.reading', { name: person.name }),
          )
          .join(' · ')}
      </span>
      {next !== undefined && (
        <a className={css.next} href={next}>
          {t('news.next')}
          <ArrowRight16Regular aria-hidden="true" />
        </a>
      )}
    </div>
  );
}

function Assignee(props: { readonly item: NewsItem; readonly onAnswer: (answer: NewsItemAnswer) => void }) {
  const { item, onAnswer } = props;
  const { api, session, notify, fail } = useShell();
  const { t, dates } = useText();
  const reviewers = useLoad('reviewers', () => getReviewers(api));
  const [isBusy, setBusy] = useState(false);
  const known = reviewers.state === 'ready' ? reviewers.value.people : [];
  // Somebody who reviews no more still has what was given to them.
  const { assignee } = item;
  const people =
    assignee === undefined || known.some(({ id }) => id === assignee.id) ? known : [assignee, ...known];
  const named = ({ name, away }: Reviewer): string =>
    away === undefined ? name : t('news.assign.away', { name, ...away, until: dates.plainDay(away.until) });
  const assign = async (to: string): Promise<void> => {
    if (isBusy || to === (assignee?.id ?? '')) return;
    setBusy(true);
    try {
      const itemApi = newsItemApi(api, item.id);
      const answer = await itemApi.assign(to === '' ? null : to);
      onAnswer(answer);
      const { undo } = answer;
      const name = people.find(({ id }) => id === to)?.name;
      notify(
        name === undefined ? t('news.assign.done.nobody') : t('news.assign.done', { name }),
        undo === undefined ? undefined : async () => onAnswer(await itemApi.undo(undo)),
      );
    } catch (error) {
      fail(error);
    } finally {
      setBusy(false);
    }
  };
  useKeys({ m: () => void assign(session.person.id) });
  return (
    <label className={css.assignee}>
      {t('news.assign.label')}
      <PlainSelect
        className={css.choice}
        value={assignee?.id ?? ''}
        disabled={isBusy}
        onChange={(event) => void assign(event.target.value)}
      >
        <option value="">{t('news.assign.nobody')}</option>
        {people.map((person) => (
          <option key={person.id} value={person.id}>
            {named(person)}
          </option>
        ))}
      </PlainSelect>
    </label>
  );
}
