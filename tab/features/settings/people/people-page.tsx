import { Button } from '@fluentui/react-components';
import { PeopleAdd20Regular, PersonAdd20Regular } from '@fluentui/react-icons';
import type { ProgrammeEvent } from '../../../../src/people/person.js';
import type { MembersAnswer, ShownMember } from '../../../../src/shared/answers/settings.js';
import { AuditTrail } from '../../../shared/audit-trail.js';
import { useShell, useText } from '../../../shared/context.js';
import { Disclosure } from '../../../shared/disclosure.js';
import { useDialogs } from '../../../shared/form-dialog.js';
import { Page } from '../../../shared/layout.js';
import { SearchField } from '../../../shared/search-field.js';
import { Await, Bones } from '../../../shared/states.js';
import { useLoad, type Loaded } from '../../../shared/use-load.js';
import { useRoute } from '../../../shared/use-route.js';
import { listMembers, membersAuditPath } from '../api.js';
import { AddDialog } from './add-dialog.js';
import { LeftRow, MemberRow } from './member-row.js';
import { ListDialog } from './list-dialog.js';
import css from './people.module.css';

type PeopleEvent = Extract<ProgrammeEvent, { readonly person: unknown }>;

/** Who belongs to the programme: their roles and projects, and who was removed. */
export function PeoplePage() {
  const { api } = useShell();
  const { t } = useText();
  const loaded = useLoad('members', () => listMembers(api));
  const dialogs = useDialogs<'add' | 'list'>();
  return (
    <Page
      title={t('settings.people')}
      lead={t('settings.people.lead')}
      action={
        <div className={css.ways}>
          <Button appearance="primary" icon={<PersonAdd20Regular />} onClick={() => dialogs.show('add')}>
            {t('settings.people.add')}
          </Button>
          <Button icon={<PeopleAdd20Regular />} onClick={() => dialogs.show('list')}>
            {t('settings.people.list')}
          </Button>
        </div>
      }
    >
      <div className={css.search}>
        <SearchField label={t('settings.people.search')} />
      </div>
      <Await loaded={loaded} bones={<Bones rows={6} height={72} />}>
        {({ members }) => <Members members={members} loaded={loaded} />}
      </Await>
      {dialogs.round > 0 && (
        <>
          <AddDialog key={dialogs.round} {...dialogs.of('add')} onAdded={() => loaded.refresh()} />
          {loaded.state === 'ready' && (
            <ListDialog
              key={`list ${String(dialogs.round)}`}
              members={loaded.value.members}
              {...dialogs.of('list')}
              onAdded={() => loaded.refresh()}
            />
          )}
        </>
      )}
    </Page>
  );
}

/** Whether a name has what was searched for, whatever its letters' case. */
const isFound = ({ name }: ShownMember, text: string): boolean =>
  name.toLocaleLowerCase('fi').includes(text.trim().toLocaleLowerCase('fi'));

function Members(props: {
  readonly members: readonly ShownMember[];
  readonly loaded: Loaded<MembersAnswer>;
}) {
  const { members, loaded } = props;
  const { t } = useText();
  const { query } = useRoute();
  const found = members.filter((member) => isFound(member, query.text ?? ''));
  const here = found.filter(({ left }) => left === undefined);
  const gone = found.filter(({ left }) => left !== undefined);
  /** What others may do depends on who is an admin: all of them are looked at again. */
  const onChanged = (): void => loaded.refresh();
  return (
    <>
      <p className={css.count} role="status">
        {here.length === 0 ? t('settings.people.none') : t('settings.people.count', { count: here.length })}
      </p>
      <ul className={css.people}>
        {here.map((member) => (
          <MemberRow key={member.id} member={member} onChanged={onChanged} />
        ))}
      </ul>
      {gone.length > 0 && (
        <Disclosure summary={<h2>{t('settings.people.leftOnes', { count: gone.length })}</h2>}>
          <ul className={css.people}>
            {gone.map((member) => (
              <LeftRow key={member.id} member={member} onChanged={onChanged} />
            ))}
          </ul>
        </Disclosure>
      )}
      <AuditTrail<PeopleEvent>
        title={t('sessions.audit.title')}
        path={membersAuditPath}
        version={JSON.stringify(members.map(({ id, role, projects, left }) => [id, role, projects, left]))}
        describe={(event) => <Description event={event} />}
      />
    </>
  );
}

function Description({ event }: { readonly event: PeopleEvent }) {
  const { t, dates } = useText();
  const { name } = event.person;
  switch (event.action) {
    case 'setRole':
      return t('settings.people.audit.setRole', {
        name,
        from: t(`role.${event.from}`),
        role: t(`role.${event.role}`),
      });
    case 'setProjects':
      return t('settings.people.audit.setProjects', { name });
    case 'beginProgramme':
      return t('settings.people.audit.beginProgramme', { name });
    case 'setSubstitute':
    case 'endSubstitute':
    case 'restoreSubstitute':
      return t(`settings.people.audit.${event.action}`, {
        name,
        substitute: event.substitute.name,
        from: dates.plainDay(event.from),
        to: dates.plainDay(event.to),
      });
    case 'addPerson':
    case 'removePerson':
      return t(`settings.people.audit.${event.action}`, { name, role: t(`role.${event.role}`) });
  }
}
