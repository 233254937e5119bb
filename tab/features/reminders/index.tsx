import { AlertRegular } from '@fluentui/react-icons';
import { useShell, useText } from '../../shared/context.js';
import { SessionsPage } from '../../shared/sessions-page.js';
import { Await, Bones, Empty } from '../../shared/states.js';
import { useLoad } from '../../shared/use-load.js';
import { isMine, remindsPeople } from './choice.js';
import { SeriesReminders } from './series-reminders.js';
import { listSeries } from '../../shared/api/series.js';
import { listChoices } from './api.js';
import css from './reminders.module.css';

/** What one wants to be reminded of: series by series, saved at once. */
export function RemindersView() {
  const { api, session } = useShell();
  const { t } = useText();
  const loaded = useLoad('my reminders', async () => {
    const [{ series }, { choices }] = await Promise.all([listSeries(api), listChoices(api)]);
    return { series, choices };
  });
  return (
    <SessionsPage place="reminders" title={t('reminders.title')} lead={t('reminders.lead')}>
      <Await loaded={loaded} bones={<Bones rows={3} height={132} />}>
        {({ series, choices }) => {
          const mine = series.filter((one) => isMine(one, session.person.projects) && remindsPeople(one));
          if (mine.length === 0) {
            return (
              <Empty
                icon={<AlertRegular />}
                title={t('reminders.empty.title')}
                text={t('reminders.empty.text')}
              />
            );
          }
          return (
            <ul className={css.series}>
              {mine.map((one) => (
                <SeriesReminders key={one.id} series={one} first={choices[one.id] ?? {}} />
              ))}
            </ul>
          );
        }}
      </Await>
    </SessionsPage>
  );
}
