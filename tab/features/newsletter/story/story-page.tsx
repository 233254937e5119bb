import { Button } from '@fluentui/react-components';
import { useEffect } from 'react';
import { publicLanguages } from '../../../../src/shared/languages.js';
import { useShell, useText } from '../../../shared/context.js';
import { Await, Bones, Empty } from '../../../shared/states.js';
import { useLoad } from '../../../shared/use-load.js';
import { storiesOf } from '../titles.js';
import { LanguageColumn } from './language-column.js';
import { StoryHead, type StoryProps } from './story-head.js';
import { storyApi } from '../api.js';
import css from './story.module.css';

/** A story as this issue tells it: its words in both languages side by side, its length and its place. */
export function StoryPage(props: StoryProps & { readonly storyId: string }) {
  const { issue, here, canEdit, back } = props;
  const { t } = useText();
  const { api } = useShell();
  const story = storyApi(api, issue.id, props.storyId);
  const loaded = useLoad(story.path, story.get);
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
        {({ story: { languages } }) => (
          <div className={css.columns}>
            {publicLanguages.map((language) => (
              <LanguageColumn
                key={language}
                api={story}
                language={language}
                current={languages[language]}
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
