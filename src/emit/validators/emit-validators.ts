import { posix } from 'node:path';
import { createWorkBudget } from '../../guarded-schema.ts';
import type { ApiModel } from '../../model/types.ts';
import { absolute } from '../../runtime/validation/absolute.ts';
import { checkLibrary, digestOfDefinitions, digestOfSchema } from '../../runtime/validation/ahead.ts';
import { askedSchemas } from '../../runtime/validation/asked.ts';
import { type AjvPackages, createCompiler } from '../../runtime/validation/compiler.ts';
import type { Purpose } from '../../runtime/validation/purpose.ts';
import type { ProjectFile } from '../file.ts';
import { literal } from './literal.ts';
import { Functions } from './module.ts';
import { unionMembersWithin } from './unions.ts';

export interface ValidatorFolders {
  /** Where the modules go: `src/validators`. */
  readonly folder: string;
  /** Where the copy of our own sources is: `src/cartouche`. */
  readonly runtime: string;
}

/**
 * Modules of JavaScript with a function for each schema that the runtime asks for, one module for each purpose, and
 * `index.js`, which loads them and is what `AppOptions.validators` takes. Definitions are functions of their own.
 *
 * The same model gives the same text. A schema that ajv refuses has no function: the runtime then finds it unusable.
 */
export function emitValidators(model: ApiModel, ajv: AjvPackages, folders: ValidatorFolders): readonly ProjectFile[] {
  const asked = askedSchemas(model);
  const modules = (['requests', 'largeRequests', 'responses'] as const).map((purpose) => ({
    purpose,
    file: `${fileNames[purpose]}.js`,
    text: moduleFor(model, purpose, ajv, asked[purpose]),
  }));
  const ahead = posix.relative(folders.folder, posix.join(folders.runtime, 'runtime/validation/ahead.ts'));
  const generated = (path: string, text: string): ProjectFile => ({
    path: posix.join(folders.folder, path),
    class: 'generated',
    text,
  });
  return [
    generated('index.js', indexOf(model, modules)),
    generated('index.d.ts', declarationOf('validators', 'ChecksAhead', ahead)),
    ...modules.flatMap(({ file, text }) => [
      generated(file, text),
      generated(file.replace(/\.js$/, '.d.ts'), declarationOf('link', 'LinkChecks', ahead)),
    ]),
  ];
}

const fileNames: Readonly<Record<Purpose, string>> = {
  requests: 'requests',
  largeRequests: 'large-requests',
  responses: 'responses',
};

function moduleFor(
  model: ApiModel,
  purpose: Purpose,
  ajv: AjvPackages,
  asked: ReturnType<typeof askedSchemas>[Purpose],
): string {
  const compiler = createCompiler(model, purpose, ajv, { source: true });
  const library = checkLibrary({ ...createWorkBudget(), visit: compiler.budget.visit });
  const functions = new Functions(library);
  const schemas = new Map<string, string>();
  for (const schema of asked) {
    const name = attempt(() => functions.add(compiler.compile(schema)));
    if (name !== undefined) schemas.set(digestOfSchema(schema), name);
  }
  const members = new Map<string, string | undefined>();
  // Functions of members bring more schemas, whose unions have members.
  for (const schema of functions.schemas) {
    for (const member of unionMembersWithin(schema)) {
      const digest = digestOfSchema(absolute({ ...member }));
      if (!members.has(digest))
        members.set(
          digest,
          attempt(() => functions.add(compiler.compileMember(member))),
        );
    }
  }
  return `${head(`Checks of ${fileNames[purpose]}, by the digest of what they check.`)}
export function link(library) {
const { ${Object.keys(library).join(', ')} } = library;
// What ajv calls keywords as a method of.
const self = undefined;
${functions.text()}
return { schemas: ${mapOf(schemas)}, members: ${mapOf(members)} };
}
`;
}

function attempt(make: () => string): string | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

function mapOf(names: ReadonlyMap<string, string | undefined>): string {
  const entries = [...names].filter(([, name]) => name !== undefined);
  return `new Map([${entries.map(([digest, name]) => `\n  [${literal(digest)}, ${name}],`).join('')}\n])`;
}

function indexOf(model: ApiModel, modules: readonly { readonly purpose: Purpose; readonly file: string }[]): string {
  const imports = modules.map(({ file }) => `import('./${file}')`);
  return `${head('Compiled by ajv from the schemas of the description, so that nothing is compiled at start.')}
export const validators = {
  definitions: ${literal(digestOfDefinitions(model))},
  async load() {
    const [${modules.map(({ purpose }) => purpose).join(', ')}] = await Promise.all([${imports.join(', ')}]);
    return { ${modules.map(({ purpose }) => `${purpose}: ${purpose}.link`).join(', ')} };
  },
};
`;
}

function declarationOf(name: string, type: string, ahead: string): string {
  return `import type { ${type} } from '${ahead.startsWith('.') ? ahead : `./${ahead}`}';\n\nexport declare const ${name}: ${type};\n`;
}

function head(what: string): string {
  return `// Generated by Cartouche; do not edit. ${what}`;
}
