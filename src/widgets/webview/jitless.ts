// Must be imported before any schema: without it zod tries `eval`, which the content security policy of the page reports.
import * as z from 'zod';

z.config({ jitless: true });
