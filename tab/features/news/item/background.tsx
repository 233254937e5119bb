import { Button } from '@fluentui/react-components';
import { Edit16Regular } from '@fluentui/react-icons';
import { lazy, Suspense, useState } from 'react';
import type { NewsItemAnswer } from '../../../../src/shared/answers/news.js';
import type { NewsItem } from '../../../../src/news/types.js';
import { useProjectName, useText } from '../../../shared/context.js';
import { Bones } from '../../../shared/states.js';
import css from './item.module.css';

const BackgroundForm = lazy(async () => ({
  default: (await import('./background-form.js')).BackgroundForm,
}));

/** What belongs to the item beside the words: project, for whom, where, a link, and the earliest day. */
export function Background(props: {
  readonly item: NewsItem;
  readonly mayEdit: boolean;
  readonly onAnswer: (answer: NewsItemAnswer) => void;
}) {
  const { item, mayEdit } = props;
  const { t } = useText();
  const [isEditing, setEditing] = useState(false);
  const close = (): void => {
    setEditing(false);
    requestAnimationFrame(() => document.getElementById('edit-background')?.focus());
  };
  return (
    <section className={css.section}>
      <div className={css.sectionHead}>
        <h2>{t('news.background.title')}</h2>
        {mayEdit && !isEditing && (
          <Button
            id="edit-background"
            size="small"
            appearance="subtle"
            icon={<Edit16Regular />}
            aria-label={t('news.background.edit.label')}
            onClick={() => setEditing(true)}
          >
            {t('news.background.edit')}
          </Button>
        )}
      </div>
      {isEditing && mayEdit ? (
        <Suspense fallback={<Bones rows={4} height={40} />}>
          <BackgroundForm item={item} onAnswer={props.onAnswer} onClose={close} />
        </Suspense>
      ) : (
        <Facts item={item} />
      )}
    </section>
  );
}

function Facts({ item }: { readonly item: NewsItem }) {
  const { t, dates } = useText();
  const projectName = useProjectName();
  const rows = [
    [t('news.background.project'), projectName(item.projectId)],
    [t('news.background.audiences'), item.audiences.map((audience) => t(`audience.${audience}`)).join(' · ')],
    [
      t('news.background.channels'),
      item.wishedChannels.map((channel) => t(`channel.${channel}`)).join(' · '),
    ],
    [t('news.background.earliest'), item.earliestDate === undefined ? '' : dates.plainDay(item.earliestDate)],
  ].filter(([, text]) => text !== '');
  return (
    <dl className={css.background}>
      {rows.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
      {item.link !== undefined && (
        <div>
          <dt>{t('news.background.link')}</dt>
          <dd>
            <a href={item.link} target="_blank" rel="noreferrer">
              {item.link}
            </a>
          </dd>
        </div>
      )}
    </dl>
  );
}
