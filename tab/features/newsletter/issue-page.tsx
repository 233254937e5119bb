import { lazy, Suspense } from 'react';
import { useText } from '../../shared/context.js';
import { useKeys } from '../../shared/keys.js';
import { ListDetail } from '../../shared/layout.js';
import { href } from '../../shared/route.js';
import { Await, Bones } from '../../shared/states.js';
import { go, useRoute } from '../../shared/use-route.js';
import { Outline } from './outline/outline.js';
import { Preview } from './preview/preview.js';
import { useIssue } from './use-issue.js';

const StoryPage = lazy(async () => ({ default: (await import('./story/story-page.js')).StoryPage }));

/** The outline of an issue left; right its mail, or the story that is being edited. */
export function IssuePage({ id }: { readonly id: string }) {
  const { t } = useText();
  const here = useIssue(id);
  const { path, query } = useRoute();
  const { story, show, ...kept } = query;
  const back = href(path, kept);
  useKeys({ Escape: () => (story !== undefined || show !== undefined) && go(back) });
  return (
    <Await loaded={here.loaded}>
      {({ issue }) => {
        const preview = <Preview issue={issue} round={here.round} />;
        const editor = story !== undefined && (
          <Suspense fallback={<Bones rows={3} height={120} />}>
            <StoryPage key={story} issue={issue} here={here} storyId={story} back={back} />
          </Suspense>
        );
        return (
          <ListDetail
            label={t('newsletter.outline.label')}
            back={back}
            list={<Outline issue={issue} here={here} canEdit={issue.may.edit} />}
            detail={editor || (show === 'preview' ? preview : undefined)}
            nothing={preview}
          />
        );
      }}
    </Await>
  );
}
