import { Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components';
import { Checkmark20Regular, ChevronDown12Regular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { ProgrammeLink } from '../../src/shared/answers/people.js';
import { useText } from '../shared/context.js';
import { FocusBack } from '../shared/focus.js';
import { href } from '../shared/route.js';
import { useRoute } from '../shared/use-route.js';
import css from './programme-switch.module.css';

/** The address of a programme's page: the first has the installation's own. */
const pageOf = ({ name }: ProgrammeLink): string => (name === '' ? '/' : `/p/${encodeURIComponent(name)}/`);

/** Which programme this is, and the way to the others: to the same kind of place, since what is open here is not there. */
export function ProgrammeSwitch(props: {
  readonly mark: ReactNode;
  readonly programmes: readonly ProgrammeLink[];
}) {
  const { t, language } = useText();
  const { path } = useRoute();
  const current = props.programmes.find(({ isThis }) => isThis);
  const place = href(path.slice(0, 1));
  return (
    <Popover trapFocus positioning={{ position: 'below', align: 'start', offset: 6 }}>
      <PopoverTrigger disableButtonEnhancement>
        <button type="button" className={css.switch}>
          {props.mark}
          <span className={css.name}>{current?.names[language] ?? 'Big Room'}</span>
          <span className={css.hidden}>{t('shell.programme.change')}</span>
          <ChevronDown12Regular aria-hidden="true" />
        </button>
      </PopoverTrigger>
      <PopoverSurface className={css.panel} aria-label={t('shell.programme.all')}>
        <FocusBack />
        <ul className={css.programmes}>
          {props.programmes.map((programme) => (
            <li key={programme.name}>
              <a href={pageOf(programme) + place} aria-current={programme.isThis ? 'true' : undefined}>
                <span>{programme.names[language]}</span>
                {programme.isThis && <Checkmark20Regular aria-hidden="true" />}
              </a>
            </li>
          ))}
        </ul>
      </PopoverSurface>
    </Popover>
  );
}
