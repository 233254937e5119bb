import { useText } from '../../shared/context.js';
import { Page } from '../../shared/page.js';

export function NewsletterView() {
  const { t } = useText();
  return <Page title={t('shell.nav.newsletter')}>{null}</Page>;
}
