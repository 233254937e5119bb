import type { RecipientState, FanOut } from '../../../src/delivery/fan-out/fan-out.js';
import { useText } from '../context.js';
import { href } from '../route.js';
import { lookOf } from '../state-chip.js';
import { statesToShow, statusKey } from './pace.js';
import css from './send-progress.module.css';

/** How many came to what, each the way to who they are. `is`: the ones that are on view. */
export function CountLinks({ send, is }: { readonly send: FanOut; readonly is: string | undefined }) {
  const { t } = useText();
  return (
    <ul className={css.counts}>
      {statesToShow(send).map((state) => {
        const isOn = is === state;
        return (
          <li key={state}>
            <a
              data-is={state}
              href={href(['sends', send.id], isOn ? {} : { is: state })}
              aria-current={isOn ? 'true' : undefined}
            >
              <RecipientIcon is={state} />
              {t(`recipient.state.${statusKey(state)}`)}{' '}
              <strong>{t('sends.number', { count: send.counts[state] })}</strong>
            </a>
          </li>
        );
      })}
    </ul>
  );
}

function RecipientIcon({ is }: { readonly is: RecipientState['status'] }) {
  const [, Icon] = lookOf({ kind: 'recipient', state: is });
  return <Icon aria-hidden="true" />;
}
