import { Button, Field, Input, Radio, RadioGroup, Textarea } from '@fluentui/react-components';
import { useState, type ReactNode } from 'react';
import type { OccurrenceAnswer } from '../../../../src/shared/answers/sessions.js';
import { languages, type Language } from '../../../../src/shared/languages.js';
import { otherLanguages } from '../../../../src/shared/translated.js';
import { clockWords } from '../../../../src/shared/rule-words.js';
import { useShell, useText } from '../../../shared/context.js';
import { DateField, TimeField } from '../../../shared/date-fields/fields.js';
import { isDate, isTime } from '../../../shared/date-fields/typed.js';
import { todayInHelsinki, wallTimeOf } from '../../../shared/dates.js';
import { FormDialog } from '../../../shared/form-dialog.js';
import { faultAt, fieldProblem } from '../../../shared/problem.js';
import { useLoad } from '../../../shared/use-load.js';
import { useSeen } from '../../../shared/use-seen.js';
import { href } from '../../../shared/route.js';
import { ApiError } from '../../../api.js';
import type { Texts } from '../../../text.js';
import { getSessionYear, seriesApi } from '../api.js';
import {
  ChangeEffect,
  type Effect,
  EffectText,
  reachesSomebody,
  useEffectOf,
} from '../parts/change-effect.js';
import { clockTurnBefore } from '../parts/long-date.js';
import { changedFrom, movedRule } from './moved-rule.js';
import type { OccurrenceDialog } from './use-occurrence.js';
import css from './move-dialog.module.css';

/** Asks for another date and time in Helsinki; says what the day is, and offers the one that is proposed. */
export function MoveDialog(
  props: Omit<OccurrenceDialog, 'occurrence'> & {
    readonly answer: OccurrenceAnswer;
    /** The date (ISO) that the form begins with, where not the current one. */
    readonly firstDate: string | undefined;
  },
) {
  const { answer, here } = props;
  const { occurrence, proposal } = answer;
  const { texts } = useShell();
  const { t, dates, language } = useText();
  const current = wallTimeOf(occurrence.start);
  const length = Math.round((Date.parse(occurrence.end) - Date.parse(occurrence.start)) / 60_000);
  const [date, setDate] = useState(
    props.firstDate !== undefined && isDate(props.firstDate) ? props.firstDate : current.date,
  );
  const [time, setTime] = useState(current.time);
  const [minutes, setMinutes] = useState(String(length));
  const overSeen = useSeen({ start: occurrence.start, end: occurrence.end });
  const wanted = { date, time, minutes: minutes === '' ? null : Number(minutes) };
  const written = useWritten();
  const [isFollowing, setFollowing] = useState(false);
  const following = useFollowing(answer, props.isOpen, wanted);
  const isSaid = isDate(date) && isTime(time);
  const isSame = date === current.date && time === current.time;
  const only = useEffectOf(
    isSaid && props.isOpen && !isFollowing
      ? {
          about: `move ${occurrence.id} ${occurrence.start} ${JSON.stringify(wanted)}`,
          ask: () => here.api.preview({ change: 'move', ...wanted }),
        }
      : undefined,
  );
  const all = useEffectOf(
    isSaid && isFollowing && following.timing !== undefined
      ? { about: `following ${occurrence.id} ${JSON.stringify(following.timing)}`, ask: following.preview }
      : undefined,
  );
  const effect = isFollowing ? all : only;
  const send = (): Promise<void> => {
    if (isFollowing) return following.send();
    return overSeen((seen) =>
      here.make(
        () => here.api.move({ ...wanted, ...written.input('message') }, seen),
        () =>
          t('sessions.done.move', {
            when: t('rule.at', {
              rule: isDate(date) ? dates.plainDay(date) : date,
              time: clockWords(language, time),
            }),
          }),
      ),
    );
  };
  const moved = (fault: unknown) => fieldProblem(texts, fault, 'start') ?? fieldProblem(texts, fault, 'end');
  return (
    <FormDialog
      title={t('sessions.move.title')}
      verb={t('sessions.move.verb')}
      isOpen={props.isOpen}
      onClose={props.onClose}
      onSend={send}
      isOwnFault={(fault) => moved(fault) !== undefined}
    >
      {(fault) => (
        <>
          {proposal !== undefined && proposal !== date && (
            <p className={css.proposal}>
              {t('sessions.move.proposal')}{' '}
              <Button size="small" onClick={() => setDate(proposal)}>
                {dates.plainDay(proposal)}
              </Button>
            </p>
          )}
          {moved(fault) !== undefined && (
            <p role="alert" className={css.fault}>
              {moved(fault)}
            </p>
          )}
          <div className={css.fields}>
            <DateField
              label={t('sessions.field.date')}
              {...dateFault(texts, fault ?? effect.fault)}
              required
              min={todayInHelsinki()}
              value={date}
              onChange={setDate}
            />
            <TimeField
              label={t('sessions.field.time')}
              {...faultAt(texts, fault, 'time')}
              required
              value={time}
              onChange={setTime}
            />
            <Field label={t('sessions.field.minutes')} {...faultAt(texts, fault, 'minutes')}>
              <Input
                type="number"
                required
                min={5}
                max={1440}
                value={minutes}
                onChange={(_, { value }) => setMinutes(value)}
              />
            </Field>
          </div>
          {isDate(date) && <DayWords date={date} occurrenceId={occurrence.id} />}
          {following.isChosen ? (
            <p className={css.quiet}>
              {t('sessions.move.chosen')}{' '}
              <a href={href(['sessions', 'series', occurrence.seriesId])}>{t('sessions.series.open')}</a>
            </p>
          ) : (
            <Field label={t('sessions.move.scope')}>
              <RadioGroup
                value={isFollowing ? 'following' : 'only'}
                onChange={(_, { value }) => setFollowing(value === 'following')}
              >
                <Radio value="only" label={t('sessions.move.only')} />
                <Radio value="following" label={t('sessions.move.following')} />
              </RadioGroup>
            </Field>
          )}
          {isSaid && (
            <EffectText
              effect={effect}
              what={() => {
                if (isFollowing) return t('sessions.effect.change', { from: dates.plainDay(following.from) });
                if (isSame && Number(minutes) === length) return t('sessions.effect.same');
                return t('sessions.effect.move', {
                  was: dates.moment(occurrence.start),
                  now: t('rule.at', { rule: dates.plainDay(date), time: clockWords(language, time) }),
                });
              }}
            />
          )}
          {!isFollowing && <MessageFields written={written} fault={fault} effect={effect} />}
          <p className={css.quiet}>{t('sessions.move.note')}</p>
        </>
      )}
    </FormDialog>
  );
}

/**
 * What is wrong with the date, said at its field: of this and following it is the day from which the change holds, or the rule
 * that it makes.
 */
function dateFault(texts: Texts, fault: unknown): { readonly validationMessage?: string } {
  for (const field of ['date', 'from', 'rule', 'until']) {
    const found = faultAt(texts, fault, field, ['occurrence.timePassed']);
    if (found.validationMessage !== undefined) return found;
  }
  return {};
}

/** The same move of this session and of all that follow: another rule of the series from here on. */
function useFollowing(
  { occurrence }: OccurrenceAnswer,
  isOpen: boolean,
  { date, time, minutes }: { readonly date: string; readonly time: string; readonly minutes: number | null },
) {
  const { api: server, notify } = useShell();
  const { t, dates } = useText();
  const api = seriesApi(server, occurrence.seriesId);
  const loaded = useLoad(isOpen ? api.path : 'none', () => (isOpen ? api.get() : Promise.resolve(undefined)));
  const series = loaded.state === 'ready' ? loaded.value?.series : undefined;
  const segment = series?.segments.find(({ number }) => number === occurrence.segment);
  const from = changedFrom(occurrence.date, date);
  const timing =
    segment === undefined || date === ''
      ? undefined
      : { from, rule: movedRule(segment.rule, occurrence.date, date), time, minutes };
  return {
    from,
    timing,
    /** Dates that were chosen one by one do not follow each other. */
    isChosen: segment?.rule.every === 'dates',
    preview: () => api.previewChange(timing ?? {}),
    /** Afterwards the session may be at another address: the page of its series shows what came of it. */
    send: async (): Promise<void> => {
      if (timing === undefined || series === undefined) throw new ApiError('network', 0);
      const { undo } = await api.changeFrom(timing, { segments: series.segments });
      window.location.hash = href(['sessions', 'series', series.id]);
      notify(
        t('sessions.done.change', { from: dates.plainDay(from) }),
        undo === undefined ? undefined : async () => void (await api.undo(undo)),
      );
    },
  };
}

/** The message that goes with a change; not where it would go nowhere, and why is said above. */
function MessageFields(props: {
  readonly written: ReturnType<typeof useWritten>;
  readonly fault: unknown;
  readonly effect: Effect;
}) {
  const { t } = useText();
  if (!reachesSomebody(props.effect)) return null;
  return (
    <WrittenFields
      {...props}
      label={t('sessions.move.message')}
      hint={t('sessions.move.messageHint')}
      field="message"
    />
  );
}

/**
 * Asks before a session is cancelled, or held after all: whom that notifies, and what is said with it in both languages.
 */
function NotifyingDialog(
  props: OccurrenceDialog & {
    readonly change: 'cancel' | 'restore';
    readonly title: string;
    readonly verb: string;
    readonly text?: string;
    readonly make: (written: ReturnType<typeof useWritten>) => Promise<OccurrenceAnswer>;
    readonly children: (written: ReturnType<typeof useWritten>, fault: unknown, effect: Effect) => ReactNode;
  },
) {
  const { occurrence, here, change, text } = props;
  const { t, dates } = useText();
  const written = useWritten();
  const effect = useEffectOf(
    props.isOpen
      ? {
          about: `${change} ${occurrence.id} ${occurrence.start}`,
          ask: () => here.api.preview({ change }),
        }
      : undefined,
  );
  return (
    <FormDialog
      title={props.title}
      verb={props.verb}
      isDanger={change === 'cancel'}
      isOpen={props.isOpen}
      onClose={props.onClose}
      onSend={() => here.make(() => props.make(written), t(`sessions.done.${change}`))}
    >
      {(fault) => (
        <>
          {text !== undefined && <p>{text}</p>}
          <EffectText
            effect={effect}
            what={() => t(`sessions.effect.${change}`, { was: dates.moment(occurrence.start) })}
          />
          {props.children(written, fault, effect)}
        </>
      )}
    </FormDialog>
  );
}

/** Asks before a cancelled session is held after all, and says who is notified. */
export function RestoreDialog(props: OccurrenceDialog) {
  const { t } = useText();
  return (
    <NotifyingDialog
      {...props}
      change="restore"
      title={t('sessions.restore.title')}
      verb={t('sessions.restore.verb')}
      make={(written) => props.here.api.restore(written.input('message'))}
    >
      {(written, fault, effect) => <MessageFields written={written} fault={fault} effect={effect} />}
    </NotifyingDialog>
  );
}

/** What the chosen day is: a public holiday, a turn of the clocks, or a day with another session. */
function DayWords({ date, occurrenceId }: { readonly date: string; readonly occurrenceId: string }) {
  const { api } = useShell();
  const { t, dates, language } = useText();
  const year = date.slice(0, 4);
  const loaded = useLoad(`year ${year}`, () => getSessionYear(api, year));
  const turn = clockTurnBefore(date);
  const value = loaded.state === 'ready' ? loaded.value : undefined;
  const holiday = value?.holidays.find((day) => day.date === date);
  const others = (value?.occurrences ?? []).filter(
    ({ id, start, state }) =>
      id !== occurrenceId && state.status !== 'cancelled' && wallTimeOf(start).date === date,
  );
  const words = [
    holiday && t('sessions.day.holiday', { holiday: holiday.names[language] }),
    turn && t(`sessions.day.${turn}`),
    ...others.map(({ names, start }) =>
      t('sessions.day.other', { name: names[language], when: dates.time(start) }),
    ),
  ].filter((text) => text !== undefined);
  return (
    <div role="status">
      {words.map((text) => (
        <p key={text} className={css.word}>
          {text}
        </p>
      ))}
    </div>
  );
}

/** A text in one's own language and the others, which may be missing. */
function useWritten() {
  const { language } = useText();
  const [text, setText] = useState('');
  const [others, setOthers] = useState<Readonly<Partial<Record<Language, string>>>>({});
  return {
    text,
    others,
    setText,
    setOther: (other: Language, value: string) => setOthers({ ...others, [other]: value }),
    /** As a change takes it, under a name; nothing where nothing was written. */
    input: (field: 'reason' | 'message') =>
      text.trim() === ''
        ? {}
        : {
            [field]: text,
            language,
            translations: Object.fromEntries(
              Object.entries(others).map(([other, value]) => [other, { [field]: value }]),
            ),
          },
  };
}

/** The fields of such a text: one a language, which asks for the others when there is something to say. */
function WrittenFields(props: {
  readonly written: ReturnType<typeof useWritten>;
  readonly label: string;
  readonly hint: string;
  readonly field: 'reason' | 'message';
  readonly fault: unknown;
  readonly effect: Effect;
}) {
  const { written, label, hint, field, fault } = props;
  const { texts } = useShell();
  const { t, language } = useText();
  const isWritten = written.text.trim() !== '';
  return (
    <>
      <Field
        label={t('sessions.languages.in', { what: label, language })}
        hint={hint}
        {...faultAt(texts, fault, field)}
      >
        <Textarea
          lang={language}
          rows={2}
          resize="vertical"
          value={written.text}
          onChange={(_, { value }) => written.setText(value)}
        />
      </Field>
      {otherLanguages(language).map((other) => (
        <Field
          key={other}
          label={t('sessions.languages.in', { what: label, language: other })}
          {...(isWritten &&
            (written.others[other] ?? '').trim() === '' && {
              validationState: 'warning',
              validationMessage: t('sessions.languages.goesIn', {
                language: other,
                written: language,
                count: props.effect.value?.readers[other] ?? 0,
              }),
            })}
          {...atField(faultAt(texts, fault, `translations.${other}`))}
        >
          <Textarea
            lang={other}
            rows={2}
            resize="vertical"
            value={written.others[other] ?? ''}
            onChange={(_, { value }) => written.setOther(other, value)}
          />
        </Field>
      ))}
    </>
  );
}

/** A fault is shown as such in place of a warning. */
const atField = (fault: ReturnType<typeof faultAt>) =>
  fault.validationMessage === undefined ? {} : { ...fault, validationState: 'error' as const };

/** Cancels after asking, with a reason in both languages where one is given. */
export function CancelDialog(props: OccurrenceDialog) {
  const { t } = useText();
  return (
    <NotifyingDialog
      {...props}
      change="cancel"
      title={t('sessions.cancel.title')}
      verb={t('sessions.cancel.verb')}
      text={t('sessions.cancel.text')}
      make={(written) => props.here.api.cancel(written.input('reason'))}
    >
      {(written, fault, effect) => (
        <WrittenFields
          effect={effect}
          written={written}
          label={t('sessions.cancel.label')}
          hint={t('sessions.cancel.hint')}
          field="reason"
          fault={fault}
        />
      )}
    </NotifyingDialog>
  );
}

/** The name and the join link of this one occurrence; emptied, those of the series hold again. */
export function EditDialog(props: OccurrenceDialog) {
  const { occurrence, here } = props;
  const { texts } = useShell();
  const { t } = useText();
  const [names, setNames] = useState({ ...occurrence.names });
  const [joinUrl, setJoinUrl] = useState(occurrence.record?.joinUrl ?? '');
  const [filled] = useState(names);
  const overSeen = useSeen({
    names: occurrence.record?.names ?? null,
    joinUrl: occurrence.record?.joinUrl ?? null,
  });
  const isNamed = languages.some((language) => names[language].trim() !== '');
  const isRenamed = languages.some((language) => names[language] !== filled[language]);
  const wanted = {
    // Those of the series, which the form is filled with, do not become its own by being left as they are.
    ...(isRenamed && { names: isNamed ? names : null }),
    joinUrl: joinUrl.trim() === '' ? null : joinUrl.trim(),
  };
  const isChanged = isRenamed || wanted.joinUrl !== (occurrence.record?.joinUrl ?? null);
  const send = (): Promise<void> =>
    overSeen((seen) => here.make(() => here.api.edit(wanted, seen), t('sessions.done.edit')));
  return (
    <FormDialog
      title={t('sessions.edit.title')}
      verb={t('sessions.edit.verb')}
      isOpen={props.isOpen}
      onClose={props.onClose}
      onSend={send}
    >
      {(fault) => (
        <>
          {languages.map((language) => (
            <Field
              key={language}
              label={t('sessions.field.name', { language })}
              {...(language === 'fi' && faultAt(texts, fault, 'names'))}
              {...faultAt(texts, fault, `names.${language}`)}
            >
              <Input
                lang={language}
                value={names[language]}
                onChange={(_, { value }) => setNames({ ...names, [language]: value })}
              />
            </Field>
          ))}
          <Field
            label={t('sessions.field.joinUrl')}
            hint={t('sessions.edit.joinHint')}
            {...faultAt(texts, fault, 'joinUrl')}
          >
            <Input
              type="url"
              value={joinUrl}
              placeholder="https://"
              onChange={(_, { value }) => setJoinUrl(value)}
            />
          </Field>
          {isChanged && (
            <ChangeEffect
              about={`edit ${occurrence.id} ${JSON.stringify(wanted)}`}
              ask={() => here.api.preview({ change: 'edit', ...wanted })}
              what={() => t('sessions.effect.edit')}
              isSmall
            />
          )}
        </>
      )}
    </FormDialog>
  );
}
