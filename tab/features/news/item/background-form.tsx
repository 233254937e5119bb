import { offeredProjects } from '../../../../src/people/person.js';
import { Button, Checkbox, Field, Input, Select } from '@fluentui/react-components';
import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { audiences, channels, type NewsItem } from '../../../../src/news/types.js';
import type { NewsItemAnswer } from '../../../../src/shared/answers/news.js';
import { ApiError } from '../../../api.js';
import { useProjectName, useShell, useText } from '../../../shared/context.js';
import { DateField } from '../../../shared/date-fields/fields.js';
import { useFocusOnFault } from '../../../shared/focus.js';
import { fieldProblem } from '../../../shared/problem.js';
import { useSeen } from '../../../shared/use-seen.js';
import { newsItemApi } from '../api.js';
import { bodyOf, draftOf, seenOf, toggled, type DetailsDraft } from './details.js';
import css from './item.module.css';

interface FormProps {
  readonly item: NewsItem;
  readonly onAnswer: (answer: NewsItemAnswer) => void;
  readonly onClose: () => void;
}

/** Corrects an item's background in place. What was written stays while it is refused. */
export function BackgroundForm({ item, onAnswer, onClose }: FormProps) {
  const { api, notify, fail } = useShell();
  const { t } = useText();
  const [draft, setDraft] = useState(() => draftOf(item));
  const overSeen = useSeen(seenOf(draft));
  const [fault, setFault] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('select')?.focus(), []);
  useFocusOnFault(form, fault);

  const save = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    try {
      const { setDetails } = newsItemApi(api, item.id);
      onAnswer(await overSeen((seen) => setDetails(bodyOf(draft), seen)));
      notify(t('news.background.saved'));
      onClose();
    } catch (error) {
      setFault(error);
      if (!(error instanceof ApiError) || error.fields.length === 0) fail(error);
    } finally {
      setBusy(false);
    }
  };
  const onSubmit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void save();
  };
  return (
    <form ref={form} className={css.form} noValidate onSubmit={onSubmit}>
      <Fields draft={draft} fault={fault} onDraft={(more) => setDraft({ ...draft, ...more })} />
      <div className={css.formButtons}>
        <Button type="submit" disabledFocusable={isBusy}>
          {t('news.background.save')}
        </Button>
        <Button appearance="subtle" onClick={onClose}>
          {t('shared.cancel')}
        </Button>
      </div>
    </form>
  );
}

function Fields(props: {
  readonly draft: DetailsDraft;
  readonly fault: unknown;
  readonly onDraft: (more: Partial<DetailsDraft>) => void;
}) {
  const { draft, fault, onDraft } = props;
  const { session, texts } = useShell();
  const { t, language } = useText();
  const projectName = useProjectName();
  const problem = (field: keyof DetailsDraft, nameOf?: (value: string) => string) => {
    const text = fieldProblem(texts, fault, field, nameOf);
    return text === undefined ? {} : { validationMessage: text };
  };
  return (
    <>
      <Field label={t('news.background.project')} {...problem('projectId', projectName)}>
        <Select value={draft.projectId} onChange={(_, data) => onDraft({ projectId: data.value })}>
          {offeredProjects(session.programme, [draft.projectId]).map(({ id, names }) => (
            <option key={id} value={id}>
              {names[language]}
            </option>
          ))}
        </Select>
      </Field>
      <Choices
        label={t('news.background.audiences')}
        problem={fieldProblem(texts, fault, 'audiences')}
        offered={audiences.map((choice) => ({ choice, name: t(`audience.${choice}`) }))}
        chosen={draft.audiences}
        onChange={(chosen) => onDraft({ audiences: chosen })}
      />
      <Choices
        label={t('news.background.channels')}
        problem={fieldProblem(texts, fault, 'wishedChannels')}
        offered={channels.map((choice) => ({ choice, name: t(`channel.${choice}`) }))}
        chosen={draft.wishedChannels}
        onChange={(chosen) => onDraft({ wishedChannels: chosen })}
      />
      <Field label={t('news.background.link')} {...problem('link')}>
        <Input
          type="url"
          value={draft.link}
          placeholder="https://"
          onChange={(_, data) => onDraft({ link: data.value })}
        />
      </Field>
      <div className={css.date}>
        <DateField
          label={t('news.background.earliest')}
          {...problem('earliestDate')}
          value={draft.earliestDate}
          onChange={(earliestDate) => onDraft({ earliestDate })}
        />
      </div>
    </>
  );
}

function Choices<Choice extends string>(props: {
  readonly label: string;
  readonly problem: string | undefined;
  readonly offered: readonly { readonly choice: Choice; readonly name: string }[];
  readonly chosen: readonly Choice[];
  readonly onChange: (chosen: readonly Choice[]) => void;
}) {
  const { offered, chosen } = props;
  const all = offered.map(({ choice }) => choice);
  return (
    <fieldset className={css.choices}>
      <legend>{props.label}</legend>
      {offered.map(({ choice, name }) => (
        <Checkbox
          key={choice}
          label={name}
          checked={chosen.includes(choice)}
          onChange={() => props.onChange(toggled(all, chosen, choice))}
        />
      ))}
      {props.problem !== undefined && (
        <span className={css.fault} role="alert">
          {props.problem}
        </span>
      )}
    </fieldset>
  );
}
