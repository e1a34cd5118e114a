import type { ProjectFacts, ProjectStore } from '../../../src/emit/facts.ts';

export const stores: readonly ProjectStore[] = ['sqlite', 'mongodb', 'mongodb+elasticsearch'];

export function bookstore(store: ProjectStore): ProjectFacts {
  return {
    name: 'bookstore',
    title: 'Bookstore',
    version: '1.0',
    description: 'Books, and who wrote them.',
    format: 'raml-1.0',
    descriptionFile: 'bookstore.raml',
    store,
    port: 3000,
    basePath: '/api',
    cartouche: '0.1.0',
    routers: [
      {
        file: 'books',
        operations: [
          {
            id: 'listBooks',
            method: 'GET',
            path: '/books',
            does: 'lists books',
            curl: ['http://localhost:3000/api/books'],
          },
        ],
      },
    ],
  };
}

/** Texts that are something else to YAML, Markdown, HTML, a shell, Docker, GitHub's expressions, Git or a terminal. */
export const hostileTexts: readonly string[] = [
  `it's "quoted" \`ticks\``,
  `$\{HOME} $(touch /tmp/owned) \`touch /tmp/owned\` \\`,
  `$\{{ secrets.TOKEN }} {{ .Values.x }} {% raw %}`,
  'a\nRUN touch /owned\nUSER 0',
  'a\r\n\r\n# Heading\n\n- list\n',
  ': {[ &anchor *alias !tag %dir @x | > -',
  '---\nkind: Pod',
  '```\nrm -rf /\n```',
  '| cell | <script>alert(1)</script> <!-- [x](javascript:alert(1)) ![x](http://x/y.png)',
  '*/ // --> ]]> \u2028 \u2029 \u0085 \ufeff \u202e',
  '📚 \ud83d\udcda 書籍 \u0000 \u001b[31m',
  '__proto__',
  'true',
  '~',
  '1e3',
  `${'x'.repeat(300)}`,
];

/** Facts in which every text of the description is this one. */
export function hostile(store: ProjectStore, text: string): ProjectFacts {
  return {
    ...bookstore(store),
    title: text,
    version: text,
    description: text,
    descriptionFile: text,
    routers: [
      {
        file: 'books',
        operations: [{ id: text, method: 'GET', path: `/${text}`, does: text, curl: ['-H', text, '-d', text] }],
      },
    ],
  };
}
