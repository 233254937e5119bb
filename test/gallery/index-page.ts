import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileOf, galleryFolder, themes, type Shot } from './shots.js';

const filters = {
  language: ['fi', 'sv'],
  theme: themes,
  width: ['1280', '600', '360'],
} as const;

const style = `
body { font: 15px/1.45 system-ui, sans-serif; margin: 0 24px 48px; color: #242424; background: #f5f5f5 }
header { position: sticky; top: 0; z-index: 1; background: #f5f5f5; padding: 12px 0; border-bottom: 1px solid #d1d1d1 }
header a, nav a { margin-right: 10px; color: #4f52b2 }
header a[aria-current] { font-weight: 700; text-decoration: none; color: #242424 }
h1 { font-size: 20px; margin: 0 0 4px } h2 { margin: 32px 0 8px } h3 { margin: 20px 0 6px; font-size: 15px }
.row { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start }
figure { margin: 0; max-width: 420px } figure.narrow { max-width: 240px }
img { max-width: 100%; border: 1px solid #c7c7c7; border-radius: 4px; background: #fff; display: block }
figcaption { font-size: 12px; color: #616161; margin-top: 4px } .gone { display: none }`;

// Runs in the page: the filters are in the address, so that a view can be bookmarked.
const script = `
const show = () => {
  const wanted = new URLSearchParams(location.hash.slice(1));
  for (const figure of document.querySelectorAll('figure'))
    figure.classList.toggle('gone', [...wanted].some(([key, value]) => figure.dataset[key] !== value));
  for (const part of document.querySelectorAll('section, .scene'))
    part.classList.toggle('gone', part.querySelector('figure:not(.gone)') === null);
  for (const link of document.querySelectorAll('header a')) {
    const { key, value } = link.dataset;
    const next = new URLSearchParams(wanted);
    if (value) next.set(key, value); else next.delete(key);
    link.href = '#' + next;
    link.toggleAttribute('aria-current', (wanted.get(key) ?? '') === value);
  }
};
addEventListener('hashchange', show); show();`;

function filterLinks(): string {
  return Object.entries(filters)
    .map(([key, values]) =>
      ['', ...values]
        .map((value) => `<a href="#" data-key="${key}" data-value="${value}">${value || `any ${key}`}</a>`)
        .join(''),
    )
    .join(' · ');
}

function figure(shot: Shot): string {
  const { language, theme, width } = shot;
  const file = fileOf(shot);
  const caption = `${language} · ${theme} · ${String(width)}`;
  return `<figure class="${width === 360 ? 'narrow' : ''}" data-language="${language}" data-theme="${theme}"
    data-width="${String(width)}"><a href="${file}"><img src="${file}" loading="lazy" alt="${shot.name}, ${caption}"></a>
    <figcaption>${caption}</figcaption></figure>`;
}

function scene(name: string, shots: readonly Shot[]): string {
  return `<div class="scene"><h3>${name}</h3><div class="row">${shots.map(figure).join('')}</div></div>`;
}

function byKey<Key extends keyof Shot>(shots: readonly Shot[], key: Key): Map<Shot[Key], Shot[]> {
  const groups = new Map<Shot[Key], Shot[]>();
  for (const shot of shots) groups.set(shot[key], [...(groups.get(shot[key]) ?? []), shot]);
  return groups;
}

function section(group: string, shots: readonly Shot[]): string {
  const scenes = [...byKey(shots, 'name')].map(([name, some]) => scene(name, some));
  return `<section id="${group}"><h2>${group}</h2>${scenes.join('')}</section>`;
}

/** Writes the page on which all pictures can be looked through; gives its path. */
export async function writeIndexPage(shots: readonly Shot[]): Promise<string> {
  const order = [...shots].sort((one, other) => fileOf(one).localeCompare(fileOf(other)));
  const sections = [...byKey(order, 'group')].map(([group, some]) => section(group, some));
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Big Room: gallery</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${style}</style>
<header><h1>Big Room: gallery</h1>${filterLinks()}</header>${sections.join('')}<script>${script}</script></html>\n`;
  const path = join(galleryFolder, 'index.html');
  await mkdir(galleryFolder, { recursive: true });
  await writeFile(path, html);
  return path;
}
