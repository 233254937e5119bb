import { Button } from '@fluentui/react-components';
import {
  CalendarClock20Regular,
  ErrorCircle20Regular,
  Globe20Regular,
  Info20Regular,
  News20Regular,
  Question20Regular,
} from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { Approval } from '../../../../src/releases/types.js';
import type { ReleaseAnswer } from '../../../../src/shared/answers/releases.js';
import { publicLanguages, type PublicLanguage } from '../../../../src/shared/languages.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { keepFocus } from '../../../shared/focus.js';
import { href } from '../../../shared/route.js';
import { faultText, type ReleaseHere } from '../use-releases.js';
import css from './page.module.css';

/** What the state itself says and what to do about it; where it can be read; and that the item has newer words. */
export function Notices({ answer, here }: { readonly answer: ReleaseAnswer; readonly here: ReleaseHere }) {
  return (
    <div className={css.notices}>
      <StateNotice answer={answer} />
      {publicLanguages.map((language) => (
        <NewerNotice key={language} answer={answer} here={here} language={language} />
      ))}
      <SourceNotice answer={answer} />
    </div>
  );
}

function StateNotice({ answer: { release } }: { readonly answer: ReleaseAnswer }) {
  const { texts } = useShell();
  const { t, dates } = useText();
  const { state } = release;
  switch (state.status) {
    case 'approved':
      if (state.overdue !== undefined) {
        return (
          <Notice icon={<CalendarClock20Regular />} tone="trouble">
            <strong>{t('release.notice.overdue.title', { due: dates.moment(state.overdue.due) })}</strong>
            <p>{t('release.notice.overdue.text')}</p>
          </Notice>
        );
      }
      return <Waiver approval={state.approval} />;
    case 'scheduled':
      return <Waiver approval={state.approval} />;
    case 'failed':
    case 'uncertain':
      return (
        <Notice
          icon={state.status === 'failed' ? <ErrorCircle20Regular /> : <Question20Regular />}
          tone="trouble"
        >
          <strong>{t(`release.notice.${state.status}.title`)}</strong>
          <p>{faultText(texts, state.reason)}</p>
          <p>{t(`release.notice.${state.status}.text`, { attempts: state.attempts })}</p>
        </Notice>
      );
    case 'published':
      return (
        <Notice icon={<Globe20Regular />}>
          <strong>{t('release.notice.published')}</strong>
          <ul className={css.links}>
            {publicLanguages.map((language) => {
              const url = state.urls[language];
              return url === undefined ? null : (
                <li key={language}>
                  <a href={url} target="_blank" rel="noreferrer" lang={language}>
                    {t('release.notice.read', { language, title: release.texts[language]?.title ?? '' })}
                  </a>
                </li>
              );
            })}
          </ul>
        </Notice>
      );
    default:
      return null;
  }
}

function Waiver({ approval: { by, waiver } }: { readonly approval: Approval }) {
  const { t } = useText();
  if (waiver === undefined) return null;
  return (
    <Notice icon={<Info20Regular />}>
      <strong>{t('release.notice.waiver', { name: by.name })}</strong>
      <p>{waiver.reason}</p>
    </Notice>
  );
}

function NewerNotice(props: {
  readonly answer: ReleaseAnswer;
  readonly here: ReleaseHere;
  readonly language: PublicLanguage;
}) {
  const { answer, here, language } = props;
  const { settle } = useShell();
  const { t } = useText();
  const may = useMay();
  const isEditable = answer.moves.includes('approve') || answer.moves.includes('unapprove');
  const newer = answer.newer[language];
  if (newer === undefined || !isEditable || !may('release:edit')) return null;
  const take = async (): Promise<void> => {
    if (!(await settle())) return;
    const { texts } = (here.latest() ?? answer).release;
    const basedOn = texts[language]?.revision ?? 0;
    await here.change(() => here.api.takeSource(language, basedOn), t('release.newer.done'));
    keepFocus();
  };
  return (
    <Notice icon={<News20Regular />}>
      <strong>{t('release.newer.title', { language })}</strong>
      <p>
        {t('release.newer.text', { name: newer.by.name, title: newer.title })}
        {answer.moves.includes('unapprove') && ` ${t('release.newer.unapproves')}`}
      </p>
      <Button size="small" onClick={() => void take()}>
        {t('release.newer.take')}
      </Button>
    </Notice>
  );
}

function SourceNotice({ answer: { release } }: { readonly answer: ReleaseAnswer }) {
  const { t } = useText();
  const may = useMay();
  if (release.source === undefined || !may('news:review')) return null;
  return (
    <p className={css.source}>
      <a href={href(['news', release.source.newsId])}>{t('release.source')}</a>
    </p>
  );
}

function Notice(props: {
  readonly icon: ReactNode;
  readonly tone?: 'trouble';
  readonly children: ReactNode;
}) {
  return (
    <div className={css.notice} data-tone={props.tone}>
      <span aria-hidden="true" className={css.noticeIcon}>
        {props.icon}
      </span>
      <div>{props.children}</div>
    </div>
  );
}
