import type { JsonObject } from '../../../base/common/json.ts';
import { widgetJsonSchema } from './jsonSchema.ts';

/** The JSON schema of a `.widget` file (chatkit-api 6.11), with that of widgets in it for `outputJsonPreview`. */
export function widgetFileJsonSchema(): JsonObject {
  const { $schema, title, definitions, $id: _, ...widget } = widgetJsonSchema();
  return {
    $schema: $schema ?? '',
    title: 'ChatKit widget file',
    type: 'object',
    required: ['version', 'name', 'template'],
    properties: {
      version: { const: '1.0', description: 'Version of the format' },
      name: { type: 'string', description: 'What the widget is called' },
      template: {
        type: 'string',
        description: 'Jinja that renders to the JSON of the widget: `{{ (title) | tojson }}`',
      },
      jsonSchema: { type: 'object', description: 'JSON Schema (2020-12) of the data that the template is filled with' },
      outputJsonPreview: {
        description: 'The widget as the template renders it with the sample data',
        anyOf: [{ $ref: '#/definitions/widget' }, { type: 'null' }],
      },
      encodedWidget: { type: 'string', description: "The designer's own document, base64url; its sample data is used" },
    },
    definitions: { ...(definitions as JsonObject), widget: { title: title ?? '', ...widget } },
  };
}
