import { Suspense, type ReactNode } from 'react';
import { useMay, useText } from '../../shared/context.js';
import { Page } from '../../shared/layout.js';
import { href } from '../../shared/route.js';
import { Bones, Empty } from '../../shared/states.js';
import { useRoute } from '../../shared/use-route.js';
import { Checklist } from '../../shared/checklist.js';
import { elsewhere, settingsPages, type SettingsPage } from './pages.js';
import css from './settings.module.css';

/** What holds for the whole programme, for those who manage it: a list of pages, and the one that the address names. */
export function SettingsView() {
  const { t } = useText();
  const may = useMay();
  const { path } = useRoute();
  const [, named] = path;
  const open = settingsPages.filter(({ permission }) => may(permission));
  const page = open.find((each) => each.path === named);
  if (named !== undefined && page === undefined)
    return <Empty isPage title={t('error.route.notFound')} text={t('shell.notFound.text')} />;
  if (page === undefined) return <Index pages={open} />;
  return (
    <Inside pages={open} page={page}>
      <Suspense fallback={<Bones rows={5} height={64} />}>
        <page.view />
      </Suspense>
    </Inside>
  );
}

function Index({ pages }: { readonly pages: readonly SettingsPage[] }) {
  const { t } = useText();
  const may = useMay();
  const links = [
    ...pages.map(({ path, ...page }) => ({ ...page, to: ['settings', path] })),
    ...elsewhere.filter(({ permission }) => may(permission)),
  ];
  return (
    <Page title={t('settings.title')} lead={t('settings.lead')}>
      <Checklist />
      <ul className={css.index}>
        {links.map(({ to, name, lead, icon: Icon }) => (
          <li key={to.join('/')}>
            <a className={css.entry} href={href(to)}>
              <span className={css.icon} aria-hidden="true">
                <Icon />
              </span>
              <span>
                <strong>{t(name)}</strong>
                <span>{t(lead)}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </Page>
  );
}

/** A page beside its siblings. */
function Inside(props: {
  readonly pages: readonly SettingsPage[];
  readonly page: SettingsPage;
  readonly children: ReactNode;
}) {
  const { pages, page, children } = props;
  const { t } = useText();
  return (
    <div>
      <nav className={css.places} aria-label={t('settings.pages')}>
        {pages.map(({ path, name }) => (
          <a
            key={path}
            href={href(['settings', path])}
            aria-current={path === page.path ? 'page' : undefined}
          >
            {t(name)}
          </a>
        ))}
      </nav>
      {children}
    </div>
  );
}
