import {
  CheckmarkCircle20Regular,
  Comment20Regular,
  Mail20Regular,
  MegaphoneLoud20Regular,
} from '@fluentui/react-icons';
import { useMemo, useCallback, useEffect, useRef, type ReactNode } from 'react';
import { currentRevisions } from '../../../../src/content/text.js';
import type { NewsItem, NewsUse, NewsAuditEntry } from '../../../../src/news/types.js';
import type { NewsItemAnswer } from '../../../../src/shared/answers/news.js';
import { AuditQuote, AuditTrail } from '../../../shared/audit-trail.js';
import { useShell, useText, useProjectName } from '../../../shared/context.js';
import { href } from '../../../shared/route.js';
import { StateChip } from '../../../shared/state-chip.js';
import { Await, Bones } from '../../../shared/states.js';
import { useFresh } from '../../../shared/use-fresh.js';
import { useLoad } from '../../../shared/use-load.js';
import type { Subject } from '../../../shared/writing/subject.js';
import { Texts } from '../../../shared/writing/texts.js';
import { titleIn, type TextKey } from '../../../text.js';
import { newsItemApi } from '../api.js';
import { lineOf } from '../list/use-news-list.js';
import { Actions } from './actions.js';
import { Background } from './background.js';
import css from './item.module.css';
import { Thread } from './thread.js';

/** A news item as something to write. */
export function useSubject(item: NewsItem, onAnswer: (answer: NewsItemAnswer) => void): Subject {
  const { api: server, notify, fail } = useShell();
  const { t } = useText();
  const { id } = item;
  const api = useMemo(() => newsItemApi(server, id), [server, id]);
  const save = useMemo<Subject['save']>(
    () => async (language, content, basedOn) => {
      const answer = await api.setText(language, content, basedOn);
      onAnswer(answer);
      return answer.item.texts;
    },
    [api, onAnswer],
  );
  const check: Subject['check'] = async (language) => {
    try {
      const answer = await api.checkText(language, currentRevisions(item.texts));
      onAnswer(answer);
      const { undo } = answer;
      notify(
        t('news.behind.checked'),
        undo === undefined ? undefined : async () => onAnswer(await api.undo(undo)),
      );
    } catch (error) {
      fail(error);
    }
  };
  const { texts, originalLanguage, wishedChannels: channels } = item;
  return { id, path: api.path, texts, originalLanguage, channels, save, check };
}

/** One item: where it stands, what can be done, its texts side by side, and its story so far. */
export function ItemPage(props: { readonly id: string; readonly onChanged: (item: NewsItem) => void }) {
  const { api } = useShell();
  const { path, get } = newsItemApi(api, props.id);
  const answer = useLoad(path, get);
  useFresh(answer.refresh);
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
      <Thread item={item} onAnswer={onAnswer} />
      <NewsTrail item={item} />
    </article>
  );
}

/** Where the item stands, whose it is and when it came. */
export function ItemHead({ item }: { readonly item: NewsItem }) {
  const { dates } = useText();
  const projectName = useProjectName();
  return (
    <div className={css.head}>
      <StateChip kind="news" state={item.state.status} />
      <span className={css.project}>{projectName(item.projectId)}</span>
      <span className={css.by}>
        {item.author.name}
        {' · '}
        <time dateTime={item.submittedAt}>{dates.moment(item.submittedAt)}</time>
      </span>
    </div>
  );
}

/** What the state itself says: the words of a request or a refusal, and where an item is used. */
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
  if (state.status === 'accepted' && item.uses.length === 0 && answer.actions.includes('place')) {
    notices.push(
      <Notice key="place" icon={<CheckmarkCircle20Regular />}>
        {t('news.notice.place')}
      </Notice>,
    );
  }
  for (const use of item.uses) {
    notices.push(
      <Notice key={use.id} icon={use.in === 'newsletter' ? <Mail20Regular /> : <MegaphoneLoud20Regular />}>
        <a href={placeOf(use)}>
          {use.in === 'newsletter'
            ? t('news.notice.newsletter', { number: use.number })
            : t('news.notice.release')}
        </a>
        <span className={css.when}>{dates.moment(use.at)}</span>
      </Notice>,
    );
  }
  return notices.length === 0 ? null : <div className={css.notices}>{notices}</div>;
}

function placeOf(use: NewsUse): string {
  return href([use.in === 'newsletter' ? 'newsletter' : 'releases', use.id]);
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
export function NewsTrail({ item }: { readonly item: NewsItem }) {
  const { api } = useShell();
  const { t } = useText();
  return (
    <AuditTrail<NewsAuditEntry['event']>
      title={t('news.audit.title')}
      path={newsItemApi(api, item.id).auditPath}
      version={JSON.stringify([item.auditCount, item.texts])}
      describe={(event) => <Description event={event} />}
    />
  );
}

function Description({ event }: Pick<NewsAuditEntry, 'event'>) {
  const { t } = useText();
  switch (event.action) {
    case 'edit':
    case 'check':
      return t(`news.audit.${event.action}`, { language: event.language, revision: event.revision });
    case 'parkText':
      return t('news.audit.parkText', { language: event.language });
    case 'place':
    case 'remove':
      return t(`news.audit.${event.action}.${event.where.in}` as TextKey, {
        number: event.where.in === 'newsletter' ? event.where.number : 0,
      });
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
