import type { Action, Ancestor } from '../../model/types.ts';
import type { ProjectFile } from '../file.ts';
import { lineWidth, widthOf } from '../typescript/literal.ts';
import { quoted, remark } from '../typescript/text.ts';
import { generated, importLine } from './header.ts';
import type { OperationOutline, Outline, RouterOutline } from './outline.ts';

/** `src/routes/books.ts`: a line for each operation, in the description's order and with its words. */
export function routesFile(router: RouterOutline, { resources }: Outline): ProjectFile {
  const used = new Set(['route']);
  const named = new Map<string, string>();
  const nameOf = (resource: string): string => {
    const known = resources.find(({ resource: { name } }) => name === resource);
    if (known) named.set(known.constant, known.file);
    return known?.constant ?? quoted(resource);
  };
  const lines = router.operations.map((operation, at) => {
    const isSamePath = router.operations[at - 1]?.item === operation.item;
    return `${isSamePath ? '' : '\n'}${routeLines(operation, { used, nameOf })}`;
  });
  const text = [
    generated,
    importLine([...used, 'type RouteDefinition'], '../cartouche/definition/routes.ts'),
    importLine(
      router.operations.map(({ constant }) => constant),
      `../operations/${router.file}.ts`,
    ),
    ...[...named].sort(byFile).map(([constant, file]) => importLine([constant], `../stores/${file}.ts`)),
    '\n',
    `export const ${router.constant}Routes: readonly RouteDefinition[] = [\n`,
    lines.join('').replace(/^\n/, ''),
    '];\n',
  ].join('');
  return { path: `src/routes/${router.file}.ts`, class: 'generated', text };
}

interface Names {
  /** Helpers that the file imports. */
  readonly used: Set<string>;
  readonly nameOf: (resource: string) => string;
}

function routeLines({ item, operation, binding, constant }: OperationOutline, names: Names): string {
  const words = operation.summary ?? firstParagraph(operation.description) ?? '';
  const about = binding.action.kind === 'sample' ? `${words}\nStores nothing: ${binding.action.why}.`.trim() : words;
  const start = `  route.${binding.method}(`;
  const act = actOf(binding.action, names);
  const line = `${start}${[quoted(item.path), constant, callLine(act)].join(', ')}),`;
  if (widthOf(line) <= lineWidth) return `${remark(about, '  ')}${line}\n`;
  const parameters = [quoted(item.path), constant, laidOut(act)].map((each) => `    ${each},\n`);
  return `${remark(about, '  ')}${start}\n${parameters.join('')}  ),\n`;
}

/** A call of a helper. */
interface Call {
  readonly name: string;
  readonly parameters: readonly string[];
}

function callLine({ name, parameters }: Call): string {
  return `${name}(${parameters.join(', ')})`;
}

/** On a line of its own, or on several where it is too long for one. */
function laidOut(call: Call): string {
  const line = callLine(call);
  if (widthOf(line) + 5 <= lineWidth) return line;
  return `${call.name}(\n${call.parameters.map((each) => `      ${each},\n`).join('')}    )`;
}

function firstParagraph(text: string | undefined): string | undefined {
  return text?.trim().split(/\n\s*\n/)[0];
}

/** The call that makes an action: `list(books, within(authors, 'authorId', 'author'))`. */
function actOf(action: Action, names: Names): Call {
  const call = (name: string, ...parameters: readonly string[]): Call => {
    names.used.add(name);
    return { name, parameters };
  };
  if (!('resource' in action)) return call(action.kind);
  const resource = names.nameOf(action.resource);
  const scope = action.scope.map((ancestor) => ancestorOf(ancestor, names));
  const id = (): string => {
    if ('idParameter' in action) return quoted(action.idParameter);
    names.used.add('inBody');
    return 'inBody';
  };
  switch (action.kind) {
    case 'list':
      return call('list', resource, ...scope);
    case 'create':
      return call(action.many ? 'createMany' : 'create', resource, ...scope);
    case 'read':
    case 'replace':
    case 'upsert':
    case 'update':
    case 'remove':
      return call(action.kind, resource, id(), ...scope);
    case 'update-many':
      return call('updateMany', resource, ...scope);
    case 'remove-many':
      return call('removeMany', resource, ...scope);
    case 'read-singleton':
      return call('readSingleton', resource, ...scope);
    case 'write-singleton':
      return call('writeSingleton', resource, ...scope);
    case 'update-singleton':
      return call('updateSingleton', resource, ...scope);
    case 'remove-singleton':
      return call('removeSingleton', resource, ...scope);
    case 'read-attribute':
    case 'write-attribute':
    case 'replace-attribute':
    case 'remove-attribute': {
      const attribute = `{ attribute: ${quoted(action.attribute)}, shape: ${quoted(action.shape)} }`;
      return call(`${action.kind.replace('-attribute', '')}Attribute`, resource, id(), attribute, ...scope);
    }
  }
}

function ancestorOf({ parameter, resource, link }: Ancestor, { used, nameOf }: Names): string {
  const helper = resource === undefined ? 'remembered' : 'within';
  used.add(helper);
  const parameters = [...(resource === undefined ? [] : [nameOf(resource)]), quoted(parameter), quoted(link)];
  return `${helper}(${parameters.join(', ')})`;
}

function byFile([, one]: readonly [string, string], [, other]: readonly [string, string]): number {
  return one < other ? -1 : 1;
}
