import type { CheckLine } from '../../../../src/shared/answers/set-up.js';
import { useShell, useText } from '../../../shared/context.js';
import { Page } from '../../../shared/layout.js';
import { Await, Bones } from '../../../shared/states.js';
import { TryIt } from '../../../shared/try-it.js';
import { useLoad } from '../../../shared/use-load.js';
import type { TextKey } from '../../../text.js';
import { listChecks } from '../api.js';
import css from '../settings.module.css';

/** What Big Room is connected to, as it is set where it is installed; each can be tried. */
export function ChannelsPage() {
  const { api } = useShell();
  const { t } = useText();
  const loaded = useLoad('checks', () => listChecks(api));
  return (
    <Page title={t('settings.channels')} lead={t('settings.channels.lead')}>
      <Await loaded={loaded} bones={<Bones rows={6} height={96} />}>
        {({ checks }) => (
          <ul className={css.list}>
            {checks.map((check) => (
              <Connection key={check.id} check={check} />
            ))}
          </ul>
        )}
      </Await>
    </Page>
  );
}

/** What it means that the installation has no setting for it; the others always have one. */
const whenMissing: Partial<Record<CheckLine['id'], TextKey>> = {
  organiser: 'settings.check.organiser.missing',
  mail: 'settings.check.mail.missing',
  directory: 'settings.check.directory.missing',
};

function Connection({ check: { id, state, value, canTry } }: { readonly check: CheckLine }) {
  const { t } = useText();
  const missing = state === 'missing' ? whenMissing[id] : undefined;
  return (
    <li className={css.connection}>
      <div className={css.what}>
        <h2>{t(`settings.check.${id}`)}</h2>
        <span className={css.quiet}>{t(`settings.check.${id}.what`)}</span>
        <span>
          {t(`settings.check.state.${state}`)}
          {value !== undefined && <span className={css.value}>{value}</span>}
        </span>
        {missing !== undefined && <span className={css.quiet}>{t(missing)}</span>}
      </div>
      {canTry && <TryIt id={id} />}
    </li>
  );
}
