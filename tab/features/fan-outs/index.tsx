import { useKeys } from '../../shared/keys.js';
import { href } from '../../shared/route.js';
import { go, useRoute } from '../../shared/use-route.js';
import { SendList } from './fan-out-list.js';
import { SendPage } from './fan-out-page.js';

/** The large sends: all of them, or the one that the address names. */
export function SendsView() {
  const id = useRoute().path[1];
  useKeys({ Escape: () => id !== undefined && go(href(['sends'])) });
  return id === undefined ? <SendList /> : <SendPage key={id} id={id} />;
}
