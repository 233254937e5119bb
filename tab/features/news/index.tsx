import { useText } from '../../shared/context.js';
import { Page } from '../../shared/page.js';

export function NewsView() {
  const { t } = useText();
  return <Page title={t('shell.nav.news')}>{null}</Page>;
}
