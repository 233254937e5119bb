import { openBrowser, openWindow } from '/work/main/test/gallery/browser.ts';
const base = 'http://127.0.0.1:4100/';
const b = await openBrowser();
const api = async (path: string, init: any = {}) => {
  const people = await (await fetch(base + 'api/people')).json();
  return people;
};
const people: any = await api('people');
const list = Array.isArray(people) ? people : people.people;
const aino = list.find((p: any) => /Aino/.test(p.name));
const call = async (method: string, path: string, body?: unknown) => {
  const r = await fetch(base + path.slice(1), {
    method,
    headers: { authorization: `Trial ${aino.id}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return r.json() as any;
};
const news = await call('GET', '/api/news');
const rel = await call('GET', '/api/releases');
const arch = await call('GET', '/api/releases?of=archive');
console.log(
  news.lines
    ?.map((l: any) => [l.id, l.status, l.missing.join(','), l.used, l.titles.fi ?? l.titles.sv])
    .join('\n'),
);
console.log(rel.lines?.map((l: any) => [l.id, l.status, l.notReady, l.titles.fi].join(' ')).join('\n'));
console.log(arch.lines?.map((l: any) => [l.id, l.status, l.titles.fi].join(' ')).join('\n'));
const iss = await call('GET', '/api/newsletter');
const targets: [string, string][] = process.argv
  .slice(2)
  .map((a) => [a.slice(0, a.indexOf('=')), a.slice(a.indexOf('=') + 1)] as [string, string]);
for (const [theme, width] of [
  ['light', 1280],
  ['dark', 1280],
  ['light', 360],
] as const) {
  const ctx = await openWindow(b, width as any, theme as any);
  const page = await ctx.newPage();
  page.on('pageerror', (e) => console.log('PAGEERROR', e.message));
  page.on('console', (m) => m.type() === 'error' && console.log('CONSOLE', m.text()));
  await page.goto(base);
  await page.getByRole('button', { name: /Aino/ }).click();
  await page.getByRole('heading', { name: /^(Hei|Hej|Hello)/ }).waitFor();
  for (const [name, hash] of targets) {
    await page.goto(base + hash);
    await page.waitForTimeout(1500);
    await page.screenshot({ path: `/tmp/look/${name}-${theme}-${width}.png`, fullPage: true });
  }
  await ctx.close();
}
await b.close();
