import { Button } from '@fluentui/react-components';
import {
  Add16Regular,
  ArrowDown16Regular,
  ArrowUp16Regular,
  Dismiss16Regular,
  Edit16Regular,
  MailRegular,
  ReOrderDotsVertical20Regular,
} from '@fluentui/react-icons';
import { lazy, Suspense, type KeyboardEvent } from 'react';
import type { IssueEvent } from '../../../../src/newsletter/types.js';
import type { HeadingView, IssueView, SectionView, StoryLine } from '../../../../src/newsletter/view.js';
import { publicLanguages } from '../../../../src/shared/languages.js';
import { AuditQuote, AuditTrail } from '../../../shared/audit-trail.js';
import { useProjectName, useText } from '../../../shared/context.js';
import { useDialogs } from '../../../shared/form-dialog.js';
import { isBusy, useKeys } from '../../../shared/keys.js';
import { href } from '../../../shared/route.js';
import { lookOf } from '../../../shared/state-chip.js';
import { Empty } from '../../../shared/states.js';
import { useRoute } from '../../../shared/use-route.js';
import { isTop, storiesOf, titleLanguage } from '../issue-view.js';
import type { IssueHere } from '../use-issue.js';
import { Head } from './head.js';
import { useMoving, useSectionName, type Mover, type Moving } from './use-moving.js';
import css from './outline.module.css';

/** Moves the focus among the stories of the outline. */
function useRowKeys(issue: IssueView): void {
  const step = (by: -1 | 1): void => {
    const rows = storiesOf(issue).map((story) => `story-${story.id}`);
    const at = rows.indexOf(document.activeElement?.id ?? '');
    const next = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by));
    document.getElementById(rows[next] ?? '')?.focus();
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    e: () => {
      const row = document.activeElement;
      if (row?.id.startsWith('story-') === true && !isBusy(row)) (row as HTMLElement).click();
    },
  });
}

const HeadingDialog = lazy(async () => ({ default: (await import('./heading.js')).HeadingDialog }));
const newHeading = 'new';

/** Whether a story stands elsewhere than under the name of its project. */
function isOfAnother({ projectId }: StoryLine, section: SectionView | undefined): boolean {
  const heading = section?.heading;
  return section !== undefined && !(heading && 'projectId' in heading && heading.projectId === projectId);
}

/** The issue as a list to shape: lead story, sections, stories. */
export function Outline(props: {
  readonly issue: IssueView;
  readonly here: IssueHere;
  readonly canEdit: boolean;
}) {
  const { issue, here, canEdit } = props;
  const { t } = useText();
  const { path, query } = useRoute();
  const projectName = useProjectName();
  const sectionName = useSectionName();
  const moving = useMoving(issue, here);
  const headings = useDialogs();
  useRowKeys(issue);

  const { landing, storyId: dragged } = moving.dragging ?? {};
  const row = (story: StoryLine, section?: SectionView) => {
    const isTarget = landing?.on === 'story' && landing.storyId === story.id;
    return (
      <StoryRow
        key={story.id}
        story={story}
        project={isOfAnother(story, section) ? projectName(story.projectId) : undefined}
        to={href(path, { ...query, show: undefined, story: story.id })}
        isOpen={query.story === story.id}
        isDragged={dragged === story.id}
        landing={isTarget ? landing.side : undefined}
        mover={canEdit ? moving.moverOf(story.id) : undefined}
      />
    );
  };
  return (
    <div className={css.outline}>
      <Head issue={issue} here={here} canEdit={canEdit} />
      <p className={css.said} aria-live="polite">
        {moving.said}
      </p>
      {issue.lead === undefined && <NoStories />}
      {issue.lead !== undefined && (
        <section aria-labelledby="outline-lead" data-lead data-landing={landing?.on === 'lead'}>
          <h3 id="outline-lead" className={css.section}>
            <span>{t('newsletter.lead')}</span>
            <span className={css.project}>{projectName(issue.lead.projectId)}</span>
          </h3>
          <ol className={css.stories}>{row(issue.lead)}</ol>
        </section>
      )}
      {issue.sections.map((section) => (
        <section
          key={section.id}
          {...(isTop(section)
            ? { 'aria-label': sectionName(section) }
            : { 'aria-labelledby': `outline-${section.id}` })}
        >
          {section.heading !== undefined && (
            <SectionHead
              section={section}
              heading={section.heading}
              landing={landing?.on === 'heading' && landing.section === section.id ? landing.side : undefined}
              moving={canEdit ? moving : undefined}
              onEdit={() => headings.show(section.id)}
            />
          )}
          {section.stories.length === 0 && (
            <p className={css.none} data-heading={section.id}>
              {t('newsletter.section.empty')}
            </p>
          )}
          <ol className={css.stories}>{section.stories.map((story) => row(story, section))}</ol>
        </section>
      ))}
      {canEdit && issue.lead !== undefined && (
        <Button
          id="add-heading"
          className={css.add}
          appearance="subtle"
          size="small"
          icon={<Add16Regular />}
          onClick={() => headings.show(newHeading)}
        >
          {t('newsletter.heading.add')}
        </Button>
      )}
      {headings.round > 0 && (
        <Suspense>
          {[newHeading, ...issue.sections.map(({ id }) => id)].map((id) => (
            <HeadingDialog
              key={`${id} ${headings.round}`}
              issue={issue}
              here={here}
              section={issue.sections.find((section) => section.id === id)}
              {...headings.of(id)}
            />
          ))}
        </Suspense>
      )}
      <IssueTrail issue={issue} here={here} />
    </div>
  );
}

/** Who did what to the issue and when. */
function IssueTrail({ issue, here }: { readonly issue: IssueView; readonly here: IssueHere }) {
  const { t, language } = useText();
  const titlesOf = (event: IssueEvent): readonly string[] => {
    if (!('storyId' in event)) return [];
    const ids = [event.storyId, ...(event.action === 'place' ? (event.others ?? []) : [])];
    const stories = storiesOf(issue);
    return ids.flatMap(
      (story) => stories.find(({ id }) => id === story)?.titles[titleLanguage(language)] ?? [],
    );
  };
  const said = (event: IssueEvent): string =>
    'language' in event
      ? t(`newsletter.audit.${event.action}`, { language: event.language })
      : t(`newsletter.audit.${event.action}`);
  return (
    <div className={css.trail}>
      <AuditTrail<IssueEvent>
        title={t('newsletter.audit.title')}
        path={`${here.api.path}/audit`}
        version={here.round}
        describe={(event) => {
          return (
            <>
              {said(event)}
              {event.action === 'sendBack' && <AuditQuote isSaid text={event.text} />}
              {titlesOf(event).map((title) => (
                <AuditQuote key={title} text={title} />
              ))}
            </>
          );
        }}
      />
    </div>
  );
}

function SectionHead(props: {
  readonly section: SectionView;
  readonly heading: HeadingView;
  readonly landing: 'before' | 'after' | undefined;
  readonly moving: Moving | undefined;
  readonly onEdit: () => void;
}) {
  const { section, heading, moving } = props;
  const { t, language } = useText();
  const title = heading.names[language];
  const { id } = section;
  const steps = [
    ['up', -1, ArrowUp16Regular],
    ['down', 1, ArrowDown16Regular],
  ] as const;
  return (
    <div className={css.section} data-heading={id} data-landing={props.landing}>
      <h3 id={`outline-${id}`} {...('own' in heading && { lang: titleLanguage(language) })}>
        {title}
      </h3>
      {moving !== undefined && (
        <span className={css.steps}>
          {steps.map(([way, by, Icon]) => (
            <button
              key={way}
              type="button"
              id={`section-${way}-${id}`}
              aria-label={t(`newsletter.move.${way}`, { title })}
              onClick={() => moving.stepSection(id, by)}
            >
              <Icon aria-hidden="true" />
            </button>
          ))}
          <button
            type="button"
            id={`section-edit-${id}`}
            aria-label={t('newsletter.heading.edit', { title })}
            onClick={props.onEdit}
          >
            <Edit16Regular aria-hidden="true" />
          </button>
          <button
            type="button"
            aria-label={t('newsletter.heading.remove', { title })}
            onClick={() => moving.removeHeading(id)}
          >
            <Dismiss16Regular aria-hidden="true" />
          </button>
        </span>
      )}
    </div>
  );
}

function NoStories() {
  const { t } = useText();
  return (
    <Empty icon={<MailRegular />} title={t('newsletter.empty.title')} text={t('newsletter.empty.text')}>
      <Button as="a" href={href(['news'], { state: 'accepted' })}>
        {t('newsletter.empty.action')}
      </Button>
    </Empty>
  );
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
  /** Its project, where no heading above says it. */
  readonly project: string | undefined;
  readonly to: string;
  readonly isOpen: boolean;
  readonly isDragged: boolean;
  readonly landing: 'before' | 'after' | undefined;
  readonly mover: Mover | undefined;
}

function StoryLink(
  props: Pick<RowProps, 'story' | 'project' | 'to' | 'isOpen'> & {
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
        {props.project !== undefined && <span className={css.of}>{props.project}</span>}
        <LanguageMarks story={story} />
        {story.weight !== 2 && <span className={css.weight}>{t(`newsletter.weight.${story.weight}`)}</span>}
        {story.notBefore !== undefined && (
          <span>{t('newsletter.notBefore', { date: dates.plainDay(story.notBefore) })}</span>
        )}
      </span>
    </a>
  );
}

function Steps(props: { readonly mover: Mover; readonly storyId: string; readonly title: string }) {
  const { mover, storyId, title } = props;
  const { t } = useText();
  return (
    <span className={css.steps}>
      <button
        type="button"
        id={`up-${storyId}`}
        aria-label={t('newsletter.move.up', { title })}
        onClick={() => mover.step(-1)}
      >
        <ArrowUp16Regular aria-hidden="true" />
      </button>
      <button
        type="button"
        id={`down-${storyId}`}
        aria-label={t('newsletter.move.down', { title })}
        onClick={() => mover.step(1)}
      >
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
      {mover !== undefined && <Steps mover={mover} storyId={story.id} title={title} />}
    </li>
  );
}
