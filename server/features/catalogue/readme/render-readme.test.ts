import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packagePath, pictureReferences, renderReadme } from './render-readme.ts';

const context = {
  pictureAt: (path: string) => (path === 'docs/shot.png' ? '/assets/abc.png' : undefined),
  repositoryUrl: 'https://github.com/acme/reviewer',
};
const render = (text: string) => renderReadme(text, context).trim();

describe('renderReadme', () => {
  it('shifts headings below the page title and gives them ids of their own', () => {
    expect(render('# Title\n\n## Use it\n\n## Use it')).toBe(
      '<h2 id="readme-title">Title</h2>\n<h3 id="readme-use-it">Use it</h3>\n<h3 id="readme-use-it-1">Use it</h3>',
    );
    expect(render('<h1 id="app">x</h1>')).toBe('<h2 id="readme-app">x</h2>');
    expect(render('###### deep')).toContain('<h6');
  });

  it('marks links, keeps anchors inside the text and leads relative ones to the repository', () => {
    expect(render('[a](https://example.com)')).toBe('<p><a href="https://example.com" rel="noopener nofollow">a</a></p>');
    expect(render('[a](#use-it)')).toContain('href="#readme-use-it"');
    expect(render('[a](./docs/guide.md)')).toContain('href="https://github.com/acme/reviewer/blob/HEAD/docs/guide.md"');
    expect(render('[a](../../etc/passwd)')).toBe('<p><a>a</a></p>');
    expect(render('https://example.com/x')).toContain('<a href="https://example.com/x" rel="noopener nofollow">');
  });

  it('shows pictures from https and from the package only', () => {
    expect(render('![shot](docs/shot.png)')).toContain('src="/assets/abc.png"');
    expect(render('<img src="./docs/shot.png" width="300">')).toContain('src="/assets/abc.png"');
    expect(render('![b](https://img.example/b.svg)')).toContain('src="https://img.example/b.svg"');
    for (const hostile of [
      'http://tracker.example/x.png',
      'data:image/png;base64,AAAA',
      '//evil.example/x.png',
      '/etc/passwd',
      '../x.png',
      'docs/none.png',
    ]) {
      expect(render(`![x](${hostile})`)).not.toContain('<img');
    }
  });

  it('keeps details, tables and code', () => {
    expect(render('<details><summary>More</summary>\n\ntext\n\n</details>')).toContain('<details><summary>More</summary>');
    expect(render('| a | b |\n|---|--:|\n| 1 | 2 |')).toContain('<td>1</td>');
    expect(render('```ts\nconst a = 1 < 2;\n```')).toContain('<pre><code class="language-ts">const a = 1 &lt; 2;');
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)><script>alert(1)</script></svg>',
    '<math><mi//xlink:href="data:x,<script>alert(1)</script>">',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt&#58;alert(1))',
    '[x](vbscript:x)',
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<iframe src="https://evil.example"></iframe>',
    '<style>body{display:none}</style><p style="position:fixed">x</p>',
    '<form action="https://evil.example"><input name=password><button>Sign in</button></form>',
    '<p class="verified" id="app" onclick="x()">x</p>',
    '<template><script>alert(1)</script></template><noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<meta http-equiv=refresh content="0;url=https://evil.example"><base href="https://evil.example/"><link rel=stylesheet href=x>',
    '<a id="x" name="getElementById" href="https://a.example" target="_blank" ping="https://evil.example">x</a>',
    '<textarea><img title="</textarea><img src onerror=alert(1)>"></textarea>',
    '<object data="x"></object><embed src="x"><video src="x" autoplay></video><audio src="x"></audio>',
  ])('defuses %s', (hostile) => {
    const html = render(hostile);
    const tags =
      html
        .replace(/ title="[^"]*"/g, '')
        .match(/<[^>]*>/g)
        ?.join('') ?? '';
    expect(tags).not.toMatch(
      /<(?:script|svg|math|iframe|style|form|input|button|meta|base|link|object|embed|video|audio|template|textarea|noscript)/i,
    );
    expect(tags).not.toMatch(/\son\w+=|javascript:|vbscript:|data:|style=|class=|target=|ping=|name=/i);
    expect(tags).not.toMatch(/id="(?!readme-)/);
  });

  it('never lets markup through that is not on the list, whatever the text is', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '/',
      '=',
      ' ',
      '\n',
      '`',
      '[',
      ']',
      '(',
      ')',
      '!',
      '|',
      '&',
      '#',
      'script',
      'img',
      'a',
      'href',
      'src',
      'onerror',
      'javascript:',
      'x',
      '<!--',
      '-->',
      '<![CDATA[',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const tags = render(pieces.join('')).match(/<\/?[a-z][^>]*>/gi) ?? [];
        return tags.every(
          (tag) =>
            /^<\/?(?:h[2-6]|p|br|hr|blockquote|pre|code|ul|ol|li|table|thead|tbody|tr|th|td|a|img|em|strong|s)\b/i.test(tag) &&
            !/\son\w+\s*=|javascript:/i.test(
              tag.replace(/(?:title|alt|href)="[^"]*"/g, (attribute) =>
                attribute.startsWith('href="javascript') ? attribute : '',
              ),
            ),
        );
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['brackets', '['.repeat(100_000)],
    ['nested links', '[a](b'.repeat(20_000)],
    ['emphasis', '*a_ '.repeat(25_000)],
    ['quotes', `${'>'.repeat(5_000)}x`],
    ['nested lists', Array.from({ length: 200 }, (_, depth) => `${' '.repeat(depth * 2)}- x`).join('\n')],
    ['a wide table', `${'|a'.repeat(5_000)}|\n${'|-'.repeat(5_000)}|\n${'|b\n'.repeat(5_000)}`],
    ['open tags', '<div>'.repeat(20_000)],
    ['backticks', '`a``b'.repeat(20_000)],
    ['entities', '&amp'.repeat(25_000)],
    ['autolinks', 'www.a.b/'.repeat(12_000)],
    ['picture syntax', '![](<img src='.repeat(7_000)],
    ['reference definitions', '[a]: <'.repeat(15_000)],
  ])('is done with 100 KB of %s in bounded time and size', (_, text) => {
    const started = performance.now();
    const html = render(text);
    pictureReferences(text);
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(html.length).toBeLessThan(3_000_000);
  });
});

describe('packagePath', () => {
  it('stays within the package', () => {
    expect(packagePath('./a/../b.png?raw=1#x')).toBe('b.png');
    expect(packagePath('/docs/a.png')).toBe('docs/a.png');
    for (const way of ['../a.png', 'a/../../b.png', 'file:///etc', '//host/a.png', '..\\a.png', '', '.', 'C:/a.png'])
      expect(packagePath(way)).toBeUndefined();
  });
});

describe('pictureReferences', () => {
  it('finds inline, HTML and reference pictures', () => {
    expect(
      pictureReferences('![a](one.png "t") <img alt=x src="two.png"> ![b][ref]\n\n[ref]: ./three%20x.png\n![c](https://x/y.png)'),
    ).toEqual(['one.png', 'two.png', 'three x.png']);
  });
});
