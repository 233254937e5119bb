import { Button, Field, Input } from '@fluentui/react-components';
import { Add20Regular, CalendarCancel24Regular, Delete20Regular } from '@fluentui/react-icons';
import { useRef, useState } from 'react';
import type { ProgrammeEvent } from '../../../../src/people/person.js';
import type { ClosedDays } from '../../../../src/platform/holidays.js';
import type { DaysOffAnswer } from '../../../../src/shared/answers/sessions.js';
import { publicLanguages } from '../../../../src/shared/languages.js';
import { AuditTrail } from '../../../shared/audit-trail.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { DateField } from '../../../shared/date-fields/fields.js';
import { todayInHelsinki } from '../../../shared/dates.js';
import { Disclosure } from '../../../shared/disclosure.js';
import { FormDialog } from '../../../shared/form-dialog.js';
import { faultAt } from '../../../shared/problem.js';
import { SessionsPage } from '../../../shared/sessions-page.js';
import { Await, Bones, Empty } from '../../../shared/states.js';
import { useFresh } from '../../../shared/use-fresh.js';
import { useLoad } from '../../../shared/use-load.js';
import { addDaysOff, listDaysOff, removeDaysOff } from '../api.js';
import css from './days-off.module.css';

type DaysOffEvent = Extract<ProgrammeEvent, { readonly days: unknown }>;
type NewDaysOff = Pick<ClosedDays, 'names' | 'first' | 'last'>;

/** The organisation's own days off: which there are, a way to add and to take away; each with an undo. */
export function DaysOff() {
  const { api, notify, fail } = useShell();
  const { t, language } = useText();
  const span = useSpan();
  const mayEdit = useMay()('session:edit');
  const loaded = useLoad('days off', () => listDaysOff(api));
  useFresh(loaded.refresh);
  const [isOpen, setOpen] = useState(false);
  const show = (answer: DaysOffAnswer): void => loaded.set(answer);
  const addAgain = async ({ names, first, last }: NewDaysOff): Promise<void> =>
    show(await addDaysOff(api, { formId: crypto.randomUUID(), names, first, last }));
  const remove = async (days: ClosedDays): Promise<void> => {
    try {
      show(await removeDaysOff(api, days.id));
      notify(t('sessions.daysOff.removed', { name: days.names[language] }), () => addAgain(days));
    } catch (error) {
      fail(error);
    }
  };
  const add = mayEdit && (
    <Button appearance="primary" icon={<Add20Regular />} onClick={() => setOpen(true)}>
      {t('sessions.daysOff.add')}
    </Button>
  );
  return (
    <SessionsPage
      place="year"
      title={t('sessions.daysOff.title')}
      lead={t('sessions.daysOff.lead')}
      action={loaded.state === 'ready' && loaded.value.days.length > 0 ? add : undefined}
    >
      <Await loaded={loaded} bones={<Bones rows={3} height={56} />}>
        {({ days }) => {
          if (days.length === 0)
            return (
              <Empty
                icon={<CalendarCancel24Regular />}
                title={t('sessions.daysOff.empty.title')}
                text={t('sessions.daysOff.empty.text')}
              >
                {add}
              </Empty>
            );
          const over = days.filter(({ last }) => last < todayInHelsinki());
          const coming = days.filter((each) => !over.includes(each));
          const list = (shown: readonly ClosedDays[]) => (
            <DaysList
              days={shown}
              {...(mayEdit && shown !== over && { onRemove: (each) => void remove(each) })}
            />
          );
          return (
            <>
              {coming.length > 0 && list(coming)}
              {over.length > 0 && (
                <Disclosure className={css.over} summary={t('sessions.daysOff.over', { count: over.length })}>
                  {list(over)}
                </Disclosure>
              )}
            </>
          );
        }}
      </Await>
      {mayEdit && loaded.state === 'ready' && (
        <AuditTrail<DaysOffEvent>
          title={t('sessions.audit.title')}
          path="/api/days-off/audit"
          version={JSON.stringify(loaded.value.days.map(({ id }) => id))}
          describe={({ action, days }) =>
            t(`sessions.daysOff.audit.${action}`, {
              name: days.names[language],
              when: span(days),
            })
          }
        />
      )}
      <AddDialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        onAdded={(answer, added) => {
          const before = new Set(
            loaded.state === 'ready' ? loaded.value.days.map(({ id }) => id) : undefined,
          );
          show(answer);
          const mine = answer.days.find(
            ({ id, first, last }) => !before.has(id) && first === added.first && last === added.last,
          );
          notify(
            t('sessions.daysOff.added', { name: added.names[language] || added.names.fi }),
            mine && (async () => show(await removeDaysOff(api, mine.id))),
          );
        }}
      />
    </SessionsPage>
  );
}

/** A day, or the first and the last. */
function useSpan(): (days: Pick<ClosedDays, 'first' | 'last'>) => string {
  const { t, dates } = useText();
  return ({ first, last }) =>
    first === last
      ? dates.plainDay(first)
      : t('sessions.daysOff.span', { first: dates.plainDay(first), last: dates.plainDay(last) });
}

function DaysList(props: {
  readonly days: readonly ClosedDays[];
  readonly onRemove?: (days: ClosedDays) => void;
}) {
  const { t, language } = useText();
  const span = useSpan();
  const { onRemove } = props;
  return (
    <ul className={css.days}>
      {props.days.map((each) => (
        <li key={each.id}>
          <span className={css.words}>
            <strong>{each.names[language]}</strong>
            <span className={css.when}>{span(each)}</span>
          </span>
          {onRemove !== undefined && (
            <Button
              appearance="subtle"
              icon={<Delete20Regular />}
              aria-label={t('sessions.daysOff.remove', { name: each.names[language] })}
              onClick={() => onRemove(each)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

const nothing = { fi: '', sv: '', first: '', last: '' };

function AddDialog(props: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onAdded: (answer: DaysOffAnswer, added: NewDaysOff) => void;
}) {
  const { api, texts } = useShell();
  const { t } = useText();
  const [form, setForm] = useState(nothing);
  // Kept until the form has come in: sent twice it is one.
  const formId = useRef('');
  const send = async (): Promise<void> => {
    if (formId.current === '') formId.current = crypto.randomUUID();
    const { first, last, ...names } = form;
    const answer = await addDaysOff(api, {
      formId: formId.current,
      names,
      ...(first !== '' && { first }),
      last: last === '' ? null : last,
    });
    formId.current = '';
    setForm(nothing);
    props.onAdded(answer, {
      names: { ...names, en: names.sv },
      first,
      last: last === '' ? first : last,
    });
  };
  return (
    <FormDialog
      isOpen={props.isOpen}
      title={t('sessions.daysOff.new')}
      verb={t('sessions.daysOff.new.verb')}
      onSend={send}
      onClose={props.onClose}
    >
      {(fault) => (
        <>
          {publicLanguages.map((language) => (
            <Field
              key={language}
              label={t('sessions.field.name', { language })}
              required
              {...faultAt(texts, fault, `names.${language}`)}
            >
              <Input
                lang={language}
                value={form[language]}
                maxLength={120}
                onChange={(_, { value }) => setForm({ ...form, [language]: value })}
              />
            </Field>
          ))}
          <div className={css.dates}>
            <DateField
              label={t('sessions.daysOff.first')}
              required
              min={todayInHelsinki()}
              value={form.first}
              onChange={(first) => setForm({ ...form, first })}
              {...faultAt(texts, fault, 'first')}
            />
            <DateField
              label={t('sessions.daysOff.last')}
              hint={t('sessions.daysOff.last.hint')}
              min={form.first === '' ? todayInHelsinki() : form.first}
              value={form.last}
              onChange={(last) => setForm({ ...form, last })}
              {...faultAt(texts, fault, 'last')}
            />
          </div>
        </>
      )}
    </FormDialog>
  );
}
