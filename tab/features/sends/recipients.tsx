import { Button } from '@fluentui/react-components';
import { Chat16Regular, Mail16Regular, PeopleTeam16Regular } from '@fluentui/react-icons';
import type { ComponentType } from 'react';
import type { RecipientLine, RecipientState, FanOutView } from '../../../src/delivery/fan-out/fan-out.js';
import type { Way } from '../../../src/delivery/fan-out/kind.js';
import { useText } from '../../shared/context.js';
import { href } from '../../shared/route.js';
import { statusKey } from '../../shared/send-progress/pace.js';
import { StateChip } from '../../shared/state-chip.js';
import { Await, Bones } from '../../shared/states.js';
import { ReasonText } from './reason-text.js';
import { useRecipients } from './use-recipients.js';
import css from './sends.module.css';

const wayIcons: Readonly<Record<Way, ComponentType>> = {
  chat: Chat16Regular,
  channel: PeopleTeam16Regular,
  mail: Mail16Regular,
};

/** What came of each recipient, or of those in one state. */
export function Recipients(props: {
  readonly send: FanOutView;
  readonly is: RecipientState['status'] | undefined;
}) {
  const { send, is } = props;
  const { t } = useText();
  const { loaded, more } = useRecipients(send, is);
  return (
    <section className={css.section} aria-labelledby="send-recipients">
      <div className={css.sectionHead}>
        <h2 id="send-recipients">
          {is === undefined
            ? t('sends.recipients.title')
            : t('sends.recipients.only', { state: t(`recipient.state.${statusKey(is)}`) })}
        </h2>
        {is !== undefined && <a href={href(['sends', send.id])}>{t('sends.recipients.all')}</a>}
      </div>
      <Await loaded={loaded} bones={<Bones rows={6} height={44} />}>
        {({ lines }) =>
          lines.length === 0 ? (
            <p className={css.none}>{t('sends.recipients.none')}</p>
          ) : (
            <ul className={css.recipients}>
              {lines.map((line) => (
                <Recipient key={line.key} line={line} />
              ))}
            </ul>
          )
        }
      </Await>
      {more !== undefined && (
        <Button className={css.more ?? ''} appearance="subtle" onClick={() => void more()}>
          {t('shared.more')}
        </Button>
      )}
    </section>
  );
}

function Recipient({ line }: { readonly line: RecipientLine }) {
  const { t } = useText();
  const Icon = wayIcons[line.way];
  return (
    <li>
      <span className={css.person}>
        <span className={css.personName}>{line.name ?? t('sends.recipients.erased')}</span>
        <span className={css.way}>
          <Icon aria-hidden="true" />
          {t(`sends.way.${line.way}`)}, {t(`language.${line.language}`)}
        </span>
      </span>
      <span className={css.result}>
        <StateChip kind="recipient" state={line.state.status} />
        <Detail state={line.state} />
      </span>
    </li>
  );
}

/** When, and where it did not arrive why; of an open one when it is tried again. */
function Detail({ state }: { readonly state: RecipientState }) {
  const { t, dates } = useText();
  if (state.status === 'open') {
    if (state.lastFault === undefined) return null;
    return (
      <>
        <ReasonText reason={state.lastFault} />
        {state.retryAt !== undefined && (
          <span className={css.when}>{t('sends.retry', { time: dates.time(state.retryAt) })}</span>
        )}
      </>
    );
  }
  return (
    <>
      {state.status !== 'sent' && <ReasonText reason={state.reason} />}
      <time className={css.when} dateTime={state.at}>
        {dates.brief(state.at)}
      </time>
    </>
  );
}
