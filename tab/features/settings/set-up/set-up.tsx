import { Button } from '@fluentui/react-components';
import { Add20Regular, Delete20Regular, Settings24Regular } from '@fluentui/react-icons';
import { useRef, useState } from 'react';
import { ApiError } from '../../../api.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { keepFocus } from '../../../shared/focus.js';
import { Page } from '../../../shared/layout.js';
import { href } from '../../../shared/route.js';
import { Empty } from '../../../shared/states.js';
import { useDeviceCopy } from '../../../shared/use-device-copy.js';
import { useFault } from '../../../shared/use-fault.js';
import { beginProgramme, type FirstProgrammeForm } from '../api.js';
import { LanguagesField } from '../languages-field.js';
import { NamesFields, noNames } from '../names-fields.js';
import { draftKey, keptForm } from './draft.js';
import css from '../settings.module.css';

/** What there is before there is a programme: whoever may makes it, the others learn whom to ask. */
export function SetUp() {
  const mayManage = useMay()('programme:manage');
  return mayManage ? <SetUpPage /> : <NotYet />;
}

function NotYet() {
  const { session, refreshSession } = useShell();
  const { t } = useText();
  const { admins = [] } = session;
  return (
    <Empty
      isPage
      icon={<Settings24Regular />}
      title={t('setUp.waiting.title')}
      text={
        admins.length === 0
          ? t('setUp.waiting.nobody')
          : t('setUp.waiting.text', { names: admins.join(', ') })
      }
    >
      <Button onClick={refreshSession}>{t('setUp.waiting.again')}</Button>
    </Empty>
  );
}

/** The form as it is typed: kept on this device until the programme is made. */
function useForm(personId: string) {
  const copy = useDeviceCopy(draftKey(personId));
  const [form, setForm] = useState(() => keptForm(personId));
  const change = (more: Partial<FirstProgrammeForm>): void => {
    const next = { ...form, ...more };
    copy.keep(JSON.stringify(next));
    setForm(next);
  };
  return { form, change, copy };
}

function SetUpPage() {
  const { api, session, refreshSession, notify, fail, warn } = useShell();
  const { t, language } = useText();
  const { form, change, copy } = useForm(session.person.id);
  const element = useRef<HTMLFormElement>(null);
  const { fault, setFault, onChange } = useFault(element);
  const [isBusy, setBusy] = useState(false);
  const { names, languages, projects } = form;

  const done = (): void => {
    copy.forget();
    window.location.hash = href(['settings']);
    refreshSession();
  };
  const send = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    try {
      await beginProgramme(api, form);
      notify(t('setUp.done', { name: names[language] || names[languages[0] ?? 'fi'] }));
      done();
    } catch (error) {
      copy.learn(error);
      // Somebody else was faster, or an answer was lost on its way here.
      if (error instanceof ApiError && error.code === 'programme.standsAlready') {
        warn(t('setUp.faster'));
        done();
        return;
      }
      setFault(error);
      fail(error);
    } finally {
      setBusy(false);
    }
  };
  const setProject = (index: number, own: typeof names): void =>
    change({ projects: projects.map((each, at) => (at === index ? { names: own } : each)) });
  const removeProject = (index: number): void => {
    change({ projects: projects.filter((_, at) => at !== index) });
    keepFocus();
  };
  return (
    <Page title={t('setUp.title')} lead={t('setUp.lead')}>
      <form
        ref={element}
        className={css.form}
        noValidate
        onChange={onChange}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <LanguagesField
          languages={languages}
          fault={fault}
          onChange={(chosen) => change({ languages: chosen })}
        />
        <section className={css.part}>
          <h2>{t('setUp.names')}</h2>
          <p className={css.note}>{t('setUp.names.hint')}</p>
          <NamesFields
            names={names}
            owed={languages}
            at="names"
            fault={fault}
            onChange={(next) => change({ names: next })}
          />
        </section>
        <section className={css.part}>
          <h2>{t('setUp.projects')}</h2>
          <p className={css.note}>{t('setUp.projects.hint')}</p>
          {projects.map((project, index) => (
            // The projects have no other name than their places.
            <fieldset key={index} className={css.project}>
              <legend>{t('setUp.project', { number: index + 1 })}</legend>
              <NamesFields
                names={project.names}
                hasHint={false}
                owed={languages}
                at={`projects.${String(index)}.names`}
                fault={fault}
                onChange={(own) => setProject(index, own)}
              />
              {projects.length > 1 && (
                <Button
                  className={css.removeProject ?? ''}
                  appearance="subtle"
                  icon={<Delete20Regular />}
                  aria-label={t('setUp.project.remove', { number: index + 1 })}
                  title={t('setUp.project.remove', { number: index + 1 })}
                  onClick={() => removeProject(index)}
                />
              )}
            </fieldset>
          ))}
          <div>
            <Button
              icon={<Add20Regular />}
              onClick={() => change({ projects: [...projects, { names: noNames }] })}
            >
              {t('setUp.project.add')}
            </Button>
          </div>
        </section>
        <div className={css.send}>
          <Button type="submit" appearance="primary" disabledFocusable={isBusy}>
            {t('setUp.verb')}
          </Button>
          <span className={css.note}>{t('setUp.kept')}</span>
        </div>
      </form>
    </Page>
  );
}
