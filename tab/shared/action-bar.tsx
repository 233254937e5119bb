import {
  Button,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  useRestoreFocusTarget,
} from '@fluentui/react-components';
import { MoreHorizontal20Regular } from '@fluentui/react-icons';
import { useSyncExternalStore } from 'react';
import css from './action-bar.module.css';
import { useText } from './context.js';
import { arranged, type PageAction } from './page-actions.js';

/** The width up to which a page shows one column; the styles of the pages say the same. */
const narrow = '(max-width: 720px)';
function onNarrowChange(listener: () => void): () => void {
  const query = window.matchMedia(narrow);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/**
 * The actions of a page in one line: on a narrow one the primary action, and the others behind "more", since long verbs
 * would fill half of a phone.
 * @param isBusy one of them is being done: nothing else is begun.
 */
export function ActionBar(props: {
  readonly label: string;
  readonly actions: readonly PageAction[];
  readonly isBusy: boolean;
}) {
  const { label, actions, isBusy } = props;
  const isNarrow = useSyncExternalStore(onNarrowChange, () => window.matchMedia(narrow).matches);
  // A dialog that a button opens gives the focus back to it.
  const focusTarget = useRestoreFocusTarget();
  const { inView, hidden } = arranged(actions, isNarrow);
  return (
    <div className={css.bar} role="group" aria-label={label}>
      {hidden.length > 0 && <More actions={hidden} isBusy={isBusy} />}
      {inView.map(({ key, icon, text, run, look }) => (
        <Button
          key={key}
          {...focusTarget}
          appearance={look ?? 'subtle'}
          icon={icon}
          data-primary={look === 'primary'}
          disabledFocusable={isBusy}
          onClick={run}
        >
          {text}
        </Button>
      ))}
    </div>
  );
}

/** What is done seldom, or has no room, behind one button. */
function More({ actions, isBusy }: { readonly actions: readonly PageAction[]; readonly isBusy: boolean }) {
  const { t } = useText();
  return (
    <Menu inline>
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          icon={<MoreHorizontal20Regular />}
          aria-label={t('shared.actions.more')}
          title={t('shared.actions.more')}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {actions.map(({ key, icon, text, run }) => (
            <MenuItem key={key} icon={icon} disabled={isBusy} onClick={run}>
              {text}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
