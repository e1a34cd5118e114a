/** An answer of this status, of which a description says the body and the headers. */
export type Answer<
  Status extends number,
  Body = undefined,
  Headers extends object = Readonly<Record<string, unknown>>,
> = { readonly status: Status; readonly headers?: Headers } & (undefined extends Body
  ? { readonly body?: Body }
  : { readonly body: Body });
