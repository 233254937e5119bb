import { MoreHorizontal20Regular } from '@fluentui/react-icons';
import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import type { JSX } from 'react';
import { useText } from '../../../shared/context.js';

export interface MoreAction {
  readonly key: string;
  readonly icon: JSX.Element;
  readonly text: string;
  readonly run: () => void;
}

/** What is done seldom, behind one button. */
export function MoreActions({ actions }: { readonly actions: readonly MoreAction[] }) {
  const { t } = useText();
  return (
    <Menu inline>
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          icon={<MoreHorizontal20Regular />}
          aria-label={t('news.actions.more')}
          title={t('news.actions.more')}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {actions.map(({ key, icon, text, run }) => (
            <MenuItem key={key} icon={icon} onClick={run}>
              {text}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
