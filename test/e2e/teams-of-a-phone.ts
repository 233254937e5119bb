/**
 * Runs in the page. What teams-js asks of a phone, and how Teams answers there: through `window.onNativeMessage`, without any
 * frame. What was asked is kept in `window.asked`.
 * @param more of the context that Teams gives, beside theme and language.
 */
export function teamsOfAPhone(more: Readonly<Record<string, unknown>>): void {
  const asked: string[] = [];
  const context = {
    theme: 'dark',
    locale: 'sv-FI',
    entityId: 'big-room',
    frameContext: 'content',
    hostName: 'Teams',
    hostClientType: 'android',
    ...more,
  };
  const supports = JSON.stringify({
    apiVersion: 4,
    isLegacyTeams: false,
    hostVersionsInfo: {},
    supports: { pages: {} },
  });
  const answers: Readonly<Record<string, unknown[]>> = {
    initialize: ['content', 'android', supports, '2.58.0'],
    getContext: [context],
  };
  const host = window as unknown as {
    asked: string[];
    onNativeMessage?: (event: { data: unknown }) => void;
    nativeInterface: { framelessPostMessage: (text: string) => void };
  };
  host.asked = asked;
  host.nativeInterface = {
    framelessPostMessage: (text) => {
      const { id, func, uuidAsString } = JSON.parse(text) as {
        id: number;
        func: string;
        uuidAsString?: string;
      };
      asked.push(func);
      const args = answers[func];
      if (args !== undefined) setTimeout(() => host.onNativeMessage?.({ data: { id, uuidAsString, args } }));
    },
  };
}
