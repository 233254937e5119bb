import { Button } from '@fluentui/react-components';
import { Add20Regular } from '@fluentui/react-icons';
import { useText, useMay } from '../../shared/context.js';
import { href } from '../../shared/route.js';
import css from '../../shared/view-switch.module.css';

export const views = ['queue', 'archive'] as const;
export type View = (typeof views)[number];

/** Queue or archive: links, so that each can be kept and gone back to. */
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

/** The way to a release from nothing. */
export function NewRelease({ isCompact = false }: { readonly isCompact?: boolean }) {
  const { t } = useText();
  const may = useMay();
  if (!may('release:edit')) return null;
  return (
    <Button
      as="a"
      href={href(['releases', 'new'])}
      appearance={isCompact ? 'subtle' : 'primary'}
      icon={<Add20Regular />}
      {...(isCompact && { 'aria-label': t('release.new') })}
    >
      {t(isCompact ? 'release.new.short' : 'release.new')}
    </Button>
  );
}
