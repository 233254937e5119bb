import { ArrowDown16Regular, ArrowUp16Regular, ReOrderDotsVertical20Regular } from '@fluentui/react-icons';
import type { KeyboardEvent, PointerEvent } from 'react';
import { publicLanguages } from '../../../../src/shared/languages.js';
import type { StoryLine } from '../../../../src/newsletter/view.js';
import { useText } from '../../../shared/context.js';
import { lookOf } from '../../../shared/state-chip.js';
import { titleLanguage } from '../titles.js';
import css from './outline.module.css';

/** How a story is moved; undefined where it may not be. */
export interface Mover {
  readonly step: (by: -1 | 1) => void;
  readonly drag: (event: PointerEvent<HTMLElement>) => void;
}

function LanguageMarks({ story }: { readonly story: StoryLine }) {
  const { t } = useText();
  return publicLanguages.map((language) => {
    const { status, own } = story.languages[language];
    const [, Icon] = lookOf({ kind: 'text', state: status });
    const words = t('newsletter.language.state', { language, status: t(`text.status.${status}`) });
    return (
      <span
        key={language}
        className={css.mark}
        data-status={status}
        title={own ? t('newsletter.own') : words}
      >
        <Icon aria-hidden="true" />
        {status === 'ready' ? <span aria-label={words}>{language}</span> : words}
        {own && <span className={css.own} role="img" aria-label={t('newsletter.own')} />}
      </span>
    );
  });
}

interface RowProps {
  readonly story: StoryLine;
  readonly section: string | undefined;
  readonly to: string;
  readonly isOpen: boolean;
  readonly isDragged: boolean;
  readonly landing: 'before' | 'after' | undefined;
  readonly mover: Mover | undefined;
}

function StoryLink(
  props: Pick<RowProps, 'story' | 'to' | 'isOpen'> & {
    readonly title: string;
    readonly onKeyDown: (event: KeyboardEvent) => void;
  },
) {
  const { story, title } = props;
  const { t, dates } = useText();
  return (
    <a
      id={`story-${story.id}`}
      className={css.story}
      href={props.to}
      aria-current={props.isOpen ? 'true' : undefined}
      onKeyDown={props.onKeyDown}
    >
      <span className={css.title}>{title}</span>
      <span className={css.marks}>
        <LanguageMarks story={story} />
        {story.weight !== 2 && <span className={css.weight}>{t(`newsletter.weight.${story.weight}`)}</span>}
        {story.notBefore !== undefined && (
          <span className={css.notBefore}>
            {t('newsletter.notBefore', { date: dates.plainDay(story.notBefore) })}
          </span>
        )}
      </span>
    </a>
  );
}

function Steps({ mover, title }: { readonly mover: Mover; readonly title: string }) {
  const { t } = useText();
  return (
    <span className={css.steps}>
      <button type="button" aria-label={t('newsletter.move.up', { title })} onClick={() => mover.step(-1)}>
        <ArrowUp16Regular aria-hidden="true" />
      </button>
      <button type="button" aria-label={t('newsletter.move.down', { title })} onClick={() => mover.step(1)}>
        <ArrowDown16Regular aria-hidden="true" />
      </button>
    </span>
  );
}

/** One story of the outline: what it is, how it stands in each language, and how to move it. */
export function StoryRow(props: RowProps) {
  const { story, mover } = props;
  const { t, language } = useText();
  const title = story.titles[titleLanguage(language)];
  const onKeyDown = (event: KeyboardEvent, needsAlt: boolean): void => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key] as -1 | 1 | undefined;
    if (mover === undefined || by === undefined || (needsAlt && !event.altKey)) return;
    event.preventDefault();
    mover.step(by);
  };
  return (
    <li
      className={css.row}
      data-story={story.id}
      data-section={props.section}
      data-open={props.isOpen}
      data-dragged={props.isDragged}
      data-landing={props.landing}
    >
      {mover !== undefined && (
        <button
          type="button"
          id={`handle-${story.id}`}
          className={css.handle}
          aria-label={t('newsletter.move.drag', { title })}
          onPointerDown={mover.drag}
          onKeyDown={(event) => onKeyDown(event, false)}
        >
          <ReOrderDotsVertical20Regular aria-hidden="true" />
        </button>
      )}
      <StoryLink {...props} title={title} onKeyDown={(event) => onKeyDown(event, true)} />
      {mover !== undefined && <Steps mover={mover} title={title} />}
    </li>
  );
}
