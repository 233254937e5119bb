import { useText } from '../../shared/context.js';
import type { Entry } from './entries.js';
import { hrefOf, kindIcons, stateLook, useEntryText } from './entry-text.js';
import type { Carry, useCarry } from './use-carry.js';
import tones from '../../shared/state-chip.module.css';
import css from './calendar.module.css';

/** An entry: the icon of its kind, its time, a short title, and the state as colour, icon and word. */
export function EntryLink(props: {
  readonly entry: Entry;
  readonly carry: Carry | undefined;
  readonly press: ReturnType<typeof useCarry>['press'];
  /** Whether Tab stops here. */
  readonly isReachable: boolean;
  readonly isDoubtful?: boolean;
}) {
  const { entry } = props;
  const { t, dates } = useText();
  const { titleOf, stateOf } = useEntryText();
  const { title, language } = titleOf(entry);
  const [tone, StateIcon] = stateLook(entry);
  const Icon = kindIcons[entry.kind];
  const carry = props.carry?.key === entry.key ? props.carry : undefined;
  const state = stateOf(entry);
  const kind = t(`calendar.one.${entry.kind}`);
  return (
    <a
      id={entry.key}
      className={`${css.entry} ${tones[tone]}`}
      data-kind={entry.kind}
      data-movable={entry.fixed === undefined}
      data-carried={carry?.how}
      data-doubtful={props.isDoubtful === true}
      style={carry?.by && { transform: `translate(${carry.by.x}px, ${carry.by.y}px)` }}
      href={hrefOf(entry)}
      tabIndex={props.isReachable ? 0 : -1}
      draggable={false}
      onPointerDown={(event) => props.press(event, entry.key)}
      {...(entry.fixed === undefined && { 'aria-keyshortcuts': 'Space' })}
      title={`${kind}: ${title} · ${state}`}
    >
      <Icon aria-hidden="true" />
      <span className={css.full}>{kind}:</span>
      {entry.at !== undefined && <time dateTime={entry.at}>{dates.time(entry.at)}</time>}
      <span lang={language} className={css.title}>
        {title}
      </span>
      <span className={css.state}>
        <StateIcon aria-hidden="true" />
        <span className={css.stateWord}>{state}</span>
      </span>
    </a>
  );
}
