import { Button } from '@fluentui/react-components';
import { ArrowDown16Regular, ArrowUp16Regular, MailRegular } from '@fluentui/react-icons';
import type { IssueView, SectionView, StoryLine } from '../../../../src/newsletter/view.js';
import { useProjectName, useText } from '../../../shared/context.js';
import { isBusy, useKeys } from '../../../shared/keys.js';
import { href } from '../../../shared/route.js';
import { Empty } from '../../../shared/states.js';
import { useRoute } from '../../../shared/use-route.js';
import { storiesOf } from '../titles.js';
import type { IssueHere } from '../use-issue.js';
import { Head } from './head.js';
import css from './outline.module.css';
import { StoryRow } from './story-row.js';
import { useMoving, type Moving } from './use-moving.js';

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
  const moving = useMoving(issue, here);
  useRowKeys(issue);

  const row = (story: StoryLine, section?: SectionView) => {
    const { landing, storyId } = moving.dragging ?? {};
    const isTarget = landing?.on === 'story' && landing.storyId === story.id;
    return (
      <StoryRow
        key={story.id}
        story={story}
        section={section?.projectId}
        to={href(path, { ...query, show: undefined, story: story.id })}
        isOpen={query.story === story.id}
        isDragged={storyId === story.id}
        landing={isTarget ? landing.side : undefined}
        mover={canEdit ? moving.moverOf(story.id, section) : undefined}
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
        <section
          aria-labelledby="outline-lead"
          data-lead
          data-landing={moving.dragging?.landing?.on === 'lead'}
        >
          <h3 id="outline-lead" className={css.section}>
            <span>{t('newsletter.lead')}</span>
            <span className={css.project}>{projectName(issue.lead.projectId)}</span>
          </h3>
          <ol className={css.stories}>{row(issue.lead)}</ol>
        </section>
      )}
      {issue.sections.map((section) => (
        <section key={section.projectId} aria-labelledby={`outline-${section.projectId}`}>
          <SectionHead section={section} moving={canEdit && issue.sections.length > 1 ? moving : undefined} />
          <ol className={css.stories}>{section.stories.map((story) => row(story, section))}</ol>
        </section>
      ))}
    </div>
  );
}

function SectionHead({
  section,
  moving,
}: {
  readonly section: SectionView;
  readonly moving: Moving | undefined;
}) {
  const { t, language } = useText();
  const title = section.names[language];
  const id = section.projectId;
  return (
    <div className={css.section}>
      <h3 id={`outline-${id}`}>{title}</h3>
      {moving !== undefined && (
        <span className={css.steps}>
          <button
            type="button"
            id={`section-up-${id}`}
            aria-label={t('newsletter.move.up', { title })}
            onClick={() => moving.stepSection(id, -1)}
          >
            <ArrowUp16Regular aria-hidden="true" />
          </button>
          <button
            type="button"
            id={`section-down-${id}`}
            aria-label={t('newsletter.move.down', { title })}
            onClick={() => moving.stepSection(id, 1)}
          >
            <ArrowDown16Regular aria-hidden="true" />
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
