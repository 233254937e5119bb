import { Button } from '@fluentui/react-components';
import { CheckmarkCircle20Filled, Circle20Regular } from '@fluentui/react-icons';
import type { ChecklistAnswer, ChecklistStep, CheckId, StepId } from '../../src/shared/answers/set-up.js';
import { dismissChecklist, getChecklist } from './api.js';
import { useShell, useText } from './context.js';
import { keepFocus } from './focus.js';
import { href } from './route.js';
import { TryIt } from './try-it.js';
import { useFresh } from './use-fresh.js';
import { useLoad } from './use-load.js';
import css from './checklist.module.css';

/** Where a step is taken. */
const places: Readonly<Record<StepId, readonly string[]>> = {
  names: ['settings', 'programme'],
  projects: ['settings', 'projects'],
  coordinator: ['settings', 'people'],
  secondAdmin: ['settings', 'people'],
  bot: ['settings', 'channels'],
  intranet: ['settings', 'channels'],
  organiser: ['settings', 'channels'],
  mail: ['settings', 'channels'],
  helper: ['contacts'],
  series: ['sessions'],
  daysOff: ['sessions', 'days-off'],
};

/** What can be tried in the list itself; a mail wants an address, for which its own page has room. */
const tried: Partial<Record<StepId, CheckId>> = { bot: 'bot', intranet: 'intranet', organiser: 'organiser' };

/**
 * What of the set-up is still missing.
 * @param isOverview it is one of other things there: gone once all is done or somebody put it away.
 */
export function Checklist({ isOverview = false }: { readonly isOverview?: boolean }) {
  const { api, fail, notify } = useShell();
  const { t } = useText();
  const loaded = useLoad('checklist', () => getChecklist(api));
  useFresh(loaded.refresh);
  // On the overview it must not stand in the way of anything; in the settings the pages are below it.
  if (loaded.state !== 'ready') return null;
  const { steps, isDismissed } = loaded.value;
  const done = steps.filter(({ isDone }) => isDone).length;
  const isAllDone = done === steps.length;
  if (isOverview && (isDismissed || isAllDone)) return null;
  const put = async (away: boolean): Promise<ChecklistAnswer> => {
    const answer = await dismissChecklist(api, away);
    loaded.set(answer);
    return answer;
  };
  const toggle = async (): Promise<void> => {
    try {
      await put(!isDismissed);
      if (!isDismissed) notify(t('settings.checklist.dismissed'), async () => void (await put(false)));
      keepFocus();
    } catch (error) {
      fail(error);
    }
  };
  return (
    <section className={css.checklist} aria-labelledby="checklist">
      <div className={css.head}>
        <h2 id="checklist">{t(isAllDone ? 'settings.checklist.all' : 'settings.checklist')}</h2>
        <span className={css.quiet}>{t('settings.checklist.count', { done, all: steps.length })}</span>
        {!isAllDone && (
          <Button size="small" appearance="subtle" onClick={() => void toggle()}>
            {t(isDismissed ? 'settings.checklist.show' : 'settings.checklist.dismiss')}
          </Button>
        )}
      </div>
      <p className={css.quiet}>{t('settings.checklist.lead')}</p>
      <ul className={css.steps}>
        {steps
          .filter(({ isDone }) => !isOverview || !isDone)
          .map((step) => (
            <Step key={step.id} step={step} />
          ))}
      </ul>
    </section>
  );
}

function Step({ step: { id, isDone, isInstallations } }: { readonly step: ChecklistStep }) {
  const { t } = useText();
  const Icon = isDone ? CheckmarkCircle20Filled : Circle20Regular;
  const name = t(`settings.step.${id}`);
  const check = tried[id];
  // What is not set can't be tried, but for the bot, which says how it meets somebody.
  const canTry = check !== undefined && (isDone || isInstallations !== true);
  return (
    <li className={css.step} data-done={isDone}>
      <Icon aria-hidden="true" />
      <div className={css.words}>
        <strong>
          <span className={css.hidden}>
            {t(isDone ? 'settings.checklist.isDone' : 'settings.checklist.isMissing')}:{' '}
          </span>
          {name}
        </strong>
        <span className={css.quiet}>
          {t(`settings.step.${id}.why`)}
          {!isDone && isInstallations === true && ` ${t('settings.checklist.outside')}.`}
        </span>
        {canTry && <TryIt id={check} />}
      </div>
      <a className={css.open} href={href(places[id])} aria-label={t('settings.checklist.open.of', { name })}>
        {t('settings.checklist.open')}
      </a>
    </li>
  );
}
