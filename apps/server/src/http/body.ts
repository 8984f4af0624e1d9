/** Reads a request body up to a limit, so that no sender can fill the memory of a node. */

export type Body =
  | { readonly kind: 'read'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'broken' };

/** Stops reading at the first byte beyond `bytesMax`, whatever the request's own length says. */
export async function readBody(request: Request, bytesMax: number): Promise<Body> {
  const announced = Number(request.headers.get('content-length') ?? '0');
  if (announced > bytesMax) return { kind: 'too-large' };
  if (request.body === null) return { kind: 'read', bytes: new Uint8Array() };
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = (request.body as ReadableStream<Uint8Array>).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > bytesMax) {
        await reader.cancel();
        return { kind: 'too-large' };
      }
      parts.push(value);
    }
  } catch {
    return { kind: 'broken' };
  }
  return {
    kind: 'read',
    bytes: parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts),
  };
}
