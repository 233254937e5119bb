import { Link } from '@fluentui/react-components';
import { useShell, useText } from '../../../shared/context.js';
import { underPage } from '../../../shared/route.js';
import { useLoad } from '../../../shared/use-load.js';
import { seriesApi } from '../api.js';
import css from './coming.module.css';

/**
 * Where people outside see a series, or one of its sessions; nothing where it is not open to them.
 * @param date the ISO date that names the session
 * @param version another one where its address has changed
 */
export function PublicPageLink({
  seriesId,
  date,
  version = '',
}: {
  readonly seriesId: string;
  readonly date?: string;
  readonly version?: string;
}) {
  const { api } = useShell();
  const { t, language } = useText();
  const series = seriesApi(api, seriesId);
  const loaded = useLoad(`${series.path}/public-page ${version}`, series.publicPage);
  const path = loaded.state === 'ready' ? loaded.value.path : undefined;
  if (path === undefined) return null;
  const address = `${underPage(path)}${date === undefined ? '' : `/${date}`}?language=${language}`;
  return (
    <p className={css.public}>
      <Link href={address} target="_blank" rel="noreferrer">
        {t('sessions.publicPage')}
      </Link>
    </p>
  );
}
