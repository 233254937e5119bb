import { DialogBody, DialogContent, DialogTitle } from '@fluentui/react-components';
import { useText } from '../shared/context.js';
import { DialogButtons } from '../shared/dialog-buttons.js';
import { DialogFrame } from '../shared/dialog-frame.js';
import { areLettersOn } from '../shared/keys.js';
import type { TextKey } from '../text.js';
import css from './dialog.module.css';

const keys: readonly (readonly [readonly string[], TextKey])[] = [
  [['j', '↓'], 'shell.keys.next'],
  [['k', '↑'], 'shell.keys.previous'],
  [['Enter'], 'shell.keys.open'],
  [['n'], 'shell.keys.onward'],
  [['x'], 'shell.keys.select'],
  [['c'], 'shell.keys.new'],
  [['e'], 'shell.keys.edit'],
  [['a'], 'shell.keys.accept'],
  [['q'], 'shell.keys.question'],
  [['m'], 'shell.keys.mine'],
  [['/'], 'shell.keys.search'],
  [['u'], 'shell.keys.undo'],
  [['Esc'], 'shell.keys.back'],
  [['?'], 'shell.keys.help'],
];

/** All the keys, on `?`. */
export function KeyHelp({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { t } = useText();
  return (
    <DialogFrame isOpen={isOpen} onClose={onClose} className={css.surface}>
      <DialogBody>
        <DialogTitle>{t('shell.keys.title')}</DialogTitle>
        <DialogContent>
          <dl className={css.keys}>
            {keys.map(([names, text]) => (
              <div key={text} style={{ display: 'contents' }}>
                <dt>
                  {names.map((name) => (
                    <kbd key={name}>{name}</kbd>
                  ))}
                </dt>
                <dd>{t(text)}</dd>
              </div>
            ))}
          </dl>
          <p>{t(areLettersOn() ? 'shell.keys.off.hint' : 'shell.keys.off.now')}</p>
        </DialogContent>
        <DialogButtons />
      </DialogBody>
    </DialogFrame>
  );
}
