/**
 * What a description says about itself: its head, its tags, its servers.
 */
import type { ExternalDocs, Info, Server, Tag } from '../../model/description.ts';
import { childOf, type DocumentNode } from '../document/library.ts';
import { isObject } from '../record.ts';
import { entriesOf, extensionsOf, has, itemsOf, textOf, textsOf } from './reading.ts';

/** What `info` says besides title, version and description; `undefined` if that is nothing. */
export function readInfo(root: DocumentNode): Info | undefined {
  const node = childOf(root, 'info');
  const [summary, termsOfService] = [textOf(node, 'summary'), textOf(node, 'termsOfService')];
  const [contact, license] = [childOf(node, 'contact').value, childOf(node, 'license').value];
  const info = {
    ...(summary === undefined ? {} : { summary }),
    ...(termsOfService === undefined ? {} : { termsOfService }),
    ...(isObject(contact) ? { contact } : {}),
    ...(isObject(license) ? { license } : {}),
    extensions: extensionsOf(node),
  };
  return Object.keys(info).length === 1 && info.extensions.length === 0 ? undefined : info;
}

export function readTags(root: DocumentNode): readonly Tag[] {
  return itemsOf(root, 'tags').flatMap((node) => {
    const [name, description] = [textOf(node, 'name'), textOf(node, 'description')];
    if (name === undefined) return [];
    return [
      {
        name,
        ...(description === undefined ? {} : { description }),
        ...readExternalDocs(node),
        extensions: extensionsOf(node),
      },
    ];
  });
}

/** The member `externalDocs` of an object that has one with a place to look at. */
export function readExternalDocs(node: DocumentNode): { readonly externalDocs?: ExternalDocs } {
  const docs = childOf(node, 'externalDocs');
  const [url, description] = [textOf(docs, 'url'), textOf(docs, 'description')];
  if (url === undefined) return {};
  return {
    externalDocs: { url, ...(description === undefined ? {} : { description }), extensions: extensionsOf(docs) },
  };
}

/** The member `servers` of a path item or an operation that has one. */
export function readOwnServers(node: DocumentNode): { readonly servers?: readonly Server[] } {
  return has(node, 'servers') ? { servers: readServers(node) } : {};
}

export function readServers(node: DocumentNode): readonly Server[] {
  return itemsOf(node, 'servers').flatMap((server) => readServer(server) ?? []);
}

export function readServer(node: DocumentNode): Server | undefined {
  const [url, description] = [textOf(node, 'url'), textOf(node, 'description')];
  if (url === undefined) return undefined;
  return {
    url,
    ...(description === undefined ? {} : { description }),
    variables: entriesOf(node, 'variables').map(readVariable),
    ...someExtensions(node),
  };
}

function readVariable([name, node]: readonly [string, DocumentNode]): Server['variables'][number] {
  const [fallback, description] = [textOf(node, 'default'), textOf(node, 'description')];
  return {
    name,
    ...(fallback === undefined ? {} : { default: fallback }),
    ...(has(node, 'enum') ? { enum: textsOf(node, 'enum') } : {}),
    ...(description === undefined ? {} : { description }),
    ...someExtensions(node),
  };
}

/** `extensions` of an object that has some. */
export function someExtensions(node: DocumentNode): { readonly extensions?: ReturnType<typeof extensionsOf> } {
  const extensions = extensionsOf(node);
  return extensions.length === 0 ? {} : { extensions };
}
