import { Button } from '@fluentui/react-components';
import { MailAdd20Regular, MegaphoneLoud20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { NewsItemAnswer } from '../../../../src/news/routes.js';
import type { NewsItem } from '../../../../src/news/types.js';
import { useMay, useShell, useText } from '../../../shared/context.js';

/** Puts an accepted item in the open newsletter issue, or makes an intranet release of it. */
export function Place(props: {
  readonly item: NewsItem;
  readonly onAnswer: (answer: NewsItemAnswer) => void;
}) {
  const { item } = props;
  const { api, tell, fail, settle } = useShell();
  const { t } = useText();
  const may = useMay();
  const [isBusy, setBusy] = useState(false);
  const isIn = (where: 'newsletter' | 'release'): boolean => item.uses.some((use) => use.in === where);
  const place = async (where: 'newsletter' | 'release'): Promise<void> => {
    setBusy(true);
    try {
      if (!(await settle())) return;
      await api.post(where === 'newsletter' ? '/api/newsletter/stories' : '/api/releases', {
        newsId: item.id,
      });
      props.onAnswer(await api.get<NewsItemAnswer>(`/api/news/${item.id}`));
      tell(t(`news.placed.${where}`));
    } catch (error) {
      fail(error);
    } finally {
      setBusy(false);
    }
  };
  const canNewsletter = may('newsletter:edit') && !isIn('newsletter');
  const canRelease = may('release:edit') && !isIn('release');
  return (
    <>
      {canRelease && (
        <Button
          appearance={canNewsletter ? 'secondary' : 'primary'}
          icon={<MegaphoneLoud20Regular />}
          disabledFocusable={isBusy}
          onClick={() => void place('release')}
        >
          {t('news.place.release')}
        </Button>
      )}
      {canNewsletter && (
        <Button
          appearance="primary"
          icon={<MailAdd20Regular />}
          disabledFocusable={isBusy}
          onClick={() => void place('newsletter')}
        >
          {t('news.place.newsletter')}
        </Button>
      )}
    </>
  );
}
