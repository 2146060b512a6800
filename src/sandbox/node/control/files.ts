import { Hono } from 'hono';
import { photo } from '../seed/art/photos.ts';

/** The pictures that people in the seeded conversations attached. Open to everybody, as preview addresses are. */
export function filesApp(): Hono {
  const app = new Hono();
  app.get('/:name', (context) => {
    const png = photo(context.req.param('name'));
    if (png === null) return context.text('Not found', 404);
    return context.body(new Uint8Array(png), 200, { 'content-type': 'image/png', 'x-content-type-options': 'nosniff' });
  });
  return app;
}
