import type { ProjectFile } from '../file.ts';
import { literal } from '../typescript/literal.ts';
import { comment } from '../typescript/text.ts';
import { generated, importLine } from './header.ts';
import type { Outline, ResourceOutline, RouterOutline } from './outline.ts';
import { apiDefinition, operationDefinition, pathDefinition, resourceDefinition } from './usual.ts';

const definitions = '../cartouche/definition/types.ts';

/** `src/operations/books.ts`: what each operation declares, and what it means. */
export function operationsFile({ file, operations }: RouterOutline): ProjectFile {
  const declarations = operations.map(({ item, operation, binding, constant }) => {
    const about = comment(`\`${binding.method.toUpperCase()} ${item.path}\``);
    return about + constantOf(constant, 'OperationDefinition', operationDefinition(operation, binding));
  });
  const text = `${generated}${importLine(['type OperationDefinition'], definitions)}\n${declarations.join('\n')}`;
  return { path: `src/operations/${file}.ts`, class: 'generated', text };
}

/** `src/stores/books.ts`: what is stored of a resource, and how it is found again. */
export function resourceFile({ resource, file, constant }: ResourceOutline): ProjectFile {
  const about = comment(
    `What is stored at \`${resource.path}\`: a table, with a column for each field that is no list, and an index for each that is \`indexed\` or \`unique\`. Fields with \`text\` are searched.`,
  );
  const definition = constantOf(constant, 'ResourceDefinition', resourceDefinition(resource));
  const text = `${generated}${importLine(['type ResourceDefinition'], definitions)}\n${about}${definition}`;
  return { path: `src/stores/${file}.ts`, class: 'generated', text };
}

/** `src/schemas.ts`: the schemas that have names, as JSON Schema 2020-12. */
export function schemasFile({ model }: Outline): ProjectFile {
  const about = comment('Schemas that others refer to, as JSON Schema 2020-12: `#/$defs/<name>`.');
  const schemas = constantOf('schemas', 'Readonly<Record<string, JsonSchema>>', model.$defs);
  const imports = importLine(['type JsonSchema'], './cartouche/model/description.ts');
  return { path: 'src/schemas.ts', class: 'generated', text: `${generated}${imports}\n${about}${schemas}` };
}

/** `src/api.ts`: what the description says of itself, and its paths in their order. */
export function apiFile({ model }: Outline): ProjectFile {
  const times = new Map<string, number>();
  for (const { path } of model.paths) times.set(path, (times.get(path) ?? 0) + 1);
  const paths = model.paths.map((item) =>
    pathDefinition(item, times.get(item.path) === 1 ? undefined : item.operations.map(({ id }) => id)),
  );
  const text = [
    generated,
    importLine(['type ApiDefinition', 'type PathDefinition'], './cartouche/definition/types.ts'),
    '\n',
    constantOf('api', 'ApiDefinition', apiDefinition(model)),
    '\n',
    comment('All paths in their order, with what the operations of each have in common.'),
    constantOf('paths', 'readonly PathDefinition[]', paths),
  ].join('');
  return { path: 'src/api.ts', class: 'generated', text };
}

function constantOf(name: string, type: string, value: unknown): string {
  const start = `export const ${name}: ${type} = `;
  return `${start}${literal(value, '', start.length)};\n`;
}
