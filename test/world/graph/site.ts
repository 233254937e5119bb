import { createHash } from 'node:crypto';
import { Refusal } from './refusal.js';

/** The members of a page's body that the site understands. */
export interface PageBody {
  readonly '@odata.type'?: string;
  readonly name?: string;
  readonly title?: string;
  readonly description?: string;
  readonly promotionKind?: string;
  readonly titleArea?: object;
  readonly canvasLayout?: object;
  readonly [other: string]: unknown;
}

interface Content {
  readonly title: string;
  readonly description: string;
  readonly titleArea: object | undefined;
  readonly html: string;
  readonly canvasLayout: object | undefined;
}

interface Page {
  readonly id: string;
  name: string;
  readonly promotionKind: string;
  /** What its editors see. */
  content: Content;
  version: string;
  level: 'checkout' | 'draft' | 'published';
  /** What readers see; absent until it is published. */
  shown: Content | undefined;
  isPending: boolean;
}

/** What a reader of the site gets. */
export interface ReadPage {
  readonly name: string;
  readonly url: string;
  readonly title: string;
  readonly lead: string;
  readonly html: string;
}

/** How SharePoint behaves where its documentation leaves it open, or as its owners set it. */
export interface SiteBehaviour {
  /** Pages are published once somebody has approved them. */
  approves: boolean;
  /** A second page of the same name is refused, or gets another name. */
  sameName: 'conflict' | 'renames';
}

const hostUrl = 'https://hyvinvointialue.sharepoint.com/sites/intranet';

function htmlIn(layout: object | undefined): string {
  const { horizontalSections = [] } = (layout ?? {}) as {
    horizontalSections?: readonly { columns: readonly { webparts: readonly { innerHtml?: string }[] }[] }[];
  };
  return horizontalSections
    .flatMap(({ columns }) => columns)
    .flatMap(({ webparts }) => webparts)
    .map(({ innerHtml = '' }) => innerHtml)
    .join('');
}

const nextMinor = (version: string): string => {
  const [major = '0', minor = '0'] = version.split('.');
  return `${major}.${String(Number(minor) + 1)}`;
};

const nextMajor = (version: string): string => `${String(Number(version.split('.')[0]) + 1)}.0`;

/** One SharePoint site with its news pages: minor versions for editors, major ones for readers. */
export class Site {
  readonly id =
    'hyvinvointialue.sharepoint.com,11111111-2222-3333-4444-555555555555,66666666-7777-8888-9999-aaaaaaaaaaaa';
  /** The same, as Graph takes it where its ids are not known. */
  readonly path = 'hyvinvointialue.sharepoint.com:/sites/intranet';
  readonly behaviour: SiteBehaviour = { approves: false, sameName: 'conflict' };
  /** Whether the application was granted this site (`Sites.Selected`), and whether the site is there. */
  grants = true;
  exists = true;
  readonly #pages = new Map<string, Page>();
  readonly #locked = new Set<string>();
  #made = 0;

  /** What readers see, by name. */
  get read(): readonly ReadPage[] {
    return [...this.#pages.values()]
      .flatMap(({ name, shown }) =>
        shown === undefined
          ? []
          : [{ name, url: urlOf(name), title: shown.title, lead: shown.description, html: shown.html }],
      )
      .sort((one, other) => one.name.localeCompare(other.name));
  }

  /** The site itself, as Graph shows it. */
  get about(): object {
    return { id: this.id, displayName: 'Intranet', webUrl: hostUrl };
  }

  /** All pages, drafts included: `tiedote-1.aspx 1.0 published`. */
  get pages(): readonly string[] {
    return [...this.#pages.values()].map(({ name, version, level }) => `${name} ${version} ${level}`).sort();
  }

  admit(siteId: string): void {
    if (!this.exists || (siteId !== this.id && siteId !== `${this.path}:`))
      throw new Refusal(404, 'itemNotFound');
    if (!this.grants) throw new Refusal(403, 'accessDenied');
  }

  list(filter: string | null): object[] {
    if (filter === null) return [...this.#pages.values()].map((page) => this.#json(page));
    const [, name] = /^name eq '(.+)'$/.exec(filter) ?? [];
    if (name === undefined) throw new Refusal(400, 'invalidRequest', 'filter by name');
    return [...this.#pages.values()].filter((page) => page.name === name).map((page) => this.#json(page));
  }

  json(id: string): object {
    return this.#json(this.#find(id));
  }

  create(body: PageBody): object {
    if (body['@odata.type'] !== '#microsoft.graph.sitePage' || body.name === undefined)
      throw new Refusal(400, 'invalidRequest');
    const isTaken = (name: string) => [...this.#pages.values()].some((page) => page.name === name);
    if (isTaken(body.name) && this.behaviour.sameName === 'conflict')
      throw new Refusal(409, 'nameAlreadyExists');
    const name = isTaken(body.name) ? body.name.replace('.aspx', '(1).aspx') : body.name;
    const id = idOf(++this.#made);
    const page: Page = {
      id,
      name,
      promotionKind: body.promotionKind ?? 'page',
      content: contentOf(body, undefined),
      version: '0.1',
      level: 'checkout',
      shown: undefined,
      isPending: false,
    };
    this.#pages.set(id, page);
    return this.#json(page);
  }

  change(id: string, body: PageBody): object {
    const page = this.#unlocked(id);
    if (page.level !== 'checkout') page.version = nextMinor(page.version);
    Object.assign(page, { level: 'checkout', content: contentOf(body, page.content), isPending: false });
    return this.#json(page);
  }

  publish(id: string): void {
    const page = this.#unlocked(id);
    if (page.level === 'published') return;
    if (this.behaviour.approves) Object.assign(page, { level: 'draft', isPending: true });
    else this.#show(page);
  }

  delete(id: string): void {
    this.#unlocked(id);
    this.#pages.delete(id);
  }

  // -- what people on the site do

  /** Approves what waits. */
  approve(): void {
    for (const page of this.#pages.values()) if (page.isPending) this.#show(page);
  }

  /** Sends back what waits: it stays a draft. */
  reject(): void {
    for (const page of this.#pages.values()) if (page.isPending) page.isPending = false;
  }

  /** Opens a page for editing: nobody else writes to it until {@link closes}. */
  opens(name: string): void {
    this.#locked.add(name);
  }

  closes(name: string): void {
    this.#locked.delete(name);
  }

  renames(name: string, to: string): void {
    const page = [...this.#pages.values()].find((one) => one.name === name);
    if (page !== undefined) page.name = to;
  }

  /** Deletes a page, as somebody does who sees it there. */
  removes(name: string): void {
    for (const page of this.#pages.values()) if (page.name === name) this.#pages.delete(page.id);
  }

  /** Changes a page's title and publishes it. */
  edits(name: string, title: string): void {
    const page = [...this.#pages.values()].find((one) => one.name === name);
    if (page === undefined) return;
    page.content = { ...page.content, title };
    page.version = nextMinor(page.version);
    this.#show(page);
  }

  #show(page: Page): void {
    const version = nextMajor(page.version);
    Object.assign(page, { level: 'published', version, shown: page.content, isPending: false });
  }

  #find(id: string): Page {
    const page = this.#pages.get(id);
    if (page === undefined) throw new Refusal(404, 'itemNotFound');
    return page;
  }

  #unlocked(id: string): Page {
    const page = this.#find(id);
    // SharePoint answers 423 with this code to whoever writes to a page that somebody else edits.
    if (this.#locked.has(page.name)) throw new Refusal(423, 'accessDenied', 'locked for editing');
    return page;
  }

  #json({ id, name, content, version, level, promotionKind }: Page): object {
    return {
      '@odata.type': '#microsoft.graph.sitePage',
      id,
      name,
      webUrl: urlOf(name),
      title: content.title,
      description: content.description,
      pageLayout: 'article',
      promotionKind,
      publishingState: { level, versionId: version },
      ...(content.titleArea !== undefined && { titleArea: content.titleArea }),
    };
  }
}

const urlOf = (name: string): string => `${hostUrl}/SitePages/${name}`;

const idOf = (number: number): string => {
  const hex = createHash('sha256')
    .update(`page ${String(number)}`)
    .digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
};

function contentOf(body: PageBody, before: Content | undefined): Content {
  const canvasLayout = body.canvasLayout ?? before?.canvasLayout;
  return {
    title: body.title ?? before?.title ?? '',
    description: body.description ?? before?.description ?? '',
    titleArea: body.titleArea ?? before?.titleArea,
    canvasLayout,
    html: htmlIn(canvasLayout),
  };
}
