// Imported before any schema: the page's policy forbids the `eval` that zod would try first, and says so on the console.
import * as z from 'zod';

z.config({ jitless: true });
