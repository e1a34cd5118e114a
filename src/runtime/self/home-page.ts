import type { HomeLinks } from './home.ts';
import type { Overview, OverviewOperation } from './overview.ts';

/** The overview as one HTML document that loads nothing. Everything of the description is text in it, never markup. */
export function homePage(overview: Overview, links: HomeLinks, url: string): string {
  const { title, version, description, resources, others } = overview;
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
${tryIt(overview, url)}${resources.map(({ name, operations }) => section(name, operations, url)).join('\n')}
${others.length > 0 ? section('other operations', others, url) : ''}
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
  return `<nav>${anchors.join(' ')}</nav>`;
}

/** A line to copy: the first list that can be asked for without knowing an id. */
function tryIt({ resources, others }: Overview, url: string): string {
  const operations = [...resources.flatMap((resource) => resource.operations), ...others];
  const first = operations.find(({ method, path }) => method === 'GET' && !path.includes('{'));
  return first ? `<pre><code>curl ${escapeHtml(shellQuote(url + first.path))}</code></pre>\n` : '';
}

function section(name: string, operations: readonly OverviewOperation[], url: string): string {
  const rows = operations.map((operation) => row(operation, url)).join('\n');
  return `<section>
<h2>${escapeHtml(name)}</h2>
<table>
${rows}
</table>
</section>`;
}

/** Paths that a browser can open are links. */
function row({ method, path, does }: OverviewOperation, url: string): string {
  const shown = `<code>${escapeHtml(path)}</code>`;
  const canOpen = method === 'GET' && !path.includes('{');
  const cell = canOpen ? `<a href="${escapeHtml(url + path)}">${shown}</a>` : shown;
  return `<tr><td class="method">${escapeHtml(method)}</td><td>${cell}</td><td>${escapeHtml(does)}</td></tr>`;
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
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 15%, transparent); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 3rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.8rem; margin: 0; } h1 small { font-size: 1rem; font-weight: normal; opacity: .6; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.description { white-space: pre-line; max-width: 40rem; }
nav a { margin-right: 1rem; } nav { margin: .75rem 0 1.5rem; }
pre { padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .4rem; overflow-x: auto; user-select: all; }
table { border-collapse: collapse; width: 100%; } td { padding: .35rem .75rem .35rem 0; border-top: 1px solid var(--line); vertical-align: top; }
.method { width: 5rem; font: 600 .8rem/1.9 ui-monospace, monospace; opacity: .75; }
code { font-family: ui-monospace, monospace; font-size: .9em; overflow-wrap: anywhere; }
`;
