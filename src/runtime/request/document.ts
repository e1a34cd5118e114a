import { ApiError } from '../../errors.ts';
import type { JsonSchema, MediaType } from '../../model/description.ts';
import type { Exchange } from '../exchange.ts';
import type { OperationContext } from '../service.ts';
import { readBody } from './body.ts';
import { compileForm, type Form } from './form.ts';
import { parseJson } from './json.ts';
import { covers, isJsonType, type ParsedMediaType, parseMediaType } from './media-type.ts';

/** A request body, parsed but not checked yet. */
export interface ReceivedBody {
  /** `undefined`: the request has no body. */
  readonly value: unknown;
  /** `application/json` */
  readonly essence: string;
  /** Its length, decoded. */
  readonly bytes: number;
  /** What is declared for this media type; absent where nothing is. */
  readonly declared: MediaType | undefined;
}

/** Throws `ApiError` `unsupported-media-type`, `body-too-large` or `malformed-body`. */
export type ReceiveBody = (exchange: Exchange) => Promise<ReceivedBody>;

/**
 * Reads bodies of the declared media types: JSON, forms and text. Where none is declared, JSON is taken. A body without
 * `Content-Type` is taken for the first declared type.
 *
 * `also` are types that the operation takes beyond the declared ones (patches). `unread`: it takes declared types that
 * nobody can look into, too, such as images; their value stays `undefined`.
 */
export function compileReceiveBody(
  context: OperationContext,
  { also = [], unread = false }: { readonly also?: readonly string[]; readonly unread?: boolean } = {},
): ReceiveBody {
  const { service, operation } = context;
  const declared = (operation.requestBody?.content ?? []).filter(({ mediaType }) => unread || isReadable(mediaType));
  const names = declared.map(({ mediaType }) => mediaType);
  const accepted = [...new Set([...(names.length > 0 ? names : ['application/json']), ...also])];
  const usual = concrete(accepted[0] ?? 'application/json');
  const forms = new Map(declared.map((media) => [media.mediaType, compileForm(media, service)]));
  const undeclaredForm = compileForm({}, service);
  return async (exchange) => {
    const { request } = exchange;
    const header = request.headers['content-type'];
    const type =
      header === undefined ? { essence: usual, parameters: new Map<string, string>() } : parseMediaType(header);
    const essence = type?.essence ?? '';
    const media = declared.find(({ mediaType }) => covers(mediaType, essence));
    const parsedBefore: unknown = request.body;
    if (parsedBefore !== undefined && request.readableEnded)
      return { value: parsedBefore, essence, bytes: 0, declared: media };
    const hasBody =
      request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
    if (!hasBody && operation.requestBody?.required) throw missingBody();
    if (!hasBody) return { value: undefined, essence: usual, bytes: 0, declared: declared[0] };
    if (!type || !(media || accepted.some((name) => covers(name, essence))))
      throw unsupported(context, header ?? '', accepted);
    const bytes = await readBody(request, service.bodyLimit);
    if (bytes.length === 0) return { value: undefined, essence, bytes: 0, declared: media };
    if (media && !isReadable(media.mediaType))
      return { value: undefined, essence, bytes: bytes.length, declared: media };
    const form = (media && forms.get(media.mediaType)) ?? undeclaredForm;
    return { value: await parse(bytes, type, form), essence, bytes: bytes.length, declared: media };
  };
}

/** The schema to check a received body with. */
export function schemaOfBody({ declared }: ReceivedBody): JsonSchema {
  return declared?.schema ?? true;
}

/** XML and the like would need a parser of their own, and a mapping to JSON that no description tells. */
function isReadable(mediaType: string): boolean {
  const essence = concrete(mediaType);
  return isJsonType(essence) || essence.startsWith('text/') || forms.has(essence);
}

const forms = new Set(['application/x-www-form-urlencoded', 'multipart/form-data']);

function concrete(mediaType: string): string {
  const essence = (mediaType.split(';')[0] ?? '').trim().toLowerCase();
  return essence === '*/*' || essence === 'application/*' ? 'application/json' : essence;
}

function missingBody(): ApiError {
  return new ApiError('invalid-body', 'A body is required.', {
    violations: [{ pointer: '', in: 'body', message: 'is required' }],
  });
}

/** Beside `Accept` (RFC 9110 section 12.5.1): RFC 5789 section 3.1 and the W3C's Linked Data Platform. */
const acceptHeaders: ReadonlyMap<string, string> = new Map([
  ['patch', 'Accept-Patch'],
  ['post', 'Accept-Post'],
]);

function unsupported(context: OperationContext, given: string, accepted: readonly string[]): ApiError {
  const list = accepted.join(', ');
  const name = acceptHeaders.get(context.operation.method);
  return new ApiError('unsupported-media-type', `This operation does not take "${given.slice(0, 100)}".`, {
    hint: `Send one of ${list}, and say so in Content-Type.`,
    headers: { Accept: list, ...(name && { [name]: list }) },
  });
}

/** The value, or a promise of it. */
function parse(bytes: Buffer, type: ParsedMediaType, form: Form): unknown {
  const { essence, parameters } = type;
  if (essence === 'multipart/form-data') return form.multipart(bytes, parameters.get('boundary'));
  const text = decodeText(bytes, parameters.get('charset') ?? 'utf-8');
  if (isJsonType(essence)) return parseJson(text);
  if (essence === 'application/x-www-form-urlencoded') return form.urlencoded(text);
  return text;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** RFC 8259 section 8.1: JSON is UTF-8. Other bodies are taken as UTF-8 too, and nothing else is guessed. */
function decodeText(bytes: Buffer, charset: string): string {
  if (!/^(?:utf-?8|us-ascii)$/i.test(charset)) {
    throw new ApiError('unsupported-media-type', `The charset "${charset.slice(0, 40)}" is not supported.`, {
      hint: 'Send UTF-8.',
    });
  }
  try {
    return utf8.decode(bytes);
  } catch {
    throw new ApiError('malformed-body', 'The body is not UTF-8.');
  }
}
