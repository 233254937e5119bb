import { Comment20Regular } from '@fluentui/react-icons';
import { useCallback, useEffect, useRef, type ReactNode } from 'react';
import { lineOf, shownState } from '../../../../src/news/line.js';
import type { Presence } from '../../../../src/news/presence.js';
import type { NewsItem, NewsAuditEntry } from '../../../../src/news/types.js';
import type { NewsItemAnswer } from '../../../../src/shared/answers/news.js';
import type { OutletsAnswer } from '../../../../src/shared/answers/outlets.js';
import { AuditQuote, AuditTrail } from '../../../shared/audit-trail.js';
import { useShell, useText, useProjectName } from '../../../shared/context.js';
import { StateChip } from '../../../shared/state-chip.js';
import { Await, Bones } from '../../../shared/states.js';
import { useFresh } from '../../../shared/use-fresh.js';
import { useLoad, type Loaded } from '../../../shared/use-load.js';
import { useItemSubject } from '../../../shared/writing/item-subject.js';
import { Texts } from '../../../shared/writing/texts.js';
import { titleIn, type TextKey } from '../../../text.js';
import { getNewsItem, getOutlets, newsItemApi } from '../api.js';
import { Actions } from './actions.js';
import { Background } from './background.js';
import { ItemMeta } from './item-meta.js';
import { Outlets } from './outlets.js';
import css from './item.module.css';
import { useShown } from './shown.js';
import { Thread } from './thread.js';

/** One item: where it stands, what can be done, its texts side by side, and its story so far. */
export function ItemPage(props: {
  readonly id: string;
  readonly onChanged: (item: NewsItem) => void;
  /** When the item changed last, as far as the desk has seen: then it is fetched again. */
  readonly changedAt: string | undefined;
  readonly present: readonly Presence[];
  /** Where the next item of the list is. */
  readonly next: string | undefined;
}) {
  const { api } = useShell();
  const { path, get, outletsPath, outlets: outletsOf } = newsItemApi(api, props.id);
  const answer = useLoad(
    path,
    get,
    api.atHand((ahead) => getNewsItem(ahead, props.id)),
  );
  useFresh(answer.refresh);
  const { set, refresh } = answer;
  const { onChanged, changedAt } = props;
  useEffect(() => {
    if (changedAt !== undefined) refresh();
  }, [changedAt, refresh]);
  const onAnswer = useCallback(
    (next: NewsItemAnswer) => {
      set(next);
      onChanged(next.item);
    },
    [set, onChanged],
  );
  // Asked for at the same time, and waited for: what came later would move the text under the hands of whoever writes.
  const outlets = useLoad(
    outletsPath,
    outletsOf,
    api.atHand((ahead) => getOutlets(ahead, props.id)),
  );
  if (outlets.state === 'loading') return <Bones rows={3} height={140} />;
  return (
    <Await loaded={answer} bones={<Bones rows={3} height={140} />}>
      {(value) => (
        <Item
          answer={value}
          onAnswer={onAnswer}
          outlets={outlets}
          present={props.present}
          next={props.next}
        />
      )}
    </Await>
  );
}

function Item(props: {
  readonly present: readonly Presence[];
  readonly next: string | undefined;
  readonly answer: NewsItemAnswer;
  readonly outlets: Loaded<OutletsAnswer>;
  readonly onAnswer: (answer: NewsItemAnswer) => void;
}) {
  const { answer } = props;
  const { item } = answer;
  const { t, language } = useText();
  const shown = useShown(item, props.onAnswer);
  const { onAnswer } = shown;
  const subject = useItemSubject(item, item.wishedChannels, onAnswer);
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
        <Actions answer={answer} shown={shown} />
      </div>
      <ItemMeta item={item} present={props.present} next={props.next} onAnswer={onAnswer} />
      <Notices answer={answer} />
      <Outlets item={item} loaded={props.outlets} shown={shown} />
      <Texts subject={subject} mayEdit={answer.actions.includes('edit')} others={props.present} />
      <Background item={item} mayEdit={answer.actions.includes('editDetails')} onAnswer={onAnswer} />
      <Thread item={item} onAnswer={onAnswer} />
      <NewsTrail item={item} onAnswer={onAnswer} />
    </article>
  );
}

/** Where the item stands, whose it is and when it came. */
export function ItemHead({ item }: { readonly item: NewsItem }) {
  const { dates } = useText();
  const projectName = useProjectName();
  return (
    <div className={css.head}>
      <StateChip kind="news" state={shownState(item)} />
      <span className={css.project}>{projectName(item.projectId)}</span>
      <span className={css.by}>
        {item.author.name}
        {' · '}
        <time dateTime={item.submittedAt}>{dates.moment(item.submittedAt)}</time>
      </span>
    </div>
  );
}

/** What the state itself says: the words of a request or a refusal. */
export function Notices({ answer }: { readonly answer: NewsItemAnswer }) {
  const { item } = answer;
  const { t, dates } = useText();
  const { state } = item;
  const notices: ReactNode[] = [];
  if (state.status === 'changesRequested' || state.status === 'rejected') {
    notices.push(
      <Notice key="content" icon={<Comment20Regular />}>
        <strong>
          {t(`news.notice.${state.status}`, { name: state.by.name, when: dates.moment(state.at) })}
        </strong>
        <p className={css.said}>{state.status === 'rejected' ? state.reason : state.note}</p>
      </Notice>,
    );
  }
  return notices.length === 0 ? null : <div className={css.notices}>{notices}</div>;
}

function Notice(props: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <div className={css.notice}>
      <span aria-hidden="true" className={css.noticeIcon}>
        {props.icon}
      </span>
      <div>{props.children}</div>
    </div>
  );
}

/** Who did what and when. */
export function NewsTrail(props: {
  readonly item: NewsItem;
  readonly onAnswer?: (answer: NewsItemAnswer) => void;
}) {
  const { item, onAnswer } = props;
  const { api, notify } = useShell();
  const { t } = useText();
  return (
    <AuditTrail<NewsAuditEntry['event']>
      title={t('news.audit.title')}
      path={newsItemApi(api, item.id).auditPath}
      version={JSON.stringify([item.auditCount, item.texts])}
      describe={(event) => <Description event={event} />}
      {...(onAnswer !== undefined && {
        onUndo: async (audit) => {
          onAnswer(await newsItemApi(api, item.id).undo(audit));
          notify(t('shell.undo.done'));
        },
      })}
    />
  );
}

function Description({ event }: Pick<NewsAuditEntry, 'event'>) {
  const { t } = useText();
  switch (event.action) {
    case 'edit':
    case 'check':
    case 'ready':
      return t(`news.audit.${event.action}`, { language: event.language, revision: event.revision });
    case 'parkText':
      return t('news.audit.parkText', { language: event.language });
    case 'place':
    case 'remove':
      return t(`news.audit.${event.action}.${event.where.in}` as TextKey, {
        number: event.where.in === 'newsletter' ? event.where.number : 0,
      });
    case 'assign':
      return event.to === undefined
        ? t('news.audit.unassign')
        : t('news.audit.assign', { name: event.to.name });
    case 'requestChanges':
    case 'reject':
    case 'note':
    case 'message':
      return (
        <>
          {t(`news.audit.${event.action}`)}
          <AuditQuote isSaid text={event.text} />
        </>
      );
    default:
      return t(`news.audit.${event.action}`);
  }
}
