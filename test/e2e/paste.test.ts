import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import type { Dropped } from '../../tab/shared/editor/paste.js';
import type {} from '../world/editor-page.js';
import { giveBackBrowser, takeBrowser } from './browser.js';

/** The page's script, with all that it imports. */
async function editorScript(): Promise<string> {
  const outDir = await mkdtemp(resolve('node_modules/.editor-'));
  try {
    await build({
      configFile: false,
      logLevel: 'silent',
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        outDir,
        lib: {
          entry: 'test/world/editor-page.ts',
          formats: ['iife'],
          name: 'editor',
          fileName: () => 'page.js',
        },
      },
    });
    return await readFile(join(outDir, 'page.js'), 'utf8');
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}

interface Case {
  readonly from: string;
  readonly html: string;
  readonly markdown: string;
  readonly dropped?: Dropped;
}

/** A paragraph as Word marks it as an item of a list. */
const item = (level: number, mark: string, text: string, list = 'l0', tag = 'p'): string =>
  `<${tag} class=MsoListParagraphCxSpMiddle style='margin-left:1cm;text-indent:-18.0pt;\nmso-list:${list} level${level} lfo1'><![if !supportLists]><span style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>${mark}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>${text}<o:p></o:p></${tag}>`;

const word = (body: string): string =>
  `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--><style><!-- p.MsoNormal {margin:0cm} --></style></head><body lang=FI><!--StartFragment-->${body}<!--EndFragment--></body></html>`;

const table = (rows: readonly (readonly string[])[], more = ''): string =>
  `<table ${more}>${rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>`;

const cases: readonly Case[] = [
  // Word: lists
  {
    from: 'Word, a list in a list',
    html: word(item(1, '·', 'A') + item(2, 'o', 'B')),
    markdown: '- A\n  - B',
  },
  {
    from: 'Word, numbers, letters, numbers',
    html: word(item(1, '1.', 'A') + item(2, 'a.', 'B') + item(1, '2.', 'C')),
    markdown: '1. A\n   1. B\n2. C',
  },
  {
    from: 'Word, three levels and back to the first',
    html: word(item(1, '·', 'A') + item(2, 'o', 'B') + item(3, '§', 'C') + item(1, '·', 'D')),
    markdown: '- A\n  - B\n    - C\n- D',
  },
  {
    from: 'Word, a level left out',
    html: word(item(1, '·', 'A') + item(3, '§', 'C') + item(2, 'o', 'B')),
    markdown: '- A\n  - C\n  - B',
  },
  {
    from: 'Word, numbers with bullets below',
    html: word(item(1, '1.', 'A') + item(2, '-', 'B') + item(1, '2.', 'C')),
    markdown: '1. A\n   - B\n2. C',
  },
  {
    from: 'Word, numbers that go on from three',
    html: word(item(1, '3.', 'A') + item(1, '4.', 'B')),
    markdown: '3. A\n4. B',
  },
  {
    from: 'Word, numbers of many levels',
    html: word(item(1, '1.', 'A') + item(2, '1.1.', 'B') + item(2, '1.2.', 'C')),
    markdown: '1. A\n   1. B\n   2. C',
  },
  {
    from: 'Word, numbers with brackets and Roman ones',
    html: word(item(1, '1)', 'A') + item(2, 'i.', 'B') + item(2, 'ii.', 'C')),
    markdown: '1. A\n   1. B\n   2. C',
  },
  {
    from: 'Word, a list between paragraphs',
    html: word(
      `<p class=MsoNormal>Ennen:</p>${item(1, '·', 'A')}${item(1, '·', 'B')}<p class=MsoNormal>Jälkeen</p>`,
    ),
    markdown: 'Ennen:\n\n- A\n- B\n\nJälkeen',
  },
  {
    from: 'Word, two lists with a paragraph between',
    html: word(`${item(1, '·', 'A')}<p class=MsoNormal>Väli</p>${item(1, '·', 'B')}`),
    markdown: '- A\n\nVäli\n\n- B',
  },
  {
    from: 'Word, marks in a list',
    html: word(item(1, '·', '<b>A</b> ja <a href="https://x.fi">linkki</a>')),
    markdown: '- **A** ja [linkki](https://x.fi)',
  },
  {
    from: 'Word, an empty item',
    html: word(item(1, '·', 'A') + item(1, '·', '&nbsp;') + item(1, '·', 'B')),
    markdown: '- A\n- B',
  },
  {
    from: 'Word, a numbered heading',
    html: word(item(1, '1.', 'H', 'l0', 'h1')),
    markdown: '# H',
  },
  {
    from: 'Word, a paragraph whose list was taken away',
    html: word(`<p class=MsoListParagraph style='mso-list:none'>A</p>`),
    markdown: 'A',
  },
  {
    from: 'Word on the web, items as lists of their own',
    html: [1, 2, 1]
      .map(
        (level, index) =>
          `<div class="ListContainerWrapper SCXW1"><ul class="BulletListStyle${level}" role="list"><li data-leveltext="" data-aria-level="${level}" data-aria-posinset="1" role="listitem" class="OutlineElement"><p class="Paragraph"><span class="TextRun"><span class="NormalTextRun">${'ABC'[index]}</span></span><span class="EOP">&nbsp;</span></p></li></ul></div>`,
      )
      .join(''),
    markdown: '- A\n  - B\n- C',
  },
  // Word: changes, comments, notes
  {
    from: 'tracked changes',
    html: '<p>Ennen <del>poistettu</del><ins>lisätty</ins> jälkeen</p>',
    markdown: 'Ennen lisätty jälkeen',
    dropped: { deleted: 1 },
  },
  {
    from: 'Word, tracked changes',
    html: word(
      `<p class=MsoNormal>Ennen <span class=msoDel><del cite="mailto:Eeva" datetime="2026-11-29T10:00">poistettu</del></span><span class=msoIns><ins cite="mailto:Eeva">lisätty</ins></span> jälkeen<o:p></o:p></p>`,
    ),
    markdown: 'Ennen lisätty jälkeen',
    dropped: { deleted: 1 },
  },
  {
    from: 'struck text',
    html: '<p>Klo <s>9</s> 10 <span style="text-decoration: line-through">tai 11</span></p>',
    markdown: 'Klo 10',
    dropped: { deleted: 2 },
  },
  {
    from: 'Word, a comment',
    html: word(
      `<p class=MsoNormal>Alku<span class=MsoCommentReference><span style='font-size:8.0pt'><a class=msocomanchor id="_anchor_1" href="#_msocom_1" language=JavaScript name="_msoanchor_1">[EV1]</a><span style='mso-special-character:comment'>&nbsp;</span></span></span> loppu</p><div style='mso-element:comment-list'><hr class=msocomoff align=left size=1 width="33%"><div style='mso-element:comment'><div id="_com_1" class=msocomtxt><p class=MsoCommentText><span style='mso-comment-author:"Eeva"'></span>Kommentti</p></div></div></div>`,
    ),
    markdown: 'Alku loppu',
    dropped: { comments: 1 },
  },
  {
    from: 'Google Docs, a comment',
    html: '<p>Alku<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup> loppu</p><div style="border:1px solid black"><p><a href="#cmnt_ref1" id="cmnt1">[a]</a>Kommentti</p></div>',
    markdown: 'Alku loppu',
    dropped: { comments: 1 },
  },
  {
    from: 'Word, a footnote',
    html: word(
      `<p class=MsoNormal>Teksti<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference>[1]</span></a></p><div style='mso-element:footnote-list'><hr align=left size=1><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1">[1]</a> Viite</p></div></div>`,
    ),
    markdown: 'Teksti\\[1\\]\n\n\\[1\\] Viite',
  },
  {
    from: 'Word, hidden text, a tab and empty paragraphs',
    html: word(
      `<p class=MsoNormal>A<span style='display:none;mso-hide:all'>piilo</span><span style='mso-tab-count:1'>&nbsp;&nbsp;&nbsp;&nbsp; </span>B</p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>C</p>`,
    ),
    markdown: 'A B\n\nC',
  },
  {
    from: 'Word, a picture',
    html: word(
      `<p class=MsoNormal>A<!--[if gte vml 1]><v:shape><v:imagedata src="file:///C:/a.png"/></v:shape><![endif]--><![if !vml]><img width=300 height=200 src="file:///C:/Temp/clip_image001.png" v:shapes="Picture_1"><![endif]></p>`,
    ),
    markdown: 'A',
    dropped: { pictures: 1 },
  },
  // Links
  {
    from: 'a link to a file',
    html: '<p><a href="file:///C:/Users/etu.suku/a.docx">tiedosto</a></p>',
    markdown: 'tiedosto',
    dropped: { links: 1 },
  },
  {
    from: 'links to a place and to a script',
    html: '<p><a href="#_ftn1">[1]</a> <a href="javascript:x">js</a> <a name="_Toc1">kohta</a></p>',
    markdown: '\\[1\\] js kohta',
  },
  {
    from: 'links that are none outside their page',
    html: '<p><a href="/a">a</a> <a href="b.html">b</a> <a href="//x.fi/c">c</a></p>',
    markdown: 'a b c',
    dropped: { links: 3 },
  },
  {
    from: 'links that may be',
    html: '<p><a href="https://x.fi/a">a</a> <a href="mailto:e@x.fi">b</a> <a href="tel:+358401234567">c</a></p>',
    markdown: '[a](https://x.fi/a) [b](mailto:e@x.fi) [c](tel:+358401234567)',
  },
  {
    from: 'a link as Outlook checks it',
    html: '<p><a href="https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.fi%2Fa%3Fb%3D1&amp;data=05%7C02&amp;reserved=0">a</a></p>',
    markdown: '[a](https://x.fi/a?b=1)',
  },
  {
    from: 'a link as Google counts it',
    html: '<p><a href="https://www.google.com/url?q=https://x.fi/a&amp;sa=D&amp;source=editors">a</a></p>',
    markdown: '[a](https://x.fi/a)',
  },
  // Tables
  {
    from: 'a table',
    html: '<table><tr><td>Kunta</td><td>Käynnit</td></tr><tr><td>Seinäjoki</td><td>1 234</td></tr></table>',
    markdown: 'Kunta – Käynnit\nSeinäjoki – 1 234',
    dropped: { tables: 1 },
  },
  {
    from: 'a table with head, caption and marks',
    html: '<table><caption>Käynnit</caption><thead><tr><th>Kunta</th><th><b>Määrä</b></th></tr></thead><tbody><tr><td><a href="https://x.fi">Seinäjoki</a></td><td>5</td></tr></tbody></table>',
    markdown: 'Käynnit\n\nKunta – **Määrä**\n[Seinäjoki](https://x.fi) – 5',
    dropped: { tables: 1 },
  },
  {
    from: 'Word, a table',
    html: word(
      table(
        [
          ['<p class=MsoNormal>Kunta<o:p></o:p></p>', '<p class=MsoNormal>Käynnit</p>'],
          ['<p class=MsoNormal>Seinäjoki</p>', '<p class=MsoNormal>1</p><p class=MsoNormal>2</p>'],
        ],
        'class=MsoTableGrid border=1',
      ),
    ),
    markdown: 'Kunta – Käynnit\nSeinäjoki – 1 2',
    dropped: { tables: 1 },
  },
  {
    from: 'Excel',
    html: `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta name=ProgId content=Excel.Sheet><style>td {mso-ignore:padding}</style></head><body><table border=0 cellpadding=0><col width=64 span=2><!--StartFragment--><tr height=20><td class=xl65>Kunta</td><td>Käynnit</td></tr><tr height=20><td>Seinäjoki</td><td align=right>1 234</td></tr><!--EndFragment--></table></body></html>`,
    markdown: 'Kunta – Käynnit\nSeinäjoki – 1 234',
    dropped: { tables: 1 },
  },
  {
    from: 'a table with empty cells, an empty row and an empty column',
    html: table([
      ['A', '', 'B', '', 'C'],
      ['', '', '', '', ''],
      ['1', '', '', '', '3'],
      ['2', '', '4', '', ''],
    ]),
    markdown: 'A – B – C\n1 – - – 3\n2 – 4',
    dropped: { tables: 1 },
  },
  {
    from: 'a table of one column',
    html: table([['A'], ['B']]),
    markdown: 'A\n\nB',
  },
  {
    from: 'a table that only places a page',
    html: table([['<h2>Otsikko</h2><p>Teksti</p>', '<ul><li>A</li></ul>']]),
    markdown: '## Otsikko\n\nTeksti\n\n- A',
  },
  {
    from: 'a table in a table that places it',
    html: table([[`<p>Hei</p>${table([['A', 'B']])}`, ' ']], 'role=presentation'),
    markdown: 'Hei\n\nA – B',
    dropped: { tables: 1 },
  },
  // Others
  {
    from: 'Google Docs',
    html: '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:400">Alku </span><span style="font-weight:700">lihava</span><span style="font-style:italic"> kursiivi</span></p><br><ul><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>A</span></p></li><ul><li dir="ltr" aria-level="2"><p dir="ltr" role="presentation"><span>B</span></p></li></ul></ul></b><br class="Apple-interchange-newline">',
    markdown: 'Alku **lihava** *kursiivi*\n\n- A\n  - B',
  },
  {
    from: 'LibreOffice',
    html: '<html><head><meta name="generator" content="LibreOffice 7.6"/><style type="text/css">p { line-height: 115% }</style></head><body lang="fi-FI"><p style="margin-bottom: 0cm">Alku<font color="#ff0000"> <b>lihava</b></font></p><ul><li><p>A</p></li><ul><li><p>B</p></li></ul></ul><ol start="2"><li><p>C</p></li></ol><p><br/></p><p>Loppu</p></body></html>',
    markdown: 'Alku **lihava**\n\n- A\n  - B\n\n2. C\n\nLoppu',
  },
  {
    from: 'Outlook',
    html: word(
      `<div class=WordSection1><p class=MsoNormal><span lang=FI>Hei,<o:p></o:p></span></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><ul style='margin-top:0cm' type=disc><li class=MsoListParagraph style='margin-left:0cm;mso-list:l0 level1 lfo1'>A</li><li class=MsoListParagraph style='mso-list:l0 level1 lfo1'>B</li></ul><p class=MsoNormal>Terveisin<br>Eeva</p></div>`,
    ),
    markdown: 'Hei,\n\n- A\n- B\n\nTerveisin\nEeva',
  },
  {
    from: 'Teams',
    html: '<div><div itemprop="copy-paste-block"><p>Hei <span itemtype="http://schema.skype.com/Mention" itemscope itemid="0">Eeva</span> <img alt="😀" src="https://statics.teams.cdn.office.net/e.png" itemtype="http://schema.skype.com/Emoji" width="20" height="20"></p><p>&nbsp;</p><p>Katso <a href="https://x.fi" title="https://x.fi">x.fi</a></p><img src="https://eu-prod.asyncgw.teams.microsoft.com/v1/objects/1" itemtype="http://schema.skype.com/AMSImage" width="250" height="200"></div></div>',
    markdown: 'Hei Eeva 😀\n\nKatso [x.fi](https://x.fi)',
    dropped: { pictures: 1 },
  },
  {
    from: 'a web page',
    html: '<style>p{}</style><nav><ul><li><a href="/">Etusivu</a></li></ul></nav><main><h1>Otsikko</h1><p>Teksti<script>alert(1)</script></p><button>Jaa</button><figure><img src="a.jpg" alt="Talo"><figcaption>Kuvateksti</figcaption></figure><p hidden>piilo</p><svg><title>Kuvake</title></svg></main><noscript>Ei</noscript><form><label>Nimi</label><input value="x"></form>',
    markdown: '# Otsikko\n\nTeksti\n\nKuvateksti\n\nNimi',
    dropped: { pictures: 1 },
  },
  {
    from: 'a tracking picture and an icon',
    html: '<p>A<img src="x" width="1" height="1"><img src="y" role="presentation">B</p>',
    markdown: 'AB',
  },
  {
    from: 'lines of code and of addresses',
    html: '<pre>yksi\n  kaksi\n</pre><p>Katu 1<br>Kaupunki</p>',
    markdown: 'yksi\nkaksi\n\nKatu 1\nKaupunki',
  },
  {
    from: 'characters that can’t be seen',
    html: '<p>hyvin\u00ADvointi\u200Balue e\u0301</p>',
    markdown: 'hyvinvointialue é',
  },
  {
    from: 'a quote, and text beside blocks',
    html: 'Alku<blockquote>Lainaus</blockquote>loppu',
    markdown: 'Alku\n\n> Lainaus\n\nloppu',
  },
  {
    from: 'what looks like Markdown',
    html: '<p>1. ei lista</p><p>*tähti* [x](y) # ei otsikko</p>',
    markdown: '1\\. ei lista\n\n\\*tähti\\* \\[x\\](y) # ei otsikko',
  },
  {
    from: 'another editor of the same make',
    html: `<div data-pm-slice="1 1 []">${table([
      ['A', 'B'],
      ['1', '2'],
    ])}</div>`,
    markdown: 'A – B\n1 – 2',
    dropped: { tables: 1 },
  },
  { from: 'nothing at all', html: '<p></p>', markdown: '' },
  {
    from: 'hostile HTML',
    html: '<p onclick="x()">A<img src=x onerror="document.title=\'bad\'"></p><iframe src="https://evil.example"></iframe><svg onload="x()"></svg>',
    markdown: 'A',
    dropped: { pictures: 1 },
  },
];

describe('pasting into the editor', function () {
  let page: Page;
  before(async () => {
    const [script, browser] = await Promise.all([editorScript(), takeBrowser()]);
    page = await browser.newPage();
    await page.setContent('<!doctype html><title>Tyhjä</title><body></body>');
    await page.addScriptTag({ content: script });
  });
  after(giveBackBrowser);

  for (const { from, html, markdown, dropped = {} } of cases) {
    it(`keeps what texts can hold: ${from}`, async () => {
      const pasted = await page.evaluate(
        (text) => window.paste({ 'text/html': text, 'text/plain': 'x' }),
        html,
      );
      assert.deepEqual(pasted, { markdown, dropped });
      assert.equal(await page.title(), 'Tyhjä');
    });
  }

  it('takes a spreadsheet’s plain text as lines, and other text as it is', async () => {
    const paste = (text: string) => page.evaluate((each) => window.paste({ 'text/plain': each }), text);
    assert.deepEqual(await paste('Kunta\tKäynnit\r\nSeinäjoki\t1 234\r\nVaasa\t\t5\r\n'), {
      markdown: 'Kunta – Käynnit\n\nSeinäjoki – 1 234\n\nVaasa – - – 5',
      dropped: { tables: 1 },
    });
    assert.deepEqual(await paste('Alku\n\nloppu\u200B'), { markdown: 'Alku\n\nloppu', dropped: {} });
  });

  it('says that a picture alone can’t be pasted', async () => {
    assert.deepEqual(await page.evaluate(() => window.pastePicture()), {
      markdown: '',
      dropped: { pictures: 1 },
    });
  });

  it('copies plain text as people read it', async () => {
    for (const [markdown, text] of [
      ['Alku **lihava**, [linkki](https://x.fi)', 'Alku lihava, linkki (https://x.fi)'],
      ['1\\. ei lista', '1. ei lista'],
      ['## Otsikko\n\n- a\n- b\n\n1. c\n2. d\n\n> e', 'Otsikko\n\n- a\n- b\n\n1. c\n2. d\n\n> e'],
      ['[e@x.fi](mailto:e@x.fi)', 'e@x.fi'],
    ] as const) {
      const copied = await page.evaluate((each) => window.copy(each), markdown);
      assert.equal(copied.text, text);
      assert.match(copied.html, /data-pm-slice/);
    }
  });

  it('brings back what the editor itself copied', async () => {
    const markdown = '## Otsikko\n\nAlku **lihava** [l](https://x.fi)\n\n- a\n  - b\n\n3. c\n\n> e\n> f';
    assert.equal(await page.evaluate((each) => window.copyAndPaste(each), markdown), markdown);
  });
});
