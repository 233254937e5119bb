import { useText } from '../../shared/context.js';
import { Page } from '../../shared/page.js';

export function ReleasesView() {
  const { t } = useText();
  return <Page title={t('shell.nav.releases')}>{null}</Page>;
}
