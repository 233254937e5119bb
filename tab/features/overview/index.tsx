import { useText } from '../../shared/context.js';
import { Page } from '../../shared/page.js';

export function OverviewView() {
  const { t } = useText();
  return <Page title={t('shell.nav.overview')}>{null}</Page>;
}
