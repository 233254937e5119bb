import { Button } from '@fluentui/react-components';
import { Dismiss20Regular } from '@fluentui/react-icons';
import { useCallback, useEffect, useRef } from 'react';
import type { Deviations } from '../../../../src/content/deviation.js';
import type { NewsItem } from '../../../../src/news/types.js';
import type { Weight } from '../../../../src/newsletter/types.js';
import type { IssueView, StoryLine, StoryView } from '../../../../src/newsletter/view.js';
import type { NewsItemAnswer } from '../../../../src/shared/answers/news.js';
import type { IssueAnswer } from '../../../../src/shared/answers/newsletter.js';
import { useShell, useText, useMay, useProjectName } from '../../../shared/context.js';
import { href } from '../../../shared/route.js';
import { Await, Bones, Empty } from '../../../shared/states.js';
import { useFresh } from '../../../shared/use-fresh.js';
import { useLoad } from '../../../shared/use-load.js';
import { go } from '../../../shared/use-route.js';
import { DeviationEditor } from '../../../shared/writing/deviations.js';
import { useItemSubject } from '../../../shared/writing/item-subject.js';
import { Texts } from '../../../shared/writing/texts.js';
import { storyApi, type StoryApi } from '../api.js';
import { Choice } from '../choice.js';
import { leadOf, storiesOf, titleLanguage } from '../issue-view.js';
import type { IssueHere } from '../use-issue.js';
import css from './story.module.css';

/** A story as this issue tells it: its words in both languages side by side, its length and its place. */
export function StoryPage(props: StoryProps & { readonly storyId: string }) {
  const { issue, here, back } = props;
  const { translate: canTranslate } = issue.may;
  const { t } = useText();
  const { api } = useShell();
  const story = storyApi(api, issue.id, props.storyId);
  const loaded = useLoad(story.path, story.get);
  const { reload, refresh, set } = loaded;
  const onView = useCallback((story: StoryView) => set({ story }), [set]);
  useFresh(refresh);
  useEffect(() => {
    if (here.round > 0) reload();
  }, [here.round, reload]);
  const line = storiesOf(issue).find((story) => story.id === props.storyId);
  if (line === undefined) {
    return (
      <Empty title={t('error.newsletter.storyNotFound')}>
        <Button as="a" href={back}>
          {t('newsletter.story.close')}
        </Button>
      </Empty>
    );
  }
  return (
    <article className={css.page} aria-label={t('newsletter.story.label')}>
      <StoryHead {...props} line={line} />
      <Await loaded={loaded} bones={<Bones rows={2} height={200} />}>
        {({ story: view }) =>
          view.item === undefined ? (
            <p>{t('release.itemErased')}</p>
          ) : (
            <Written
              view={view}
              item={view.item}
              api={story}
              here={here}
              canEdit={canTranslate}
              onView={onView}
            />
          )
        }
      </Await>
    </article>
  );
}

const channels = ['newsletter'];

/** The item's text, which every place shares, and what this issue says otherwise. */
function Written(props: {
  readonly view: StoryView;
  readonly item: NewsItem;
  readonly api: StoryApi;
  readonly here: IssueHere;
  readonly canEdit: boolean;
  /** Must not change while the story stays. */
  readonly onView: (view: StoryView) => void;
}) {
  const { view, item, api, here, canEdit, onView } = props;
  const { show, refresh: refreshIssue } = here;
  const latest = useRef(view);
  useEffect(() => {
    latest.current = view;
  });
  const onAnswer = useCallback(
    ({ item: next }: NewsItemAnswer) => {
      latest.current = { ...latest.current, item: next };
      onView(latest.current);
      refreshIssue();
    },
    [onView, refreshIssue],
  );
  const subject = useItemSubject(item, channels, onAnswer);
  /** Shows what came of a change of what is said otherwise, and gives what is said so then. */
  const saved = async (make: Promise<IssueAnswer>): Promise<Deviations> => {
    const answer = await make;
    const { own = {} } = answer;
    latest.current = { ...latest.current, own };
    onView(latest.current);
    show(answer);
    return own;
  };
  return (
    <>
      <Texts subject={subject} mayEdit={canEdit} />
      <DeviationEditor
        place={api.path}
        texts={item.texts}
        own={view.own}
        canEdit={canEdit}
        save={(language, parts, replaces) => saved(api.setOwnText(language, parts, replaces))}
        drop={(language, replaces) => saved(api.dropOwnText(language, replaces))}
        saveLast={api.putOwnTextLast}
      />
    </>
  );
}

export interface StoryProps {
  readonly issue: IssueView;
  readonly here: IssueHere;
  /** Back to the preview. */
  readonly back: string;
}

const weights: readonly Weight[] = [1, 2, 3];

/** What the story is, and what can be done with it as a whole. */
export function StoryHead(props: StoryProps & { readonly line: StoryLine }) {
  const { issue, back, line } = props;
  const { edit: canEdit } = issue.may;
  const { t, language } = useText();
  const projectName = useProjectName();
  const shown = titleLanguage(language);
  const isLead = issue.lead?.id === line.id;
  const project = projectName(line.projectId);
  return (
    <header className={css.head}>
      <div className={css.line}>
        <p>{isLead ? `${t('newsletter.lead')} · ${project}` : project}</p>
        <Button
          as="a"
          href={back}
          appearance="subtle"
          className={css.close}
          icon={<Dismiss20Regular />}
          aria-label={t('newsletter.story.close')}
        />
      </div>
      <h2 lang={shown}>{line.titles[shown]}</h2>
      <StoryTools {...props} isLead={isLead} title={line.titles[shown]} />
      {canEdit && (
        <p className={css.note}>
          {t('newsletter.story.note')}
          {issue.status === 'approved' && ` ${t('newsletter.approved.note')}`}
        </p>
      )}
    </header>
  );
}

interface ToolsProps extends StoryProps {
  readonly line: StoryLine;
  readonly isLead: boolean;
  readonly title: string;
}

function useStoryMoves({ issue, here, back, line, title }: ToolsProps) {
  const { t } = useText();
  const { api, ask } = useShell();
  const story = storyApi(api, issue.id, line.id);
  return {
    weigh: (weight: Weight): void => {
      const said = t('newsletter.weight.done', { title, weight: t(`newsletter.weight.${weight}`) });
      void here.change(() => story.setWeight(weight, { weight: line.weight }), said);
    },
    lead: (): void => {
      void here.change(() => here.api.setLead(line.id, leadOf(issue)), t('newsletter.lead.done', { title }));
    },
    remove: async (): Promise<void> => {
      const answer = await ask({
        title: t('newsletter.story.remove.title'),
        text: t('newsletter.story.remove.text'),
        verb: t('newsletter.story.remove'),
        isDanger: true,
      });
      if (answer === undefined) return;
      go(back);
      await here.change(story.remove, t('newsletter.story.remove.done', { title }));
    },
  };
}

function StoryTools(props: ToolsProps) {
  const { line, isLead } = props;
  const { edit: canEdit } = props.issue.may;
  const { t } = useText();
  const mayReview = useMay()('news:see');
  const { weigh, lead, remove } = useStoryMoves(props);
  return (
    <div className={css.tools}>
      <span className={css.weight}>
        <span aria-hidden="true">{t('newsletter.weight')}</span>
        <Choice
          label={t('newsletter.weight')}
          value={line.weight}
          options={weights.map((weight) => [weight, t(`newsletter.weight.${weight}`)])}
          onChoose={weigh}
          isDisabled={!canEdit}
        />
      </span>
      {canEdit && !isLead && <Button onClick={lead}>{t('newsletter.lead.choose')}</Button>}
      {mayReview && (
        <Button as="a" appearance="subtle" href={href(['news', line.newsId])}>
          {t('newsletter.story.item')}
        </Button>
      )}
      {canEdit && (
        <Button appearance="subtle" onClick={() => void remove()}>
          {t('newsletter.story.remove')}
        </Button>
      )}
    </div>
  );
}
