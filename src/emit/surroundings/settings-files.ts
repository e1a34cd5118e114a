import type { ProjectFacts } from '../facts.ts';
import type { ProjectFile } from '../file.ts';
import { variablesOf } from './variables.ts';

/** Settings of compiler, formatter, Git and Docker, and an example of an environment. */
export function settingsFiles(facts: ProjectFacts): readonly ProjectFile[] {
  return [
    merged('tsconfig.json', jsonText(compilerSettings)),
    merged('tsconfig.build.json', jsonText(buildSettings)),
    merged('biome.json', jsonText(biomeSettings)),
    merged('.gitignore', gitIgnored),
    merged('.dockerignore', dockerIgnored),
    merged('.env.example', environmentExample(facts)),
  ];
}

function merged(path: string, text: string): ProjectFile {
  return { path, class: 'merged', text };
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** As strict as our own. Only names that can be erased, so that Node runs the sources as they are. */
const compilerSettings = {
  compilerOptions: {
    target: 'es2023',
    lib: ['es2023'],
    types: ['node'],
    module: 'nodenext',
    moduleResolution: 'nodenext',
    rewriteRelativeImportExtensions: true,
    rootDir: '.',
    noEmit: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noImplicitOverride: true,
    noImplicitReturns: true,
    noFallthroughCasesInSwitch: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    verbatimModuleSyntax: true,
    erasableSyntaxOnly: true,
    isolatedModules: true,
    resolveJsonModule: true,
    skipLibCheck: true,
  },
  include: ['src', 'test'],
};

const buildSettings = {
  extends: './tsconfig.json',
  compilerOptions: { noEmit: false, rootDir: 'src', outDir: 'dist', sourceMap: true },
  include: ['src'],
};

/** What is generated is formatted alike, so that it is checked too; validators are code for machines. */
const biomeSettings = {
  $schema: './node_modules/@biomejs/biome/configuration_schema.json',
  files: { includes: ['**', '!**/node_modules', '!**/dist', '!**/api', '!**/.cartouche', '!**/src/validators'] },
  formatter: { indentStyle: 'space', indentWidth: 2, lineWidth: 120 },
  javascript: { formatter: { quoteStyle: 'single', semicolons: 'always' } },
  json: { formatter: { expand: 'auto' } },
  linter: {
    rules: {
      preset: 'recommended',
      suspicious: { noExplicitAny: 'error' },
      style: { noNonNullAssertion: 'error', useImportType: 'error', noEnum: 'error' },
      correctness: { noUnusedImports: 'error', noUnusedVariables: 'error' },
    },
  },
};

const gitIgnored = `node_modules/
dist/
.env
*.db
*.db-*
`;

/** Nothing but what an image is made of: what is not named can neither leak nor break the cache. */
const dockerIgnored = `*
!package.json
!package-lock.json
!tsconfig.json
!tsconfig.build.json
!src
!api
`;

function environmentExample(facts: ProjectFacts): string {
  const lines = variablesOf(facts).map(({ name, says, example, fallback }) => {
    // What must be set, and the address for developing, are set; the rest shows what holds anyway.
    const isSet = fallback === undefined || name === 'HOST';
    return `# ${says}\n${isSet ? '' : '#'}${name}=${example}\n`;
  });
  return `# The environment of the service while developing: copy this file to .env, which Git ignores.
# Each variable can be given as a file, too: PORT_FILE=/run/secrets/port.

${lines.join('\n')}`;
}
