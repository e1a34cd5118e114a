import type { IncomingHttpHeaders } from 'node:http';

/** Headers for browsers of other origins (Fetch standard, CORS protocol), as flat name-value lists. */
export interface Cors {
  /** For every answer. */
  headers(request: IncomingHttpHeaders): readonly string[];
  /** For the answer to a preflight request. */
  preflight(request: IncomingHttpHeaders, allow: string): readonly string[];
}

/** What scripts may read beyond the safelisted headers. With credentials, `*` would be a name like any other. */
const exposed =
  'ETag, Link, Location, Preference-Applied, Retry-After, X-Cartouche-Sample, X-Request-Id, X-Total-Count, Allow, Accept-Patch, Accept-Post';

/** A day: methods and headers of a description change rarely. */
const maximumAge = '86400';

/** `true`: any origin, without credentials. A list: these origins, with credentials. `false`: nobody. */
export function compileCors(setting: boolean | readonly string[]): Cors {
  if (setting === false) return { headers: () => [], preflight: () => [] };
  const origins = setting === true ? undefined : new Set(setting);
  const anybody = ['Access-Control-Allow-Origin', '*', 'Access-Control-Expose-Headers', '*'];
  const headers: Cors['headers'] = ({ origin }) => {
    if (!origins) return anybody;
    if (origin === undefined || !origins.has(origin)) return ['Vary', 'Origin'];
    return [
      'Access-Control-Allow-Origin',
      origin,
      'Access-Control-Allow-Credentials',
      'true',
      'Access-Control-Expose-Headers',
      exposed,
      'Vary',
      'Origin',
    ];
  };
  return {
    headers,
    preflight(request, allow) {
      if (request.origin === undefined || request['access-control-request-method'] === undefined) return [];
      if (origins && !origins.has(request.origin)) return [];
      const wanted = request['access-control-request-headers'];
      return [
        'Access-Control-Allow-Methods',
        allow,
        ...(wanted === undefined ? [] : ['Access-Control-Allow-Headers', String(wanted)]),
        'Access-Control-Max-Age',
        maximumAge,
      ];
    },
  };
}
