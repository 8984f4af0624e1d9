/** The routes as an OpenAPI 3.1 document, made from the very definitions the server mounts. */
import { OpenAPIHono } from '@hono/zod-openapi';
import * as routes from './routes.ts';

export function toOpenApi(): object {
  const app = new OpenAPIHono();
  for (const route of Object.values(routes)) {
    if (typeof route === 'object') app.openAPIRegistry.registerPath(route);
  }
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'A node of Homeward',
      version: '1',
      description: 'Signed acts in, a witnessed log out. Every refusal is a problem document (RFC 9457).',
    },
  });
}
