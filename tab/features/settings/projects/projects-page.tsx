import { Button } from '@fluentui/react-components';
import { Add20Regular, BriefcaseRegular } from '@fluentui/react-icons';
import { useRef, useState } from 'react';
import type { ProgrammeEvent, Project } from '../../../../src/people/person.js';
import type { ProjectsAnswer } from '../../../../src/shared/answers/set-up.js';
import { AuditTrail } from '../../../shared/audit-trail.js';
import { useShell, useText } from '../../../shared/context.js';
import { Disclosure } from '../../../shared/disclosure.js';
import { keepFocus } from '../../../shared/focus.js';
import { FormDialog, useDialogs } from '../../../shared/form-dialog.js';
import { Page } from '../../../shared/layout.js';
import { Await, Bones, Empty } from '../../../shared/states.js';
import { useLoad } from '../../../shared/use-load.js';
import { useSeen } from '../../../shared/use-seen.js';
import {
  addProject,
  archiveProject,
  listProjects,
  projectsAuditPath,
  renameProject,
  restoreProject,
} from '../api.js';
import { NamesFields, noNames } from '../names-fields.js';
import { useOwed } from '../use-owed.js';
import css from '../settings.module.css';

type ProjectEvent = Extract<ProgrammeEvent, { readonly names: unknown }>;

/** The projects of the programme: added, renamed, archived and brought back, each with an undo. */
export function ProjectsPage() {
  const { api, refreshSession } = useShell();
  const { t, language } = useText();
  const loaded = useLoad('projects', () => listProjects(api));
  const dialogs = useDialogs<'add'>();
  const show = (answer: ProjectsAnswer): void => {
    loaded.set(answer);
    refreshSession();
  };
  const add = (
    <Button appearance="primary" icon={<Add20Regular />} onClick={() => dialogs.show('add')}>
      {t('settings.projects.add')}
    </Button>
  );
  const isEmpty = loaded.state === 'ready' && loaded.value.projects.length === 0;
  return (
    <Page
      title={t('settings.projects')}
      lead={t('settings.projects.lead')}
      action={isEmpty ? undefined : add}
    >
      <Await loaded={loaded} bones={<Bones rows={4} height={56} />}>
        {({ projects, namesakes }) => {
          const archived = projects.filter(({ isArchived }) => isArchived === true);
          const open = projects.filter((project) => !archived.includes(project));
          const list = (shown: readonly Project[]) => (
            <ul className={css.list}>
              {shown.map((project) => (
                <ProjectRow
                  key={project.id}
                  project={project}
                  namesakes={namesakes
                    .filter(({ projectId }) => projectId === project.id)
                    .map(({ programme }) => programme[language])}
                  onChanged={show}
                />
              ))}
            </ul>
          );
          if (projects.length === 0)
            return (
              <Empty
                icon={<BriefcaseRegular />}
                title={t('settings.projects.empty.title')}
                text={t('settings.projects.empty.text')}
              >
                {add}
              </Empty>
            );
          return (
            <>
              {open.length > 0 && list(open)}
              {archived.length > 0 && (
                <Disclosure
                  summary={<h2>{t('settings.projects.archive.count', { count: archived.length })}</h2>}
                >
                  {list(archived)}
                </Disclosure>
              )}
              <AuditTrail<ProjectEvent>
                title={t('sessions.audit.title')}
                path={projectsAuditPath}
                version={JSON.stringify(projects)}
                describe={(event) =>
                  event.action === 'renameProject'
                    ? t('settings.projects.audit.renameProject', {
                        name: event.names[language],
                        from: event.from[language],
                      })
                    : t(`settings.projects.audit.${event.action}`, { name: event.names[language] })
                }
              />
            </>
          );
        }}
      </Await>
      {dialogs.round > 0 && <AddDialog key={dialogs.round} {...dialogs.of('add')} onAdded={show} />}
    </Page>
  );
}

interface RowProps {
  readonly project: Project;
  /** The programmes that have a project of this name too. */
  readonly namesakes: readonly string[];
  readonly onChanged: (answer: ProjectsAnswer) => void;
}

function ProjectRow({ project, namesakes, onChanged }: RowProps) {
  const { api, notify, fail } = useShell();
  const { t, language } = useText();
  const dialogs = useDialogs<'rename'>();
  const { id, names, isArchived = false } = project;
  const name = names[language];
  const act = async (verb: 'archive' | 'restore'): Promise<void> => {
    const [there, back] =
      verb === 'archive' ? [archiveProject, restoreProject] : [restoreProject, archiveProject];
    try {
      onChanged(await there(api, id));
      notify(
        t(verb === 'archive' ? 'settings.projects.archived' : 'settings.projects.restored', { name }),
        async () => onChanged(await back(api, id)),
      );
      keepFocus();
    } catch (error) {
      fail(error);
    }
  };
  const verb = isArchived ? 'restore' : 'archive';
  const others = [...new Set(Object.values(names))].filter((each) => each !== name);
  return (
    <li className={css.row}>
      <div className={css.what}>
        <strong>{name}</strong>
        {others.length > 0 && <span className={css.quiet}>{others.join(' · ')}</span>}
        {namesakes.map((programme) => (
          <span key={programme} className={css.quiet}>
            {t('settings.projects.namesake', { programme })}
          </span>
        ))}
      </div>
      <div className={css.ways}>
        {!isArchived && (
          <Button
            size="small"
            aria-label={t('settings.projects.rename.of', { name })}
            onClick={() => dialogs.show('rename')}
          >
            {t('settings.projects.rename')}
          </Button>
        )}
        <Button
          size="small"
          appearance="subtle"
          aria-label={t(`settings.projects.${verb}.of`, { name })}
          onClick={() => void act(verb)}
        >
          {t(`settings.projects.${verb}`)}
        </Button>
      </div>
      {dialogs.round > 0 && (
        <RenameDialog key={dialogs.round} project={project} {...dialogs.of('rename')} onChanged={onChanged} />
      )}
    </li>
  );
}

interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

function RenameDialog(props: DialogProps & Pick<RowProps, 'project' | 'onChanged'>) {
  const { project, onChanged, ...dialog } = props;
  const { api, notify } = useShell();
  const { t, language } = useText();
  const owed = useOwed();
  const [names, setNames] = useState(project.names);
  const overSeen = useSeen({ names: project.names });
  const send = async (): Promise<void> => {
    const answer = await overSeen((seen) => renameProject(api, project.id, names, seen));
    onChanged(answer);
    const after = answer.projects.find(({ id }) => id === project.id)?.names ?? names;
    notify(t('settings.projects.renamed', { name: after[language] }), async () =>
      onChanged(await renameProject(api, project.id, project.names, { names: after })),
    );
  };
  return (
    <FormDialog
      {...dialog}
      title={t('settings.projects.rename.title', { name: project.names[language] })}
      verb={t('settings.projects.rename')}
      onSend={send}
    >
      {(fault) => <NamesFields names={names} owed={owed} at="names" fault={fault} onChange={setNames} />}
    </FormDialog>
  );
}

function AddDialog(props: DialogProps & { readonly onAdded: (answer: ProjectsAnswer) => void }) {
  const { onAdded, ...dialog } = props;
  const { api, notify } = useShell();
  const { t, language } = useText();
  const owed = useOwed();
  const [names, setNames] = useState(noNames);
  // Sent twice it is one project.
  const formId = useRef(crypto.randomUUID());
  const send = async (): Promise<void> => {
    const answer = await addProject(api, formId.current, names);
    onAdded(answer);
    const made = answer.projects.at(-1);
    notify(
      t('settings.projects.added', { name: made?.names[language] ?? names[language] }),
      made && (async () => onAdded(await archiveProject(api, made.id))),
    );
  };
  return (
    <FormDialog
      {...dialog}
      title={t('settings.projects.add.title')}
      verb={t('settings.projects.add.verb')}
      onSend={send}
    >
      {(fault) => <NamesFields names={names} owed={owed} at="names" fault={fault} onChange={setNames} />}
    </FormDialog>
  );
}
