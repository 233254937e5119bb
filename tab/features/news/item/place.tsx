import { Button } from '@fluentui/react-components';
import { MailAdd20Regular, MegaphoneLoud20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { NewsItemAnswer } from '../../../../src/shared/answers/news.js';
import type { NewsItem } from '../../../../src/news/types.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { newsItemApi } from './api.js';

/** Puts an accepted item in the open newsletter issue, or makes an intranet release of it. */
export function Place(props: {
  readonly item: NewsItem;
  readonly onAnswer: (answer: NewsItemAnswer) => void;
}) {
  const { item } = props;
  const { api, notify, fail, settle } = useShell();
  const { t } = useText();
  const may = useMay();
  const [isBusy, setBusy] = useState(false);
  const isIn = (where: 'newsletter' | 'release'): boolean => item.uses.some((use) => use.in === where);
  const place = async (where: 'newsletter' | 'release'): Promise<void> => {
    setBusy(true);
    try {
      if (!(await settle())) return;
      const { placeInNewsletter, makeRelease, get } = newsItemApi(api, item.id);
      await (where === 'newsletter' ? placeInNewsletter() : makeRelease());
      props.onAnswer(await get());
      notify(t(`news.placed.${where}`));
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
