import { Button } from '@fluentui/react-components';
import { Dismiss20Regular } from '@fluentui/react-icons';
import { useEffect } from 'react';
import { publicLanguages } from '../../../../src/languages.js';
import type { IssueAnswer, StoryAnswer } from '../../../../src/http/routes/newsletter.js';
import { weights, type Weight } from '../../../../src/newsletter/issue.js';
import type { IssueView, StoryLine } from '../../../../src/newsletter/service.js';
import { useMay, useProjectName, useShell, useText } from '../../../shared/context.js';
import { href } from '../../../shared/route.js';
import { Await, Bones, Empty } from '../../../shared/states.js';
import { useLoad } from '../../../shared/use-load.js';
import { go } from '../../../shared/use-route.js';
import { Choice } from '../choice.js';
import { storiesOf, titleLanguage } from '../titles.js';
import type { IssueHere } from '../use-issue.js';
import { LanguageColumn } from './language-column.js';
import css from './story.module.css';

interface StoryProps {
  readonly issue: IssueView;
  readonly here: IssueHere;
  readonly canEdit: boolean;
  /** Back to the preview. */
  readonly back: string;
}

/** A story as this issue tells it: its words in both languages side by side, its length and its place. */
export function StoryPage(props: StoryProps & { readonly storyId: string }) {
  const { issue, here, canEdit, back } = props;
  const { t } = useText();
  const { api } = useShell();
  const path = `/api/newsletter/${issue.id}/stories/${props.storyId}`;
  const loaded = useLoad(path, () => api.get<StoryAnswer>(path));
  const { reload } = loaded;
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
        {({ story }) => (
          <div className={css.columns}>
            {publicLanguages.map((language) => (
              <LanguageColumn
                key={language}
                path={path}
                language={language}
                standing={story.languages[language]}
                here={here}
                canEdit={canEdit}
              />
            ))}
          </div>
        )}
      </Await>
    </article>
  );
}

function StoryHead({ issue, here, canEdit, back, line }: StoryProps & { readonly line: StoryLine }) {
  const { t, language } = useText();
  const { api, ask } = useShell();
  const mayReview = useMay()('news:review');
  const projectName = useProjectName();
  const title = line.titles[titleLanguage(language)];
  const path = `/api/newsletter/${issue.id}/stories/${line.id}`;
  const isLead = issue.lead?.id === line.id;
  const projectId = isLead ? issue.lead?.projectId : sectionOf(issue, line);

  const weigh = (weight: Weight): void => {
    const said = t('newsletter.weight.done', { title, weight: t(`newsletter.weight.${weight}`) });
    void here.change(() => api.put<IssueAnswer>(`${path}/weight`, { weight }), said);
  };
  const lead = (): void => {
    const choose = () => api.put<IssueAnswer>(`/api/newsletter/${issue.id}/lead`, { story: line.id });
    void here.change(choose, t('newsletter.lead.done', { title }));
  };
  const remove = async (): Promise<void> => {
    const answer = await ask({
      title: t('newsletter.story.remove.title'),
      text: t('newsletter.story.remove.text'),
      verb: t('newsletter.story.remove'),
    });
    if (answer === undefined) return;
    go(back);
    await here.change(() => api.del<IssueAnswer>(path), t('newsletter.story.remove.done', { title }));
  };
  return (
    <header className={css.head}>
      <div className={css.line}>
        <p>
          {isLead
            ? `${t('newsletter.lead')} · ${projectName(projectId ?? '')}`
            : projectName(projectId ?? '')}
        </p>
        <Button
          as="a"
          href={back}
          appearance="subtle"
          className={css.close}
          icon={<Dismiss20Regular />}
          aria-label={t('newsletter.story.close')}
        />
      </div>
      <h2 lang={titleLanguage(language)}>{title}</h2>
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
      {canEdit && (
        <p className={css.note}>
          {t('newsletter.story.note')}
          {issue.state === 'approved' && ` ${t('newsletter.approved.note')}`}
        </p>
      )}
    </header>
  );
}

function sectionOf(issue: IssueView, line: StoryLine): string | undefined {
  return issue.sections.find((section) => section.stories.some((story) => story.id === line.id))?.projectId;
}
