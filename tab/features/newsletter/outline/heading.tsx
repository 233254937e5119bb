import { Field, Input, Select } from '@fluentui/react-components';
import { useState } from 'react';
import type { HeadingView, IssueView, SectionView } from '../../../../src/newsletter/view.js';
import { publicLanguages } from '../../../../src/shared/languages.js';
import { useShell, useText } from '../../../shared/context.js';
import { FormDialog } from '../../../shared/form-dialog.js';
import { fieldProblem } from '../../../shared/problem.js';
import { isConflict } from '../../../shared/use-seen.js';
import { Choice } from '../choice.js';
import { orderBody, titleLanguage, withHeading, withOtherHeading } from '../issue-view.js';
import type { IssueHere } from '../use-issue.js';
import css from './outline.module.css';

interface HeadingProps {
  readonly issue: IssueView;
  readonly here: IssueHere;
  /** The section whose heading is changed; without one a heading is added. */
  readonly section: SectionView | undefined;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** The projects of the issue's stories whose name stands nowhere else yet, with their names. */
function useFreeProjects({ issue, section }: HeadingProps) {
  const { session } = useShell();
  const taken = issue.sections.filter((each) => each !== section).map(({ id }) => id);
  const here = issue.sections.flatMap(({ stories }) => stories.map(({ projectId }) => projectId));
  return session.programme.projects.filter(({ id }) => here.includes(id) && !taken.includes(id));
}

function useHeadingForm(props: HeadingProps) {
  const { issue, section } = props;
  const projects = useFreeProjects(props);
  const before = section?.heading;
  const [kind, setKind] = useState<'own' | 'project'>(before && 'projectId' in before ? 'project' : 'own');
  const [own, setOwn] = useState(before && 'own' in before ? before.own : { fi: '', sv: '' });
  const [projectId, setProject] = useState<string | undefined>(
    before && 'projectId' in before ? before.projectId : projects[0]?.id,
  );
  const [above, setAbove] = useState('');
  const [newId] = useState(() => `own-${crypto.randomUUID()}`);
  const project = kind === 'project' ? projects.find(({ id }) => id === projectId) : undefined;

  /** The issue as it will be, and which of its sections has the heading. */
  const result = (): { readonly next: IssueView; readonly id: string } => {
    const heading: HeadingView = project
      ? { projectId: project.id, names: project.names }
      : { own, names: { ...own, en: own.fi } };
    const kept = section !== undefined && before !== undefined && 'own' in before ? section.id : newId;
    const id = project?.id ?? kept;
    const next =
      section === undefined
        ? withHeading(issue, { id, heading, ...(above !== '' && { above }) })
        : withOtherHeading(issue, section.id, { id, heading });
    return { next, id };
  };
  return { projects, kind, setKind, own, setOwn, projectId, setProject, above, setAbove, result };
}

/** A heading of one's own, or the name of a project, above the stories of an issue. */
export function HeadingDialog(props: HeadingProps) {
  const { here, isOpen, onClose } = props;
  const { texts } = useShell();
  const { t } = useText();
  // As it was when the dialog was opened: what others change meanwhile is not replaced before it was said here.
  const [opened, setOpened] = useState<IssueView | undefined>(props.issue);
  const issue = opened ?? props.issue;
  const section = issue.sections.find(({ id }) => id === props.section?.id);
  const form = useHeadingForm({ ...props, issue, section });
  const [sent, setSent] = useState(0);
  const fieldOf = (language: string): string => `sections.${sent}.heading.own.${language}`;
  const isNew = section === undefined;
  const save = async (): Promise<void> => {
    const { next, id } = form.result();
    setSent(next.sections.findIndex((each) => each.id === id));
    const error = await here.change(
      () => here.api.setOrder(orderBody(next), orderBody(issue)),
      t(isNew ? 'newsletter.heading.added' : 'newsletter.heading.changed'),
      { quiet: () => true },
    );
    if (isConflict(error)) setOpened(undefined);
    if (error instanceof Error) throw error;
  };
  return (
    <FormDialog
      isOpen={isOpen}
      title={t(isNew ? 'newsletter.heading.new.title' : 'newsletter.heading.edit.title')}
      verb={t(isNew ? 'newsletter.heading.new' : 'newsletter.heading.save')}
      onSend={save}
      onClose={onClose}
      isOwnFault={(fault) =>
        publicLanguages.some((language) => fieldProblem(texts, fault, fieldOf(language)) !== undefined)
      }
    >
      {(fault) => (
        <>
          {form.projects.length > 0 && (
            <Choice
              label={t('newsletter.heading.kind')}
              value={form.kind}
              options={[
                ['own', t('newsletter.heading.kind.own')],
                ['project', t('newsletter.heading.kind.project')],
              ]}
              onChoose={form.setKind}
            />
          )}
          <HeadingFields
            form={form}
            problemOf={(language) => fieldProblem(texts, fault, fieldOf(language))}
          />
          {isNew && <Where issue={issue} form={form} />}
        </>
      )}
    </FormDialog>
  );
}

type HeadingForm = ReturnType<typeof useHeadingForm>;

function HeadingFields({
  form,
  problemOf,
}: {
  readonly form: HeadingForm;
  readonly problemOf: (language: string) => string | undefined;
}) {
  const { t, language: shown } = useText();
  if (form.kind === 'project' && form.projects.length > 0)
    return (
      <Field label={t('newsletter.heading.project')}>
        <Select
          className={css.headingSelect}
          value={form.projectId}
          onChange={(_, { value }) => form.setProject(value)}
        >
          {form.projects.map(({ id, names }) => (
            <option key={id} value={id}>
              {names[shown]}
            </option>
          ))}
        </Select>
      </Field>
    );
  return publicLanguages.map((language) => {
    const problem = problemOf(language);
    return (
      <Field
        key={language}
        label={t(`newsletter.heading.text.${language}`)}
        {...(problem !== undefined && { validationMessage: problem })}
      >
        <Input
          lang={language}
          value={form.own[language]}
          onChange={(_, { value }) => form.setOwn({ ...form.own, [language]: value })}
        />
      </Field>
    );
  });
}

/** Above which story it comes. */
function Where({ issue, form }: { readonly issue: IssueView; readonly form: HeadingForm }) {
  const { t, language } = useText();
  const stories = issue.sections.flatMap((section) => section.stories);
  if (stories.length === 0) return null;
  return (
    <Field label={t('newsletter.heading.where')}>
      <Select
        className={css.headingSelect}
        value={form.above}
        onChange={(_, { value }) => form.setAbove(value)}
      >
        <option value="">{t('newsletter.heading.where.end')}</option>
        {stories.map(({ id, titles }) => (
          <option key={id} value={id}>
            {t('newsletter.heading.where.above', { title: titles[titleLanguage(language)] })}
          </option>
        ))}
      </Select>
    </Field>
  );
}
