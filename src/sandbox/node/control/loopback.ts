import type { MiddlewareHandler } from 'hono';

const loopback = /^(localhost|([a-z0-9-]+\.)+localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/**
 * Refuses requests that were sent to another name than a loopback one: a page of the web whose name was pointed at
 * 127.0.0.1 (DNS rebinding) would otherwise reach the sandbox from a browser.
 */
export const onlyLoopback: MiddlewareHandler = async ({ req, text }, next) => {
  if (!loopback.test(req.header('host') ?? '')) return text('This server only answers to loopback names.', 403);
  return next();
};
