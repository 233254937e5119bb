import { Checkbox, Field } from '@fluentui/react-components';
import { useMay, useShell, useText } from '../../shared/context.js';
import { faultAt } from '../../shared/fault-at.js';
import { GroupField } from '../../shared/group-field.js';
import { href } from '../../shared/route.js';
import { seriesToOffer, type SeriesOption } from './draft.js';
import css from './contacts.module.css';

/** To which series they are invited. */
export function SeriesFields(props: {
  readonly series: readonly SeriesOption[];
  readonly chosen: readonly string[];
  readonly fault: unknown;
  readonly onChange: (chosen: readonly string[]) => void;
}) {
  const { chosen, onChange } = props;
  const { texts } = useShell();
  const { t, language } = useText();
  const mayEdit = useMay()('session:edit');
  const offered = seriesToOffer(props.series, chosen);
  if (offered.length === 0) {
    return (
      <Field label={t('contacts.field.series')}>
        <p className={css.none}>
          {t('contacts.series.noneOpen')}{' '}
          {mayEdit && <a href={href(['sessions', 'series'])}>{t('contacts.series.open')}</a>}
        </p>
      </Field>
    );
  }
  return (
    <GroupField label={t('contacts.field.series')} {...faultAt(texts, props.fault, 'series')}>
      <div className={css.checks}>
        {offered.map(({ id, names, state, isOpenToContacts }) => (
          <Checkbox
            key={id}
            checked={chosen.includes(id)}
            label={
              state.status === 'active' && isOpenToContacts
                ? names[language]
                : t('contacts.series.closed', { name: names[language] })
            }
            onChange={(_, { checked }) =>
              onChange(checked === true ? [...chosen, id] : chosen.filter((one) => one !== id))
            }
          />
        ))}
      </div>
    </GroupField>
  );
}
