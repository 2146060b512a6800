import * as z from 'zod';
import {
  type ColourContext,
  alignNames,
  justifyNames,
  radiusNames,
  semanticNames,
  textAlignNames,
  weightNames,
  wrapNames,
} from '../grammar/tokens.ts';
import { borderStyles, maxBorder } from '../grammar/border.ts';
import { isColour } from '../grammar/colour.ts';
import { type SpacingKind, aspectRatioCss, dimensionCss, flexCss, spacingCss } from '../grammar/length.ts';
import { primitiveNames } from '../grammar/palette.ts';
import { iconNames, parseIcon } from '../grammar/icons.ts';

/** Which children a component takes (chatkit-api 6.1). */
type ChildrenRule =
  | { readonly count: 'none' }
  /** Only `Transition`: one component instead of a list. */
  | { readonly count: 'one' }
  | {
      readonly count: 'many';
      readonly required: boolean;
      /** The allowed types; absent: all. */
      readonly only?: readonly string[];
    };

/** A component of the catalogue: the single source of its props type, validation, JSON schema and documentation. */
export interface ComponentSpec<Type extends string = string, Props extends z.ZodObject = z.ZodObject> {
  readonly type: Type;
  /** One sentence for hovers and the reference. */
  readonly summary: string;
  /** Can be the root of a widget. */
  readonly root?: true;
  /** Must be a direct child of one of these; absent: of any. */
  readonly inside?: readonly string[];
  readonly children: ChildrenRule;
  /** Every prop except `type`, `key`, `id` and `children`. */
  readonly props: Props;
}

/** Declares a component with its literal type. */
export function component<const Type extends string, Props extends z.ZodObject>(
  spec: ComponentSpec<Type, Props>,
): ComponentSpec<Type, Props> {
  return spec;
}

export const noChildren: ChildrenRule = { count: 'none' };
export const anyChildren: ChildrenRule = { count: 'many', required: false };
export const someChildren: ChildrenRule = { count: 'many', required: true };

// The value types that components share (chatkit-api 6.2), as zod schemas based on their grammars.

// `params.problem` of a refinement is the problem code of an invalid value. A type with an `id` becomes a definition of the
// JSON schema.

const numberOrString = z.union([z.number(), z.string()]);

export const dimension = numberOrString
  .refine((value) => dimensionCss(value) !== undefined, { params: { problem: 'dimension' } })
  .meta({ id: 'Dimension', description: 'px, or a CSS length such as `"50%"`' });

export const maxDimension = numberOrString
  .refine((value) => dimensionCss(value, 'maximum') !== undefined, { params: { problem: 'dimension' } })
  .meta({ id: 'MaxDimension', description: 'px, or a CSS length such as `"50%"`' });

export const spacing = spacingOf('gap').meta({
  id: 'Spacing',
  description: 'Spacing units of 4 px, or a CSS length',
});

export const padding = spacingBox('padding').meta({
  id: 'Padding',
  description: 'Spacing units of 4 px, a CSS length, or an object of `top right bottom left x y`',
});

export const margin = spacingBox('margin').meta({
  id: 'Margin',
  description: 'Spacing units of 4 px, a CSS length, `"auto"`, or an object of `top right bottom left x y`',
});

function spacingOf(kind: SpacingKind) {
  return numberOrString.refine((value) => spacingCss(value, kind) !== undefined, { params: { problem: 'spacing' } });
}

function spacingBox(kind: 'padding' | 'margin') {
  const side = spacingOf(kind).optional();
  return z.union([spacingOf(kind), z.object({ top: side, right: side, bottom: side, left: side, x: side, y: side })]);
}

export const textColour = colour('text', 'TextColor');
export const backgroundColour = colour('background', 'BackgroundColor');
export const borderColour = colour('border', 'BorderColor');
export const chartColour = colour('chart', 'ChartColor');

function colour(context: ColourContext, id: string) {
  const names = [...new Set([...semanticNames(context), ...primitiveNames])] as [string, ...string[]];
  const word = z.union([
    z.enum(names),
    z.string().refine((value) => isColour(value, context), { params: { problem: 'colour' } }),
  ]);
  const words = semanticNames(context).map((name) => `\`${name}\``);
  return z.union([word, z.object({ light: word, dark: word })]).meta({
    id,
    description: `${words.join(' ')}, a primitive such as \`red-500\` or \`alpha-10\`, a CSS colour, or \`{ light, dark }\``,
  });
}

const borderSide = z.union([
  z.number().min(0).max(maxBorder),
  z.object({
    size: z.number().min(0).max(maxBorder).describe('Thickness in px'),
    color: borderColour.optional(),
    style: z.enum(borderStyles).optional().describe('Default: `solid`'),
  }),
]);
const borderSides = borderSide.optional();
export const border = z
  .union([
    borderSide,
    z.object({
      top: borderSides,
      right: borderSides,
      bottom: borderSides,
      left: borderSides,
      x: borderSides,
      y: borderSides,
    }),
  ])
  .meta({ id: 'Border', description: 'px, `{ size, color?, style? }`, or an object of `top right bottom left x y`' });

export const radius = z.enum(radiusNames).describe('Corner radius');
export const align = z.enum(alignNames).describe('Alignment on the cross axis');
export const justify = z.enum(justifyNames).describe('Distribution on the main axis');
export const wrap = z.enum(wrapNames);
export const weight = z.enum(weightNames);
export const textAlign = z.enum(textAlignNames);
export const theme = z.enum(['light', 'dark']).describe('Theme of the component and its content');
export const flag = z.boolean();

/** The documentation also uses `column`. */
export const direction = z.enum(['row', 'col', 'column']).describe('Main axis');

export const flex = numberOrString
  .refine((value) => flexCss(value) !== undefined, { params: { problem: 'flex' } })
  .describe('Share of the free space, or the CSS `flex` shorthand');

export const aspectRatio = numberOrString
  .refine((value) => aspectRatioCss(value) !== undefined, { params: { problem: 'aspectRatio' } })
  .describe('Number or `"16/9"`');

export const iconName = z
  .union([
    z.enum(iconNames),
    z.string().refine((value) => parseIcon(value) !== undefined, { params: { problem: 'icon' } }),
  ])
  .meta({ id: 'IconName', description: 'Icon name, `lucide:<name>` or `vendor:<name>`' });

export const action = z
  .object({
    type: z.string().min(1).describe('Name of the action, chosen by the app'),
    payload: z.unknown().optional().describe('Sent with the action; usually an object'),
    handler: z.enum(['server', 'client']).optional().describe('Where the action is handled. Default: `server`'),
    loadingBehavior: z.enum(['auto', 'none', 'self', 'container']).optional().describe('Default: `auto`'),
    streaming: z.boolean().optional().describe('`false`: synchronous action. Default: `true`'),
  })
  .meta({ id: 'Action', description: 'The action to run' });

export const cardAction = z.object({ label: z.string(), action }).meta({ id: 'CardAction' });

/** ChatKit has two forms, with `icon` and with `favicon`; it accepts their properties together. */
export const status = z
  .object({ text: z.string(), icon: iconName.optional(), favicon: z.string().optional(), frame: flag.optional() })
  .meta({ id: 'Status', description: 'Header line above the content' });

/** Name of a form field. Dots create nested objects: `todo.title`. */
export const fieldName = z.string().min(1).describe('Name of the form field; dots create nested objects');
export const pattern = z.string().describe('Regular expression that the whole value must match');
