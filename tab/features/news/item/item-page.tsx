import { useCallback, useEffect, useRef } from 'react';
import type { NewsItemAnswer } from '../../../../src/shared/answers/news.js';
import type { NewsItem } from '../../../../src/news/types.js';
import { useShell, useText } from '../../../shared/context.js';
import { Await, Bones } from '../../../shared/states.js';
import { useLoad } from '../../../shared/use-load.js';
import { Texts } from '../../../shared/writing/texts.js';
import { titleIn } from '../../../shared/title-in.js';
import { lineOf } from '../line.js';
import { Actions } from './actions.js';
import { AuditTrail } from './audit-trail.js';
import { Background } from './background.js';
import { ItemHead } from './item-head.js';
import { Notices } from './notices.js';
import { useSubject } from './use-subject.js';
import { newsItemApi } from './api.js';
import css from './item.module.css';

/** One item: where it stands, what can be done, its texts side by side, and its story so far. */
export function ItemPage(props: { readonly id: string; readonly onChanged: (item: NewsItem) => void }) {
  const { api } = useShell();
  const { path, get } = newsItemApi(api, props.id);
  const answer = useLoad(path, get);
  useFreshness(answer.reload);
  const { set } = answer;
  const { onChanged } = props;
  const onAnswer = useCallback(
    (next: NewsItemAnswer) => {
      set(next);
      onChanged(next.item);
    },
    [set, onChanged],
  );
  return (
    <Await loaded={answer} bones={<Bones rows={3} height={140} />}>
      {(value) => <Item answer={value} onAnswer={onAnswer} />}
    </Await>
  );
}

/** Whoever comes back to the page after a while sees what others have done meanwhile. */
function useFreshness(reload: () => void): void {
  useEffect(() => {
    const onBack = (): void => {
      if (document.visibilityState === 'visible') reload();
    };
    document.addEventListener('visibilitychange', onBack);
    return () => document.removeEventListener('visibilitychange', onBack);
  }, [reload]);
}

function Item(props: {
  readonly answer: NewsItemAnswer;
  readonly onAnswer: (answer: NewsItemAnswer) => void;
}) {
  const { answer, onAnswer } = props;
  const { item } = answer;
  const { t, language } = useText();
  const subject = useSubject(item, onAnswer);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const title = titleIn(language, lineOf(item).titles);
  return (
    <article className={css.item}>
      <h1 ref={heading} tabIndex={-1} className={css.hidden}>
        {t('news.item.heading', { title })}
      </h1>
      <div className={css.bar}>
        <ItemHead item={item} />
        <Actions answer={answer} onAnswer={onAnswer} />
      </div>
      <Notices answer={answer} />
      <Texts subject={subject} mayEdit={answer.actions.includes('edit')} />
      <Background item={item} mayEdit={answer.actions.includes('edit')} onAnswer={onAnswer} />
      <AuditTrail item={item} />
    </article>
  );
}
