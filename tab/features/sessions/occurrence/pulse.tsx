import type { Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';
import type { PulseAnswer } from '../../../../src/shared/answers/sessions.js';
import { useShell, useText } from '../../../shared/context.js';
import { Await, Bones } from '../../../shared/states.js';
import { useLoad } from '../../../shared/use-load.js';
import { occurrenceApi } from '../api.js';
import css from './afterwards.module.css';

/** What people thought of it: how many gave each number, as a table with bars, and what could be done better. */
export function Pulse({ occurrence }: { readonly occurrence: Occurrence }) {
  const { api } = useShell();
  const { t } = useText();
  const { pulsePath, pulse: getPulse } = occurrenceApi(api, occurrence.id);
  const loaded = useLoad(pulsePath, getPulse);
  return (
    <div className={css.box}>
      <h3>{t('sessions.pulse.title')}</h3>
      <Await loaded={loaded} bones={<Bones rows={1} height={80} />}>
        {(pulse) =>
          pulse.count === 0 ? (
            <p className={css.quiet}>{t('sessions.pulse.none')}</p>
          ) : (
            <>
              <Bars pulse={pulse} />
              {pulse.better.length > 0 && (
                <details>
                  <summary>{t('sessions.pulse.better', { count: pulse.better.length })}</summary>
                  <ul className={css.said}>
                    {pulse.better.map(({ text, at }) => (
                      <li key={at}>{text}</li>
                    ))}
                  </ul>
                </details>
              )}
            </>
          )
        }
      </Await>
    </div>
  );
}

function Bars({ pulse: { useful, count } }: { readonly pulse: PulseAnswer }) {
  const { t } = useText();
  const most = Math.max(...useful, 1);
  return (
    <table className={css.bars}>
      <caption className={css.hidden}>{t('sessions.pulse.question', { count })}</caption>
      <thead className={css.hidden}>
        <tr>
          <th scope="col">{t('sessions.pulse.number')}</th>
          <td />
          <th scope="col">{t('sessions.pulse.answers')}</th>
        </tr>
      </thead>
      <tbody>
        {useful
          .map((given, index) => ({ given, number: index + 1 }))
          .reverse()
          .map(({ given, number }) => (
            <tr key={number}>
              <th scope="row">{t(`sessions.pulse.${number as 1 | 2 | 3 | 4 | 5}`)}</th>
              <td className={css.bar} aria-hidden="true">
                <span data-none={given === 0} style={{ width: `${(given / most) * 100}%` }} />
              </td>
              <td>{given}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
