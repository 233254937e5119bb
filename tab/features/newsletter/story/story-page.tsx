import { Button } from '@fluentui/react-components';
import { useEffect } from 'react';
import { publicLanguages } from '../../../../src/shared/languages.js';
import type { StoryAnswer } from '../../../../src/newsletter/routes.js';
import { useShell, useText } from '../../../shared/context.js';
import { Await, Bones, Empty } from '../../../shared/states.js';
import { useLoad } from '../../../shared/use-load.js';
import { storiesOf } from '../titles.js';
import { LanguageColumn } from './language-column.js';
import { StoryHead, type StoryProps } from './story-head.js';
import css from './story.module.css';

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
