/** Every conclusion as a sentence, with its evidence and the way to say otherwise. */
import type { ApiDescription, PathItem, Position } from './description.ts';
import { mergeParameters } from './parameter.ts';
import { quoted } from './quoted.ts';
import type { Draft } from './resources.ts';
import { queryNames } from './spread-parameters.ts';
import type { Action, Binding, Control, Envelope, Inference } from './types.ts';

export function inferencesOf(
  drafts: readonly Draft[],
  bindings: readonly Binding[],
  description: ApiDescription,
): readonly Inference[] {
  return [...drafts.flatMap(aboutResource), ...aboutOperations(bindings, description)];
}

function aboutResource(draft: Draft): readonly Inference[] {
  const { resource, group, identity } = draft;
  const at = resource.at;
  const subject = resource.name;
  const found: Inference[] = [];
  const [first] = group.places;
  if (first !== undefined && 'why' in first.role) {
    found.push({
      subject,
      conclusion: `${resource.path} is a ${resource.kind} of ${resource.typeName}`,
      evidence: first.role.why,
      override: 'x-cartouche: { kind: … } on the path',
      at,
    });
  }
  if (resource.kind === 'collection') {
    found.push({
      subject,
      conclusion: `${describeId(draft)}`,
      evidence: identity.evidence,
      override: 'x-cartouche: { id: …, generate: … } on the schema',
      at,
    });
  }
  for (const { place, why } of group.reasons) {
    const [item] = place.node.items;
    if (item === undefined) continue;
    found.push({
      subject,
      conclusion: `${item.path} leads to the same resource`,
      evidence: why,
      override: 'x-cartouche: { resource: … } on the path',
      at: item.at,
    });
  }
  for (const link of resource.links) {
    found.push({
      subject,
      conclusion: `belongs to ${link.resource ?? `a ${link.name} that nobody stores`} by ${
        link.property === undefined ? 'an invisible link' : quoted(link.property)
      }`,
      evidence: link.property === undefined ? 'no property names the parent' : 'a property is called after the parent',
      override: 'x-cartouche: { parent: … } on a property',
      at,
    });
  }
  found.push(...aboutTimestamps(draft));
  if (resource.seeds.length > 0) {
    found.push({
      subject,
      conclusion: `begins with ${resource.seeds.length} document${resource.seeds.length === 1 ? '' : 's'} of the description`,
      evidence: 'no operation creates any, and examples show some',
      override: 'x-cartouche: { action: sample } on the operation',
      at,
    });
  }
  if (draft.fieldsCut) {
    found.push({
      subject,
      conclusion: `only the first ${resource.fields.length} properties can be filtered and sorted by`,
      evidence: 'the schema has more',
      override: 'x-cartouche: { indexed: … } on a property',
      at,
    });
  }
  return found;
}

function describeId({ resource: { id } }: Draft): string {
  const where = id.property === undefined ? 'the id is in the path only' : `the id is ${quoted(id.property)}`;
  const who = { uuid: 'the server gives a UUID', sequence: 'the server counts', none: 'the client chooses' }[
    id.generate
  ];
  return `${where}, ${id.type === 'integer' ? 'an integer' : 'a string'}: ${who}${id.scope === 'parent' ? ', unique under its parent' : ''}`;
}

function aboutOperations(bindings: readonly Binding[], description: ApiDescription): readonly Inference[] {
  const positions = new Map<string, Position>();
  const items = new Map(description.paths.map((item) => [item.path, item]));
  for (const { operations } of description.paths) for (const { id, at } of operations) positions.set(id, at);
  return bindings.flatMap((binding): readonly Inference[] => {
    const at = positions.get(binding.operation) ?? { file: description.file, line: 1, column: 1 };
    const subject = `${binding.method.toUpperCase()} ${binding.path}`;
    const { action } = binding;
    if (action.kind === 'sample') {
      return [
        {
          subject,
          conclusion: 'answers with a sample',
          evidence: action.why,
          override: 'x-cartouche: { action: … } on the operation',
          at,
        },
      ];
    }
    if (action.kind !== 'list') return [...aboutTarget(action, subject, at), ...aboutWrappers(binding, subject, at)];
    const { envelope } = action;
    const shape: readonly Inference[] =
      envelope.kind === 'object'
        ? [
            {
              subject,
              conclusion: `the list is at ${envelope.items}${envelope.slots.map(({ pointer, meaning }) => `, ${pointer} is the ${meaning}`).join('')}`,
              evidence: 'the properties of the declared answer',
              override: 'x-cartouche: { items: …, slots: … } on the operation',
              at,
            },
            ...aboutAbsence(envelope, subject, at),
          ]
        : [];
    const places = parameterPlaces(items.get(binding.path), binding.operation, description);
    const parameters = action.controls
      .filter(({ meaning }) => meaning !== 'none')
      .map(
        (control): Inference => ({
          subject,
          conclusion: `${quoted(control.parameter)} ${meaningInWords(control)}`,
          evidence: 'its name and type',
          override: 'x-cartouche: { control: … } or { filter: … } on the parameter',
          at: places.get(control.parameter) ?? at,
        }),
      );
    return [...shape, ...aboutRanges(action, subject, at), ...parameters];
  });
}

/** Where the query parameters of an operation stand, by the names under which they are sent. */
function parameterPlaces(
  item: PathItem | undefined,
  operation: string,
  { $defs }: ApiDescription,
): ReadonlyMap<string, Position> {
  const own = item?.operations.find(({ id }) => id === operation);
  const declared = mergeParameters(item?.parameters ?? [], own?.parameters ?? []).filter((one) => one.in === 'query');
  const parts = declared.flatMap((one) => queryNames(one, $defs).map(({ name }): [string, Position] => [name, one.at]));
  return new Map([...declared.map((one): [string, Position] => [one.name, one.at]), ...parts]);
}

function meaningInWords({ parameter, meaning, field, operator }: Control): string {
  if (meaning === 'filter') return `filters by ${field} (${operator})`;
  if (meaning === 'filters') return `holds filters by name, ${parameter}[title]=…`;
  return `is the ${meaning}`;
}

function aboutRanges(
  { ranges }: Extract<Action, { readonly kind: 'list' }>,
  subject: string,
  at: Position,
): readonly Inference[] {
  if (ranges === undefined) return [];
  return [
    {
      subject,
      conclusion: `"Range: ${ranges.unit}=0-9" asks for a part of the list`,
      evidence: 'the description declares Range, Content-Range, Accept-Ranges or the answer 206',
      override: 'an example of the header Range, which names another unit',
      at,
    },
  ];
}

/** Where the description leaves no room for saying that there is no such page. */
function aboutAbsence({ slots }: Envelope, subject: string, at: Position): readonly Inference[] {
  return absences.flatMap(({ kind, instead, evidence }): readonly Inference[] => {
    const pointers = slots.filter(({ absent }) => absent === kind).map(({ pointer }) => pointer);
    if (pointers.length === 0) return [];
    const conclusion = `${pointers.join(', ')}: ${instead} where there is no such page`;
    return [{ subject, conclusion, evidence, override: 'leave it out of "required", or allow null', at }];
  });
}

const absences = [
  {
    kind: 'self',
    instead: 'the URL of the page itself',
    evidence: 'a URL is required there, and null is not allowed',
  },
  {
    kind: 'behind',
    instead: 'a cursor to an empty page',
    evidence: 'a text that is not empty is required there, and null is not allowed',
  },
] as const;

/** How the document is told, or its change, where that is not what paths and bodies usually do. */
function aboutTarget(action: Action, subject: string, at: Position): readonly Inference[] {
  const override = 'x-cartouche: { action: sample } on the operation';
  if ('idIn' in action) {
    const conclusion = 'is about the document whose id is in the body';
    return [{ subject, conclusion, evidence: 'its path has no id, and its body declares one', override, at }];
  }
  if ('changes' in action && action.changes !== undefined) {
    const names = action.changes.map(quoted).join(', ');
    const evidence = 'they are called like properties, and nothing else is taken or answered';
    return [{ subject, conclusion: `the query parameters ${names} are the change`, evidence, override, at }];
  }
  return [];
}

function aboutWrappers(
  { requestWrapper, answerWrapper }: Binding,
  subject: string,
  at: Position,
): readonly Inference[] {
  if (requestWrapper === undefined && answerWrapper === undefined) return [];
  const places = [
    ['request', requestWrapper],
    ['answer', answerWrapper],
  ] as const;
  return places.flatMap(([side, wrapper]) =>
    wrapper === undefined
      ? []
      : [
          {
            subject,
            conclusion: `the document is at ${wrapper.document} of the ${side}`,
            evidence: 'the declared body is an object around it',
            override: "x-cartouche: { document: … } on the operation, '' for the whole body",
            at,
          },
        ],
  );
}

function aboutTimestamps({ resource, stamped }: Draft): readonly Inference[] {
  const { at, name: subject } = resource;
  const filled = stamped.timestamps.map(
    ({ property, moment }): Inference => ({
      subject,
      conclusion: `the server fills ${quoted(property)} ${moment === 'created' ? 'when a document is created' : 'at each write'}`,
      evidence: stamped.reasons.get(property) ?? '',
      override: 'x-cartouche: { timestamp: created | updated | none } on the property',
      at,
    }),
  );
  const unfilled = stamped.unfilled.map(
    (property): Inference => ({
      subject,
      conclusion: `nobody fills ${quoted(property)}`,
      evidence: 'it is required and readOnly, and its name does not tell what it holds',
      override: 'a default on the property, or x-cartouche: { timestamp: … }',
      at,
    }),
  );
  return [...filled, ...unfilled];
}
