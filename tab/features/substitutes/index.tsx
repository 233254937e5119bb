import { Button } from '@fluentui/react-components';
import { PersonSwapRegular } from '@fluentui/react-icons';
import type { ShownSubstitution, SubstitutionsAnswer } from '../../../src/shared/answers/substitutes.js';
import { useMay, useShell, useText } from '../../shared/context.js';
import { Disclosure } from '../../shared/disclosure.js';
import { keepFocus } from '../../shared/focus.js';
import { useDialogs } from '../../shared/form-dialog.js';
import { Page } from '../../shared/layout.js';
import { Await, Bones, Empty } from '../../shared/states.js';
import { useLoad } from '../../shared/use-load.js';
import { endSubstitution, listSubstitutions, restoreSubstitution } from './api.js';
import { SetDialog } from './set-dialog.js';
import css from './substitutes.module.css';

/** Who acts for oneself, for whom one acts, and everybody's for who gives out work. */
export function SubstitutesView() {
  const { api } = useShell();
  const { t } = useText();
  const loaded = useLoad('substitutes', () => listSubstitutions(api));
  const dialogs = useDialogs<'set'>();
  return (
    <Page
      title={t('substitutes.title')}
      lead={t('substitutes.lead')}
      action={
        <Button appearance="primary" onClick={() => dialogs.show('set')}>
          {t('substitutes.set')}
        </Button>
      }
    >
      <Await loaded={loaded} bones={<Bones rows={3} height={72} />}>
        {(answer) => (
          <>
            <Lists answer={answer} onChanged={() => loaded.refresh()} />
            {dialogs.round > 0 && (
              <SetDialog
                key={dialogs.round}
                people={answer.people}
                {...dialogs.of('set')}
                onSet={() => loaded.refresh()}
              />
            )}
          </>
        )}
      </Await>
    </Page>
  );
}

function Lists(props: { readonly answer: SubstitutionsAnswer; readonly onChanged: () => void }) {
  const { answer, onChanged } = props;
  const { session } = useShell();
  const { t } = useText();
  const { mine, standsIn, all = [] } = answer;
  const concerned = [...mine, ...standsIn];
  const others = all.filter((each) => !concerned.some(({ id }) => id === each.id));
  const isOpen = ({ status }: ShownSubstitution): boolean => status !== 'over';
  const over = [...concerned, ...others].filter((each) => !isOpen(each)).reverse();
  const lists = [
    { title: t('substitutes.mine'), lines: mine.filter(isOpen) },
    { title: t('substitutes.standsIn'), lines: standsIn.filter(isOpen) },
    { title: t('substitutes.others'), lines: others.filter(isOpen) },
  ].filter(({ lines }) => lines.length > 0);
  return (
    <>
      {lists.length === 0 && (
        <Empty
          icon={<PersonSwapRegular />}
          title={t('substitutes.empty.title')}
          text={t('substitutes.empty.text')}
        />
      )}
      {lists.map(({ title, lines }) => (
        <section key={title} className={css.section}>
          <h2>{title}</h2>
          <ul className={css.list}>
            {lines.map((each) => (
              <Row key={each.id} substitution={each} me={session.person.id} onChanged={onChanged} />
            ))}
          </ul>
        </section>
      ))}
      {over.length > 0 && (
        <Disclosure
          className={css.section}
          summary={<h2>{t('substitutes.over', { count: over.length })}</h2>}
        >
          <ul className={css.list}>
            {over.map((each) => (
              <Row key={each.id} substitution={each} me={session.person.id} onChanged={onChanged} />
            ))}
          </ul>
        </Disclosure>
      )}
    </>
  );
}

/** One substitution: who, when, what its maker wrote, and the way to end it. */
function Row(props: {
  readonly substitution: ShownSubstitution;
  readonly me: string;
  readonly onChanged: () => void;
}) {
  const { substitution, me, onChanged } = props;
  const { id, absent, substitute, from, to, note, status, ended } = substitution;
  const { api, notify, fail } = useShell();
  const { t, dates } = useText();
  const may = useMay();
  const mayEnd = status !== 'over' && (absent.id === me || substitute.id === me || may('people:manage'));
  const end = async (): Promise<void> => {
    try {
      await endSubstitution(api, absent.id, id);
      notify(t('substitutes.end.done', { absent: absent.name, substitute: substitute.name }), async () => {
        await restoreSubstitution(api, absent.id, id);
        onChanged();
      });
    } catch (error) {
      fail(error);
    }
    onChanged();
    keepFocus();
  };
  return (
    <li className={css.row}>
      <div className={css.words}>
        <strong>{t('substitutes.line', { absent: absent.name, substitute: substitute.name })}</strong>
        <span className={css.quiet}>
          {t('substitutes.days', { from: dates.plainDay(from), to: dates.plainDay(to) })}
          {status !== 'over' && <> · {t(`substitutes.status.${status}`)}</>}
          {ended !== undefined && (
            <>
              {' '}
              ·{' '}
              {t(`substitutes.because.${ended.because}`, {
                when: dates.moment(ended.at),
                name: ended.by.name,
              })}
            </>
          )}
        </span>
        {note !== undefined && <span>{note}</span>}
      </div>
      {mayEnd && (
        <Button
          size="small"
          aria-label={t('substitutes.end.of', { absent: absent.name, substitute: substitute.name })}
          onClick={() => void end()}
        >
          {t(status === 'coming' ? 'substitutes.callOff' : 'substitutes.end')}
        </Button>
      )}
    </li>
  );
}
