import { offeredProjects } from '../../../../src/people/person.js';
import { Button, Checkbox } from '@fluentui/react-components';
import { ArrowHookUpLeft16Regular, Delete16Regular, Edit16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { roles, type Role } from '../../../../src/platform/actor.js';
import type { ShownMember } from '../../../../src/shared/answers/settings.js';
import { useProjectName, useShell, useText } from '../../../shared/context.js';
import { keepFocus } from '../../../shared/focus.js';
import { FormDialog, useDialogs } from '../../../shared/form-dialog.js';
import { GroupField } from '../../../shared/group-field.js';
import { PlainSelect } from '../../../shared/plain-select.js';
import { useSeen } from '../../../shared/use-seen.js';
import { addMember, removeMember, setProjects, setRole } from '../api.js';
import css from './people.module.css';

interface RowProps {
  readonly member: ShownMember;
  readonly onChanged: () => void;
}

/** One person: who they are, their role, their projects, and the way out. */
export function MemberRow({ member, onChanged }: RowProps) {
  const { t } = useText();
  const projectName = useProjectName();
  const dialogs = useDialogs<'projects'>();
  const { name, language, projects, inChat } = member;
  return (
    <li className={css.person}>
      <div className={css.who}>
        <strong>{name}</strong>
        <span className={css.quiet}>
          {t(`language.${language}`)} · {t(`settings.people.inChat.${inChat}`)}
        </span>
        <InTeams member={member} />
      </div>
      <RoleChoice member={member} onChanged={onChanged} />
      <div className={css.projects}>
        <span>
          {projects.length === 0
            ? t('settings.people.projects.none')
            : projects.map((id) => projectName(id)).join(', ')}
        </span>
        <Button
          size="small"
          appearance="subtle"
          icon={<Edit16Regular />}
          aria-label={t('settings.people.projects.change', { name })}
          title={t('settings.people.projects.change', { name })}
          onClick={() => dialogs.show('projects')}
        />
      </div>
      <Remove member={member} onChanged={onChanged} />
      {dialogs.round > 0 && (
        <ProjectsDialog
          key={dialogs.round}
          member={member}
          {...dialogs.of('projects')}
          onChanged={onChanged}
        />
      )}
    </li>
  );
}

/** How else they are reached in Teams: the app that was installed for them, and their activity feed. */
function InTeams({ member: { install, feed } }: Pick<RowProps, 'member'>) {
  const { t, dates } = useText();
  const last = feed?.last;
  const lines = [
    ...(install === undefined
      ? []
      : [
          t(`unreached.install.${install.result}`, {
            when: dates.day(install.at),
            reason: install.reason ?? '',
          }),
        ]),
    ...(feed === undefined || feed.by === 'chat' ? [] : [t(`settings.people.notify.${feed.by}`)]),
    ...(last?.result === 'refused'
      ? [t('settings.people.feed.refused', { when: dates.day(last.at), reason: last.reason ?? '' })]
      : []),
    ...(last?.result === 'shown' ? [t('settings.people.feed.shown')] : []),
  ];
  return lines.length === 0 ? null : <span className={css.quiet}>{lines.join(' ')}</span>;
}

/** The role, changed at once; one that is given elsewhere, or that nobody else has, is only shown. */
function RoleChoice({ member, onChanged }: RowProps) {
  const { api, notify, fail } = useShell();
  const { t } = useText();
  const [chosen, setChosen] = useState<Role>();
  const { id, name, role, roleFrom, may } = member;
  const choose = async (next: Role): Promise<void> => {
    if (next === role) return;
    setChosen(next);
    try {
      await setRole(api, id, next, { role });
      notify(t('settings.people.role.done', { name, role: t(`role.${next}`) }), async () => {
        await setRole(api, id, role, { role: next });
        onChanged();
      });
    } catch (error) {
      fail(error);
    } finally {
      setChosen(undefined);
      onChanged();
    }
  };
  if (!may.changeRole)
    return (
      <div className={css.role}>
        <span>{t(`role.${role}`)}</span>
        <span className={css.quiet}>
          {t(
            roleFrom === 'installation'
              ? 'settings.people.roleFrom.installation'
              : 'settings.people.lastAdmin',
          )}
        </span>
      </div>
    );
  return (
    <div className={css.role}>
      <PlainSelect
        aria-label={t('settings.people.role', { name })}
        value={chosen ?? role}
        disabled={chosen !== undefined}
        onChange={({ target }) => void choose(target.value as Role)}
      >
        {roles.map((each) => (
          <option key={each} value={each}>
            {t(`role.${each}`)}
          </option>
        ))}
      </PlainSelect>
    </div>
  );
}

function Remove({ member, onChanged }: RowProps) {
  const { api, ask, notify } = useShell();
  const { t } = useText();
  const { id, name, may } = member;
  if (!may.remove) return null;
  const remove = async (): Promise<void> => {
    const question = {
      title: t('settings.people.remove.title', { name }),
      text: t('settings.people.remove.text'),
      verb: t('settings.people.remove'),
      isDanger: true,
    } as const;
    const answered = await ask(question, () => removeMember(api, id));
    if (answered === undefined) return;
    notify(t('settings.people.remove.done', { name }), async () => {
      await addMember(api, formOf(member));
      onChanged();
    });
    onChanged();
    keepFocus();
  };
  return (
    <Button
      className={css.remove ?? ''}
      size="small"
      appearance="subtle"
      icon={<Delete16Regular />}
      aria-label={t('settings.people.remove.of', { name })}
      onClick={() => void remove()}
    >
      {t('settings.people.remove')}
    </Button>
  );
}

/** As somebody is added who was here before. */
const formOf = ({ id, name, language, role, projects }: ShownMember) => ({
  id,
  name,
  language,
  role,
  projects,
});

/** Somebody who was removed, and the way back. */
export function LeftRow({ member, onChanged }: RowProps) {
  const { api, notify, fail } = useShell();
  const { t, dates } = useText();
  const { name, left } = member;
  const bringBack = async (): Promise<void> => {
    try {
      await addMember(api, formOf(member));
      notify(t('settings.people.add.done', { name }));
    } catch (error) {
      fail(error);
    }
    onChanged();
    keepFocus();
  };
  return (
    <li className={css.person}>
      <div className={css.who}>
        <strong>{name}</strong>
        {left !== undefined && (
          <span className={css.quiet}>
            {t('settings.people.left', { when: dates.moment(left.at), name: left.by.name })}
          </span>
        )}
      </div>
      <Button
        size="small"
        icon={<ArrowHookUpLeft16Regular />}
        aria-label={t('settings.people.back.of', { name })}
        onClick={() => void bringBack()}
      >
        {t('settings.people.back')}
      </Button>
    </li>
  );
}

function ProjectsDialog(props: RowProps & { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { member, isOpen, onClose, onChanged } = props;
  const { api, notify } = useShell();
  const { t } = useText();
  const [chosen, setChosen] = useState<readonly string[]>(member.projects);
  const overSeen = useSeen({ projects: member.projects });
  const { id, name } = member;
  const send = async (): Promise<void> => {
    await overSeen((seen) => setProjects(api, id, chosen, seen));
    notify(t('settings.people.projects.done', { name }));
    onChanged();
  };
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('settings.people.projects.title', { name })}
      verb={t('settings.people.projects.save')}
      onSend={send}
    >
      {() => <ProjectChoice chosen={chosen} onChoose={setChosen} />}
    </FormDialog>
  );
}

/** The projects of the programme, to be ticked. */
export function ProjectChoice(props: {
  readonly chosen: readonly string[];
  readonly onChoose: (chosen: readonly string[]) => void;
}) {
  const { chosen, onChoose } = props;
  const { session } = useShell();
  const { t, language } = useText();
  return (
    <GroupField label={t('settings.people.projects')}>
      {offeredProjects(session.programme, chosen).map(({ id, names }) => (
        <Checkbox
          key={id}
          label={names[language]}
          checked={chosen.includes(id)}
          onChange={(_, { checked }) =>
            onChoose(checked === true ? [...chosen, id] : chosen.filter((each) => each !== id))
          }
        />
      ))}
    </GroupField>
  );
}
