import { Button } from '@fluentui/react-components';
import { Add20Regular } from '@fluentui/react-icons';
import { useRef, useState } from 'react';
import { useText, useMay, useShell } from '../../shared/context.js';
import { href } from '../../shared/route.js';
import { go } from '../../shared/use-route.js';
import { createRelease } from './api.js';
import css from './view-switch.module.css';

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

/** Begins a release from nothing and opens it. Pressed twice, or sent again after a lost answer, it is one release. */
export function NewRelease({ isCompact = false }: { readonly isCompact?: boolean }) {
  const { api, fail } = useShell();
  const { t } = useText();
  const may = useMay();
  const formId = useRef<string>(undefined);
  const [isBusy, setBusy] = useState(false);
  if (!may('release:edit')) return null;
  const create = async (): Promise<void> => {
    setBusy(true);
    formId.current ??= crypto.randomUUID();
    try {
      const { release } = await createRelease(api, formId.current);
      formId.current = undefined;
      go(href(['releases', release.id]));
    } catch (error) {
      fail(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      appearance={isCompact ? 'subtle' : 'primary'}
      icon={<Add20Regular />}
      disabledFocusable={isBusy}
      {...(isCompact && { 'aria-label': t('release.new') })}
      onClick={() => void create()}
    >
      {t(isCompact ? 'release.new.short' : 'release.new')}
    </Button>
  );
}
