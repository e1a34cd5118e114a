/**
 * A description as a RAML 1.0 document: what is declared, and nothing that a server would add.
 */
import type { ApiDescription } from '../../model/description.ts';
import type { Conversion } from '../loss.ts';
import { annotated, newAnnotations } from './annotations.ts';
import { definitionTypes } from './definitions.ts';
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
    securedBy: securedBy(description.securitySchemes, report),
  };
  const schemes = ramlSecuritySchemes(description.securitySchemes, translation);
  const secured =
    description.security.length > 0 ? translation.securedBy(description.security, 'everything', at) : undefined;
  const resources = ramlResources(description.paths, translation);
  const document = {
    title: title === '' ? file : title,
    ...(version !== undefined && { version }),
    ...(description.description !== undefined && { description: description.description }),
    ...servers,
    ...(description.mediaTypes.length > 0 && { mediaType: description.mediaTypes }),
    ...(documentation.length > 0 && { documentation }),
    ...members('annotationTypes', annotations.types()),
    ...extensions,
    ...members('types', types),
    ...members('resourceTypes', resourceTypes(description.paths)),
    ...members('securitySchemes', schemes),
    ...(secured && { securedBy: secured }),
    ...resources,
  };
  return { document, losses: report.losses };
}

function members(name: string, value: object): object {
  return Object.keys(value).length > 0 ? { [name]: value } : {};
}
