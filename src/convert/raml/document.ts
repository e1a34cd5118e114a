/**
 * A description as a RAML 1.0 document: what is declared, and nothing that a server would add.
 */
import type { ApiDescription } from '../../model/description.ts';
import { openapiExtensions } from '../../model/openapi/extensions.ts';
import { openapiTags } from '../../model/openapi/info.ts';
import type { Conversion } from '../loss.ts';
import { annotated, newAnnotations } from './annotations.ts';
import { definitionTypes } from './definitions.ts';
import { keptAs, keptDocs, keptExtensions, keptPaths } from './kept.ts';
import { newReport } from './report.ts';
import { ramlResources, resourceTypes } from './resources.ts';
import { ramlSecuritySchemes, securedBy } from './security.ts';
import { baseUriMembers } from './servers.ts';
import type { Translation } from './translation.ts';

/**
 * Converts a description of any format to RAML 1.0. Pure. What RAML cannot say is among the losses, in the order of the
 * document: its head, types, security schemes, then resource by resource.
 *
 * @example toRaml(model).document // { title: 'Bookstore', version: 'v1', types: { … }, '/books': { … } }
 */
export function toRaml(description: ApiDescription): Conversion {
  const { title, version, file, documentation } = description;
  const at = { file, line: 1, column: 1 };
  const report = newReport();
  const annotations = newAnnotations();
  if (title === '') report.changed('There is no title, which RAML asks for: it is the name of the file.', at);
  const servers = baseUriMembers(description, report);
  const extensions = annotated(description.extensions, annotations);
  const { $defs, types, context } = definitionTypes(description, annotations, report);
  const translation: Translation = {
    $defs,
    types: context,
    annotations,
    report,
    securedBy: securedBy(description, report),
  };
  const schemes = ramlSecuritySchemes(description, translation);
  const secured =
    description.security.length > 0 ? translation.securedBy(description.security, 'everything', at) : undefined;
  const pages = [...documentation, ...tagPages(description, report)];
  const kept = {
    ...keptAs('info', keptInfo(description), 'The rest of the info object is kept', at, translation),
    ...keptAs('declaredTags', keptTags(description), 'The tags are kept', at, translation),
    ...keptAs(
      'externalDocs',
      keptDocs(description.externalDocs),
      'The external documentation is kept',
      at,
      translation,
    ),
    ...keptAs(
      'webhooks',
      description.webhooks && keptPaths(description.webhooks, translation),
      'The webhooks are kept',
      at,
      translation,
    ),
    ...keptAs(
      'paths',
      keptExtensions(description.pathsExtensions),
      'What stands beside the paths is kept',
      at,
      translation,
    ),
    ...keptAs(
      'components',
      keptExtensions(description.componentsExtensions),
      'What stands beside the components is kept',
      at,
      translation,
    ),
  };
  const resources = ramlResources(description.paths, translation);
  const document = {
    title: title === '' ? file : title,
    ...(version !== undefined && { version }),
    ...(description.description !== undefined && { description: description.description }),
    ...servers,
    ...(description.mediaTypes.length > 0 && { mediaType: description.mediaTypes }),
    ...(pages.length > 0 && { documentation: pages }),
    ...members('annotationTypes', annotations.types()),
    ...extensions,
    ...kept,
    ...members('types', types),
    ...members('resourceTypes', resourceTypes(description.paths)),
    ...members('securitySchemes', schemes),
    ...(secured && { securedBy: secured }),
    ...resources,
  };
  return { document, losses: report.losses };
}

/** RAML shows texts about the whole as pages. */
function tagPages({ tags = [], file }: ApiDescription, report: Translation['report']): ApiDescription['documentation'] {
  return tags.flatMap(({ name, description }) => {
    if (description === undefined || description === '') return [];
    report.changed(`What the tag "${name}" means became a page of the documentation.`, { file, line: 1, column: 1 });
    return [{ title: name, content: description }];
  });
}

function keptInfo({ info }: ApiDescription): unknown {
  if (info === undefined) return undefined;
  const { extensions, ...said } = info;
  return { ...said, ...openapiExtensions(extensions) };
}

/** Where their names and pages do not say all. */
function keptTags({ tags = [] }: ApiDescription): unknown {
  const isMore = tags.some(({ externalDocs, extensions }) => externalDocs !== undefined || extensions.length > 0);
  return isMore ? Object.values(openapiTags({ tags }))[0] : undefined;
}

function members(name: string, value: object): object {
  return Object.keys(value).length > 0 ? { [name]: value } : {};
}
