import type { BrowserContext, Frame, Page } from 'playwright-core';

/** What Teams says to the tab, and what it was asked. */
export interface TabHostWish {
  readonly theme?: 'default' | 'dark' | 'contrast';
  readonly locale?: string;
  /** The place in the tab that a deep link names. */
  readonly subPageId?: string;
  /**
   * What `authentication.getAuthToken` is answered with each time: a token, or what Teams says instead of one. Never answered
   * where the promise never settles.
   */
  readonly token: () => Promise<string | { readonly error: string }>;
}

/** The tab as Teams shows it. */
export interface HostedTab {
  readonly page: Page;
  /** Where the tab is: a frame in Teams on a desktop, the page itself on a phone. */
  readonly tab: Frame;
  /** The names of what the tab has asked its host for, in order. */
  readonly asked: () => Promise<readonly string[]>;
  /** The person changes the theme of Teams. */
  readonly setTheme: (theme: 'default' | 'dark' | 'contrast') => Promise<void>;
}

interface HostWindow {
  asked: string[];
  tabToken: () => Promise<string | { error: string }>;
  nativeInterface?: { framelessPostMessage: (text: string) => void };
  onNativeMessage?: (event: { data: unknown }) => void;
  changeTheme: (theme: string) => void;
}

/** What the host answers; runs in the page, and takes all that it needs as arguments. */
interface Script {
  readonly context: Readonly<Record<string, unknown>>;
  readonly client: string;
  /** Where the tab is framed; absent on a phone. */
  readonly tabUrl?: string;
}

/** The host of a page, whose answers are those of Teams (teams-js writes `{ id, uuidAsString, func, args }`). */
function hostScript({ context, client, tabUrl }: Script): void {
  const host = window as unknown as HostWindow;
  host.asked = [];
  const supports = { apiVersion: 4, isLegacyTeams: false, hostVersionsInfo: {}, supports: { pages: {} } };
  const answers: Readonly<Record<string, () => unknown[] | Promise<unknown[]>>> = {
    initialize: () => ['content', client, JSON.stringify(supports), '2.58.0'],
    getContext: () => [context],
    'authentication.getAuthToken': async () => {
      const given = await host.tabToken();
      return typeof given === 'string' ? [true, given] : [false, given.error];
    },
  };
  const answer = async (
    message: { id: number; func: string; uuidAsString?: string },
    reply: (data: object) => void,
  ): Promise<void> => {
    host.asked.push(message.func);
    const args = await answers[message.func]?.();
    if (args !== undefined) reply({ id: message.id, uuidAsString: message.uuidAsString, args });
  };
  if (tabUrl === undefined) {
    const post = (data: object): void => void setTimeout(() => host.onNativeMessage?.({ data }));
    host.nativeInterface = {
      framelessPostMessage: (text) => void answer(JSON.parse(text) as Parameters<typeof answer>[0], post),
    };
    host.changeTheme = (theme) => post({ func: 'themeChange', args: [theme] });
    return;
  }
  window.addEventListener('message', (event) => {
    const { data } = event as { data: Parameters<typeof answer>[0] };
    const source = event.source as Window | null;
    if (typeof data.func === 'string')
      void answer(data, (reply) => source?.postMessage(reply, new URL(tabUrl).origin));
  });
  host.changeTheme = (theme) =>
    document
      .querySelector('iframe')
      ?.contentWindow?.postMessage({ func: 'themeChange', args: [theme] }, new URL(tabUrl).origin);
}

const contextOf = (wish: TabHostWish, client: string) => ({
  theme: wish.theme ?? 'default',
  locale: wish.locale ?? 'fi-fi',
  entityId: 'big-room',
  ...(wish.subPageId !== undefined && { subEntityId: wish.subPageId }),
  frameContext: 'content',
  hostName: 'Teams',
  hostClientType: client,
});

const teamsUrl = 'https://teams.microsoft.com/v2/';

/** Opens a window in which Teams shows the tab, each window for one person. */
async function windowOf(context: BrowserContext, wish: TabHostWish): Promise<Page> {
  // Chromium asks before a page of the internet may show one of this machine.
  await context.grantPermissions(['local-network-access']);
  // teams-js looks there for hosts that it does not know.
  await context.route('https://res.cdn.office.net/**', (route) => route.abort());
  const page = await context.newPage();
  await page.exposeFunction('tabToken', wish.token);
  return page;
}

const source = (script: Script): string =>
  // The compiler names functions by a helper of its own, which the page has not.
  `globalThis.__name = (named) => named; (${hostScript.toString()})(${JSON.stringify(script)});`;

/** The tab in Teams on a desktop or in a browser: in a frame of a page of `teams.microsoft.com`. */
export async function tabInTeams(
  context: BrowserContext,
  tabUrl: string,
  wish: TabHostWish,
): Promise<HostedTab> {
  const page = await windowOf(context, wish);
  const script = source({ context: contextOf(wish, 'web'), client: 'web', tabUrl });
  await page.route(`${teamsUrl}**`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><title>Teams</title><style>html,body{margin:0;height:100%}iframe{border:0;width:100%;height:100%;display:block}</style><script>${script}</script><iframe src="${tabUrl}"></iframe>`,
    }),
  );
  await page.goto(teamsUrl, { waitUntil: 'commit' });
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  if (frame === null) throw new Error('Teams shows no frame');
  return hosted(page, frame);
}

/** The tab in Teams on a phone: the page itself, beside which Teams puts its native interface. */
export async function tabOnPhone(
  context: BrowserContext,
  tabUrl: string,
  wish: TabHostWish,
): Promise<HostedTab> {
  const page = await windowOf(context, wish);
  await page.addInitScript(source({ context: contextOf(wish, 'android'), client: 'android' }));
  await page.goto(tabUrl);
  return hosted(page, page.mainFrame());
}

const hosted = (page: Page, tab: Frame): HostedTab => ({
  page,
  tab,
  asked: () => page.evaluate(() => (window as unknown as HostWindow).asked),
  setTheme: (theme) => page.evaluate((name) => (window as unknown as HostWindow).changeTheme(name), theme),
});
