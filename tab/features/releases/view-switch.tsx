import { useText } from '../../shared/context.js';
import { href } from '../../shared/route.js';
import css from './view-switch.module.css';

export const views = ['queue', 'month', 'archive'] as const;
export type View = (typeof views)[number];

/** Queue, month or archive: links, so that each can be kept and gone back to. */
export function ViewSwitch({ view }: { readonly view: View }) {
  const { t } = useText();
  return (
    <nav className={css.switch} aria-label={t('release.views')}>
      {views.map((name) => (
        <a
          key={name}
          href={href(['releases'], name === 'queue' ? {} : { view: name })}
          aria-current={name === view ? 'page' : undefined}
        >
          {t(`release.view.${name}`)}
        </a>
      ))}
    </nav>
  );
}
