import { type Accepts, sample } from '../../fake/sample.ts';
import type { Example, MediaType, Operation, Response } from '../../model/description.ts';
import { resolve } from '../../model/schema.ts';
import type { ApiModel } from '../../model/types.ts';
import type { Answer } from './answer.ts';
import { chooseContent, concreteMediaType, declaredResponse, essenceOf, isJson } from './declared-response.ts';
import { standInHeaders } from './stand-in-headers.ts';

export interface SampleChoice {
  /** `Prefer: example=name`; an unknown name is ignored, as preferences are. */
  readonly example?: string | undefined;
  /** The negotiated media type; default: JSON if declared, else the first. */
  readonly mediaType?: string | undefined;
}

type Source = 'example' | 'generated' | 'empty';

/**
 * Answers of an operation that is no CRUD action: its declared example, else a valid sample of its schema, else nothing.
 * The header `X-Cartouche-Sample` says which: `example`, `generated`, `empty`. Each is made on first use, then kept.
 *
 * @example compileSampleAnswer(model, operation, 202)().body // '{"order":"o-1001","isbn":"9780143106692"}'
 */
export function compileSampleAnswer(
  model: ApiModel,
  operation: Operation,
  success: number,
  accepts?: Accepts,
): (choice?: SampleChoice) => Answer {
  const response = declaredResponse(operation, success);
  const made = new Map<string, Answer>();
  return (choice = {}) => {
    const media = chooseContent(response?.content ?? [], choice.mediaType);
    const example = media?.examples.find(({ name }) => name === choice.example);
    const name = `${media?.mediaType ?? ''}\n${example?.name ?? ''}`;
    let answer = made.get(name);
    if (!answer) {
      answer = makeAnswer(model, success, response, media, example, accepts);
      made.set(name, answer);
    }
    return answer;
  };
}

function makeAnswer(
  model: ApiModel,
  status: number,
  response: Response | undefined,
  media: MediaType | undefined,
  example: Example | undefined,
  accepts: Accepts | undefined,
): Answer {
  const hasNoBody = status === 204 || status === 304;
  const { source, body } = media && !hasNoBody ? makeBody(model, media, example, accepts) : nothing;
  return {
    status,
    headers: {
      ...standInHeaders(response?.headers ?? [], model.$defs),
      ...(media && body !== '' && { 'Content-Type': concreteMediaType(media.mediaType) }),
      'X-Cartouche-Sample': source,
    },
    body,
  };
}

interface Body {
  readonly source: Source;
  readonly body: string;
}

const nothing: Body = { source: 'empty', body: '' };

function makeBody(model: ApiModel, media: MediaType, wanted: Example | undefined, accepts: Accepts | undefined): Body {
  const example = wanted ?? media.examples[0];
  if (example) return { source: 'example', body: write(media, example.value) };
  if (media.schema === undefined) return nothing;
  const value = sample(media.schema, model.$defs, { ...(accepts && { accepts }) });
  if (isJson(media.mediaType)) {
    const source = showsExample(model, media, value) ? 'example' : 'generated';
    return { source, body: JSON.stringify(value) };
  }
  // A schema says what a document means, not how XML or a form would write it.
  const isText = essenceOf(media.mediaType).startsWith('text/') && typeof value === 'string';
  return isText ? { source: 'generated', body: value } : nothing;
}

/** The example may stand in the schema rather than beside it. */
function showsExample(model: ApiModel, { schema }: MediaType, value: unknown): boolean {
  const { example, examples, default: fallback } = resolve(schema, model.$defs);
  const candidates = [example, fallback, ...(Array.isArray(examples) ? examples : [])];
  return candidates.some((candidate) => JSON.stringify(candidate) === JSON.stringify(value));
}

function write({ mediaType }: MediaType, value: unknown): string {
  return isJson(mediaType) || typeof value !== 'string' ? JSON.stringify(value) : value;
}
