import {
  CheckmarkCircle20Regular,
  Comment20Regular,
  Mail20Regular,
  MegaphoneLoud20Regular,
} from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { NewsItemAnswer } from '../../../../src/shared/answers/news.js';
import type { NewsUse } from '../../../../src/news/types.js';
import { useText } from '../../../shared/context.js';
import { href } from '../../../shared/route.js';
import css from './item.module.css';

/** What the state itself says: the words of a request or a refusal, and where an item is used. */
export function Notices({ answer }: { readonly answer: NewsItemAnswer }) {
  const { item } = answer;
  const { t, dates } = useText();
  const { state } = item;
  const notices: ReactNode[] = [];
  if (state.status === 'changesRequested' || state.status === 'rejected') {
    notices.push(
      <Notice key="words" icon={<Comment20Regular />}>
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
