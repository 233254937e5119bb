import { Button } from '@fluentui/react-components';
import { CheckmarkCircleRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Message, Resolution } from '../../../src/delivery/outbox/message.js';
import type { OutboxAnswer, UnreachedPerson } from '../../../src/shared/answers/messages.js';
import { listUnreached } from '../../shared/api.js';
import { AuditTrail } from '../../shared/audit-trail.js';
import { useMay, useShell, useText } from '../../shared/context.js';
import { keepFocus } from '../../shared/focus.js';
import { Page } from '../../shared/layout.js';
import { href } from '../../shared/route.js';
import { Await, Empty } from '../../shared/states.js';
import { UnreachedList } from '../../shared/unreached.js';
import { useLoad } from '../../shared/use-load.js';
import { listMessages, resolveMessage, resolveRestored } from './api.js';
import { reasonKey, settlementsOf, kindKey, linkOf, type Settlement } from './message.js';
import css from './messages.module.css';

/** What did not leave, or of which nobody can tell whether it arrived: somebody decides. */
export function MessagesView() {
  const { api } = useShell();
  const { t } = useText();
  const outbox = useLoad('outbox', () => listMessages(api));
  const may = useMay();
  const unreached = useLoad('unreached', () => listUnreached(api));
  const people = unreached.state === 'ready' ? unreached.value.people : [];
  return (
    <Page title={t('messages.title')} lead={t('messages.lead')}>
      {may('send:see') && (
        <p className={css.aside}>
          {t('messages.sends')} <a href={href(['sends'])}>{t('messages.open.sends')}</a>
        </p>
      )}
      <Unreached people={people} />
      <Await loaded={outbox}>
        {({ messages, restored }) =>
          messages.length === 0 ? (
            // What waits for somebody has not arrived: then it is not said that all has.
            people.length === 0 && (
              <Empty
                icon={<CheckmarkCircleRegular />}
                title={t('messages.empty.title')}
                text={t('messages.empty.text')}
              />
            )
          ) : (
            <>
              {restored > 1 && <Restored count={restored} onAnswer={outbox.set} />}
              <ul className={css.messages}>
                {messages.map((message) => (
                  <TroubledMessage
                    key={message.id}
                    message={message}
                    isFirst={
                      restored <= 1 && message === messages.find((one) => settlementsOf(one).length > 0)
                    }
                    onAnswer={outbox.set}
                  />
                ))}
              </ul>
            </>
          )
        }
      </Await>
      {may('outbox:resolve') && (
        <AuditTrail<Resolution>
          title={t('messages.audit.title')}
          path="/api/outbox/audit"
          version={outbox.state === 'ready' ? outbox.value.messages.map(({ id }) => id).join() : ''}
          describe={({ action, kind, about }) =>
            t(`messages.audit.${action}`, {
              message: t(kindKey(about === undefined ? { kind } : { kind, notice: { about } })),
            })
          }
        />
      )}
    </Page>
  );
}

/** What may have left before a backup was restored: all of it is decided about in one press. */
function Restored(props: { readonly count: number; readonly onAnswer: (answer: OutboxAnswer) => void }) {
  const { count } = props;
  const { api, ask, notify, fail } = useShell();
  const { t } = useText();
  const mayResolve = useMay()('outbox:resolve');
  const [isBusy, setBusy] = useState(false);
  const resolve = async (as: 'again' | 'sent'): Promise<void> => {
    const answer = await ask({
      title: t(`messages.restored.${as}.title`),
      text: t(`messages.restored.${as}.text`, { count }),
      verb: t(`messages.restored.${as}`),
    });
    if (answer === undefined) return;
    setBusy(true);
    try {
      props.onAnswer(await resolveRestored(api, as));
      notify(t(`messages.restored.done.${as}`));
      keepFocus();
    } catch (error) {
      fail(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className={css.restored} aria-labelledby="restored">
      <h2 id="restored">{t('messages.restored.title')}</h2>
      <p>{t('messages.restored.text', { count })}</p>
      {mayResolve && (
        <div className={css.choices}>
          <Button appearance="primary" disabledFocusable={isBusy} onClick={() => void resolve('sent')}>
            {t('messages.restored.sent')}
          </Button>
          <Button disabledFocusable={isBusy} onClick={() => void resolve('again')}>
            {t('messages.restored.again')}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Whom Big Room could not reach: their messages wait. */
function Unreached({ people }: { readonly people: readonly UnreachedPerson[] }) {
  const { t } = useText();
  if (people.length === 0) return null;
  return (
    <section className={css.message} aria-labelledby="unreached">
      <h2 id="unreached">{t('unreached.title', { count: people.length })}</h2>
      <UnreachedList people={people} />
    </section>
  );
}

function TroubledMessage(props: {
  readonly message: Message;
  /** The first that can be settled here has the view's one primary button. */
  readonly isFirst: boolean;
  readonly onAnswer: (answer: OutboxAnswer) => void;
}) {
  const { message } = props;
  const { state } = message;
  const { api, notify, fail } = useShell();
  const { t, dates } = useText();
  const settlements = useMay()('outbox:resolve') ? settlementsOf(message) : [];
  const reason = reasonKey(message);
  const [isBusy, setBusy] = useState(false);
  const resolve = async (as: Settlement): Promise<void> => {
    setBusy(true);
    try {
      props.onAnswer(await resolveMessage(api, message.id, as));
      notify(t(`messages.done.${as}`));
      keepFocus();
    } catch (error) {
      fail(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <li className={css.message}>
      <h2>{t(kindKey(message.body))}</h2>
      <p>
        {t(state.status === 'uncertain' ? 'messages.state.uncertain' : 'messages.state.failed', {
          when: dates.moment('at' in state ? state.at : message.dueAt),
        })}
      </p>
      {reason !== undefined && <p>{t(reason)}</p>}
      <Subject message={message} />
      {settlements.length > 0 && (
        <div className={css.choices}>
          {settlements.map((as) => (
            <Button
              key={as}
              appearance={as === 'again' && props.isFirst ? 'primary' : 'secondary'}
              disabledFocusable={isBusy}
              onClick={() => void resolve(as)}
            >
              {t(
                message.body.kind === 'newsIndex'
                  ? `messages.index.${as === 'again' ? 'again' : 'cancelled'}`
                  : `messages.do.${as}`,
              )}
            </Button>
          ))}
        </div>
      )}
    </li>
  );
}

/** The way to what the message is about; nothing where it is about everything. */
function Subject({ message }: { readonly message: Message }) {
  const { t } = useText();
  const link = linkOf(message.body);
  return link === undefined ? null : <a href={link.to}>{t(link.words)}</a>;
}
