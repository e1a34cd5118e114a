import type { HomeLinks } from './home.ts';
import type { Overview, OverviewOperation } from './overview.ts';

/** The overview as one HTML document that loads nothing. Everything of the description is text in it, never markup. */
export function homePage(overview: Overview, links: HomeLinks, url: string): string {
  const { title, version, description, resources, others } = overview;
  const base = pathOf(url);
  const groups = others.length > 0 ? [...resources, { name: 'Other operations', operations: others }] : resources;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${escapeHtml(title)}${version === undefined ? '' : ` <small>${escapeHtml(version)}</small>`}</h1>
${description === undefined ? '' : `<p class="description">${escapeHtml(description)}</p>\n`}${navigation(links)}
</header>
<main>
${tryIt(overview, url)}${contents(groups)}${groups.map(({ name, operations }, index) => section(name, operations, base, index)).join('\n')}
</main>
</body>
</html>
`;
}

function navigation({ openapi, description, health, readiness }: HomeLinks): string {
  const entries: readonly (readonly [string, string | undefined])[] = [
    ['OpenAPI', openapi],
    ['description', description],
    ['health', health],
    ['readiness', readiness],
  ];
  const anchors = entries.flatMap(([label, path]) =>
    path === undefined ? [] : [`<a href="${escapeHtml(path)}">${label}</a>`],
  );
  return anchors.length === 0 ? '' : `<nav aria-label="About this API">${anchors.join(' ')}</nav>`;
}

/** Of a page that is longer than a screen or two. */
function contents(groups: readonly { readonly name: string }[]): string {
  if (groups.length <= 6) return '';
  const entries = groups.map(({ name }, index) => `<a href="#section-${index}">${escapeHtml(name)}</a>`);
  return `<nav aria-label="On this page" class="contents">${entries.join(' ')}</nav>\n`;
}

/** A line to copy: the first thing that can be asked for without knowing an id, a list if there is one. */
function tryIt({ resources, others }: Overview, url: string): string {
  const operations = [...resources.flatMap((resource) => resource.operations), ...others];
  const open = operations.filter(canOpen);
  const first = open.find(({ does }) => does.startsWith('lists ')) ?? open[0];
  if (!first) return '';
  const command = `curl ${escapeHtml(shellQuote(url + first.path))}`;
  // What scrolls must be reachable by keyboard.
  return `<pre tabindex="0" role="region" aria-label="Try it"><code>${command}</code></pre>\n`;
}

/** Names may come twice, and hold what no id may: headings are numbered. */
function section(name: string, operations: readonly OverviewOperation[], base: string, index: number): string {
  const rows = operations.map((operation) => row(operation, base)).join('\n');
  return `<section aria-labelledby="section-${index}">
<h2 id="section-${index}">${escapeHtml(name)}</h2>
<table aria-labelledby="section-${index}">
<thead><tr><th scope="col">Method</th><th scope="col">Path</th><th scope="col">What it does</th></tr></thead>
<tbody>
${rows}
</tbody>
</table>
</section>`;
}

function row(operation: OverviewOperation, base: string): string {
  const { method, path, does, requires = [] } = operation;
  const shown = `<code>${escapeHtml(path)}</code>`;
  const cell = canOpen(operation) ? `<a href="${escapeHtml(base + path)}">${shown}</a>` : shown;
  const needs = requires.length > 0 ? `; needs ${requires.join(', ')}` : '';
  return `<tr><td class="method">${escapeHtml(method)}</td><td class="path">${cell}</td><td>${escapeHtml(does + needs)}</td></tr>`;
}

/** By a link, which can say nothing but a path. */
function canOpen({ method, path, requires = [] }: OverviewOperation): boolean {
  return method === 'GET' && !path.includes('{') && requires.length === 0;
}

/** Links name no origin: a proxy may speak another scheme than the browser before it. */
function pathOf(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/\/$/, '');
}

/** Safe between the single quotes of a shell. */
function shellQuote(text: string): string {
  return /^[\w:/.%~-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

const style = `
:root { color-scheme: light dark; --text: #1c1e21; --soft: #585d65; --line: #dfe1e5; --link: #0b57c2; --page: #fff; --code: #f5f6f8; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e7ea; --soft: #a3a9b3; --line: #34383f; --link: #8ab8ff; --page: #15171a; --code: #1e2126; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page); max-width: 56rem; margin: 3rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.8rem; line-height: 1.25; margin: 0; overflow-wrap: anywhere; } h1 small { font-size: 1rem; font-weight: normal; color: var(--soft); }
h2 { font-size: 1.1rem; margin: 2.25rem 0 .5rem; overflow-wrap: anywhere; }
a { color: var(--link); text-underline-offset: .15em; } a:focus-visible, pre:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: .2rem; }
.description { white-space: pre-line; max-width: 42rem; overflow-wrap: anywhere; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .75rem 0 1.5rem; }
.contents { font-size: .9rem; padding-bottom: .75rem; }
pre { padding: .75rem 1rem; background: var(--code); border: 1px solid var(--line); border-radius: .4rem; overflow-x: auto; user-select: all; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th { padding: 0 .75rem .35rem 0; font-size: .8rem; font-weight: normal; text-align: left; color: var(--soft); }
th:first-child { width: 5rem; } th:nth-child(2) { width: 55%; }
td { padding: .35rem .75rem .35rem 0; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
.method { font: 600 .8rem/1.9 ui-monospace, monospace; color: var(--soft); }
code { font-family: ui-monospace, monospace; font-size: .9em; }
@media (max-width: 40rem) {
  body { margin: 1.5rem auto; } thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  tr { display: grid; grid-template-columns: 4.5rem 1fr; border-top: 1px solid var(--line); padding: .4rem 0; }
  td { border: 0; padding: 0; } td:last-child { grid-column: 2; color: var(--soft); }
}
`;
