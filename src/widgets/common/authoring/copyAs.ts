import { type Json, type JsonObject, isJsonObject } from '../../../base/common/json.ts';
import { componentSpec } from '../catalogue.ts';
import { iconNames } from '../grammar/icons.ts';

/** Components that `chatkit.widgets` of the Python package has as classes. */
const pythonClasses = new Set(
  (
    'Badge Box Button Caption Card Chart Checkbox Col DatePicker Divider Form Icon Image Input Label ListView ListViewItem ' +
    'Markdown RadioGroup Row Select Spacer Text Textarea Title Transition'
  ).split(' '),
);
/** Properties that their classes do not have: pydantic would drop them. */
const notInPython: Readonly<Record<string, readonly string[]>> = { Card: ['border'] };
/** Properties that take whole numbers only. */
const wholeNumbers =
  /^(?:gap|flex|spacing|minHeight|minWidth|minSize|maxHeight|maxWidth|maxSize|minLines|maxLines|limit|rows|maxRows)$/;
const wholeIn: Readonly<Record<string, RegExp>> = {
  Divider: /^size$/,
  Image: /^(?:height|width|size|margin)$/,
  Chart: /^(?:height|width|size)$/,
};
const icons: ReadonlySet<string> = new Set(iconNames);
const keywords = new Set(
  (
    'and as assert async await break class continue def del elif else except finally for from global if import in is lambda ' +
    'nonlocal not or pass raise return try while with yield None True False'
  ).split(' '),
);

/** Lines up to this length are not broken, in characters. */
const maxLine = 88;
/** Levels of a widget that are converted; deeper ones are unusual and would exhaust the call stack. */
const maxLevels = 200;

/**
 * Returns constructor calls of `chatkit.widgets` that build a widget. What a class does not accept becomes a
 * `DynamicWidgetComponent`, which accepts every property.
 *
 * @throws {RangeError} if the widget is nested too deeply
 */
export function asPython(widget: Json): string {
  const printer = new PythonPrinter();
  const expression = printer.root(isJsonObject(widget) ? widget : {});
  const actions = printer.used.delete('ActionConfig') ? 'from chatkit.actions import ActionConfig\n' : '';
  const dates = printer.used.delete('datetime') ? 'from datetime import datetime\n\n' : '';
  const names = [...printer.used].toSorted();
  const line = `from chatkit.widgets import ${names.join(', ')}`;
  const imports =
    line.length <= maxLine ? line : `from chatkit.widgets import (\n${names.map((name) => `    ${name},\n`).join('')})`;
  return `${dates}${actions}${imports}\n\nwidget = ${expression}\n`;
}

class PythonPrinter {
  readonly used = new Set<string>();

  root(widget: JsonObject): string {
    const type = String(widget['type']);
    if (type === 'Basic') return this.#call('BasicRoot', this.#arguments(widget, true, ['type']), 0);
    const isDynamic = needsDynamic(widget);
    return isDynamic
      ? this.#call('DynamicWidgetRoot', this.#arguments(widget, true, []), 0)
      : this.#component(widget, false, 0);
  }

  /** `inDynamic`: the parent accepts only dynamic components. */
  #component(widget: JsonObject, inDynamic: boolean, level: number): string {
    if (level > maxLevels) throw new RangeError('The widget is nested too deeply.');
    if (inDynamic || needsDynamic(widget)) {
      return this.#call('DynamicWidgetComponent', this.#arguments(widget, true, [], level), level);
    }
    return this.#call(String(widget['type']), this.#arguments(widget, false, ['type'], level), level);
  }

  #arguments(widget: JsonObject, isDynamic: boolean, skipped: readonly string[], level = 0): readonly string[] {
    const type = String(widget['type']);
    const entries = Object.entries(widget).filter(([name, value]) => !skipped.includes(name) && value !== null);
    const needsChildren = componentSpec(type)?.children;
    if (!isDynamic && !entries.some(([name]) => name === 'children')) {
      if (needsChildren?.count === 'one') entries.push(['children', null]);
      else if (needsChildren?.count === 'many' && needsChildren.required) entries.push(['children', []]);
    }
    const plain = entries.filter(([name]) => isIdentifier(name));
    const odd = entries.filter(([name]) => !isIdentifier(name));
    const printed = plain.map(([name, value]) => {
      const text =
        name === 'children'
          ? this.#children(value as Json, type, isDynamic, level + 1)
          : this.#property(type, name, value as Json, isDynamic, level + 1);
      return `${name}=${text}`;
    });
    return odd.length === 0 ? printed : [...printed, `**${this.#value(Object.fromEntries(odd), level + 1)}`];
  }

  #children(value: Json, type: string, isDynamic: boolean, level: number): string {
    const isOne = componentSpec(type)?.children.count === 'one';
    if (value === null) return isOne ? 'None' : '[]';
    if (!Array.isArray(value)) {
      const one = this.#child(value, isDynamic, level);
      return isOne || isDynamic ? one : this.#list([this.#child(value, isDynamic, level + 1)], level);
    }
    if (isOne && !isDynamic) return value[0] === undefined ? 'None' : this.#child(value[0] as Json, false, level);
    const children = (value as readonly Json[]).filter((child) => child !== null);
    return this.#list(
      children.map((child) => this.#child(child, isDynamic, level + 1)),
      level,
    );
  }

  #child(value: Json, isDynamic: boolean, level: number): string {
    return isJsonObject(value) ? this.#component(value, isDynamic, level) : this.#value(value, level);
  }

  #property(type: string, name: string, value: Json, isDynamic: boolean, level: number): string {
    if (isDynamic) return this.#value(value, level);
    if (name.endsWith('Action') && isJsonObject(value)) return this.#action(value, level);
    if ((name === 'confirm' || name === 'cancel') && isJsonObject(value)) {
      const action = value['action'];
      const inner = [
        `"label": ${this.#value(value['label'] ?? '', level + 1)}`,
        `"action": ${isJsonObject(action) ? this.#action(action, level + 1) : 'None'}`,
      ];
      return this.#enclosed('{', inner, '}', level);
    }
    if (type === 'DatePicker' && /^(?:defaultValue|min|max)$/.test(name) && typeof value === 'string') {
      this.used.add('datetime');
      return `datetime.fromisoformat(${JSON.stringify(value)})`;
    }
    if (type === 'Chart' && name === 'series' && Array.isArray(value)) {
      return this.#list(
        (value as readonly Json[]).map((each) => this.#series(each, level + 1)),
        level,
      );
    }
    return name === 'direction' && value === 'column' ? '"col"' : this.#value(value, level);
  }

  #action(action: JsonObject, level: number): string {
    const entries = Object.entries(action).filter(([name, value]) => isIdentifier(name) && value !== null);
    const printed = entries.map(([name, value]) => `${name}=${this.#value(value as Json, level + 1)}`);
    return this.#call('ActionConfig', printed, level);
  }

  #series(series: Json, level: number): string {
    const names: Readonly<Record<string, string>> = { bar: 'BarSeries', area: 'AreaSeries', line: 'LineSeries' };
    const name = isJsonObject(series) ? names[String(series['type'])] : undefined;
    if (!isJsonObject(series) || name === undefined) return this.#value(series, level);
    const entries = Object.entries({ label: null, ...series }).filter(
      ([key, value]) => key !== 'type' && isIdentifier(key) && (value !== null || key === 'label'),
    );
    const printed = entries.map(([key, value]) => `${key}=${this.#value(value as Json, level + 1)}`);
    return this.#call(name, printed, level);
  }

  #call(name: string, parts: readonly string[], level: number): string {
    this.used.add(name);
    return this.#enclosed(`${name}(`, parts, ')', level);
  }

  #list(parts: readonly string[], level: number): string {
    return this.#enclosed('[', parts, ']', level);
  }

  #value(value: Json, level: number): string {
    if (value === null) return 'None';
    if (typeof value === 'boolean') return value ? 'True' : 'False';
    if (typeof value !== 'object') return JSON.stringify(value);
    if (level > maxLevels) throw new RangeError('The value is nested too deeply.');
    if (Array.isArray(value)) {
      return this.#list(
        (value as readonly Json[]).map((each) => this.#value(each, level + 1)),
        level,
      );
    }
    const entries = Object.entries(value).map(
      ([name, each]) => `${JSON.stringify(name)}: ${this.#value(each as Json, level + 1)}`,
    );
    return this.#enclosed('{', entries, '}', level);
  }

  #enclosed(open: string, parts: readonly string[], close: string, level: number): string {
    const flat = `${open}${parts.join(', ')}${close}`;
    if (!flat.includes('\n') && flat.length + level * 4 <= maxLine) return flat;
    const indent = '    '.repeat(level + 1);
    return `${open}\n${parts.map((part) => `${indent}${part},\n`).join('')}${'    '.repeat(level)}${close}`;
  }
}

function isIdentifier(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !keywords.has(name);
}

/** Whether the class of a component would reject or drop something of it. */
function needsDynamic(widget: JsonObject): boolean {
  const type = String(widget['type']);
  const spec = componentSpec(type);
  if (!pythonClasses.has(type) || spec === undefined) return true;
  return Object.entries(widget).some(([name, value]) => {
    if (value === null || name === 'type' || name === 'children') return false;
    if (name === 'id' || name === 'key') return typeof value !== 'string';
    const schema = spec.props.shape[name];
    if (schema === undefined || notInPython[type]?.includes(name) === true) return true;
    if (!schema.safeParse(value).success) return true;
    if (typeof value === 'number' && !Number.isInteger(value)) {
      return wholeNumbers.test(name) || wholeIn[type]?.test(name) === true;
    }
    if (name === 'border') return hasFraction(value as Json);
    if (type === 'Title' && name === 'size') return value === 'xs';
    if (type === 'Icon' && name === 'name') return !isPythonIcon(String(value));
    if (name === 'iconStart' || name === 'iconEnd') return !isPythonIcon(String(value));
    // One of the two forms of a status has all its properties.
    if (name === 'status' && isJsonObject(value)) {
      return 'icon' in value && ('favicon' in value || 'frame' in value || !isPythonIcon(String(value['icon'])));
    }
    return false;
  });
}

function isPythonIcon(name: string): boolean {
  return icons.has(name) || name.startsWith('lucide:') || name.startsWith('vendor:');
}

function hasFraction(value: Json): boolean {
  if (typeof value === 'number') return !Number.isInteger(value);
  return isJsonObject(value) && Object.values(value).some((inner) => hasFraction(inner as Json));
}

/** Returns a constant of TypeScript with a widget, typed by `@openai/chatkit`. Its types do not have all properties. */
export function asTypeScript(widget: Json): string {
  const names: Readonly<Record<string, string>> = { Card: 'Card', ListView: 'ListView', Basic: 'BasicRoot' };
  const name = isJsonObject(widget) ? names[String(widget['type'])] : undefined;
  const literal = objectLiteral(withoutNull(widget), 0);
  if (name === undefined) return `const widget = ${literal};\n`;
  const head = 'import type { Widgets } from "@openai/chatkit";\n\n';
  if (fitsTypes(widget, 0)) return `${head}const widget: Widgets.${name} = ${literal};\n`;
  const note = '// Some of this is not part of the types of @openai/chatkit.\n';
  return `${head}${note}const widget = ${literal} as unknown as Widgets.${name};\n`;
}

/** What the types of `@openai/chatkit` do not have. */
const notInTypes: Readonly<Record<string, readonly string[]>> = {
  Image: ['background', 'flex'],
  Select: ['searchable'],
};

function fitsTypes(value: Json, level: number): boolean {
  if (level > maxLevels || !isJsonObject(value)) return false;
  const type = String(value['type']);
  const spec = componentSpec(type);
  if (spec === undefined || type === 'Chart') return false;
  return Object.entries(value).every(([name, each]) => {
    const inner = each as Json;
    if (inner === null || name === 'type') return true;
    if (name === 'id' || name === 'key') return typeof inner === 'string';
    if (name === 'children') {
      const list = Array.isArray(inner) ? (inner as readonly Json[]) : [inner];
      const isList = spec.children.count === 'many';
      return isList === Array.isArray(inner) && list.every((child) => child === null || fitsTypes(child, level + 1));
    }
    const schema = spec.props.shape[name];
    if (schema === undefined || !schema.safeParse(inner).success || notInTypes[type]?.includes(name) === true)
      return false;
    if (name === 'direction') return inner !== 'column';
    if (type === 'Title' && name === 'size') return inner !== 'xs';
    if ((type === 'Icon' && name === 'name') || name === 'iconStart' || name === 'iconEnd') return isTypedIcon(inner);
    if (name === 'options') return hasOnly(inner, ['value', 'label', ...(type === 'RadioGroup' ? ['disabled'] : [])]);
    if (name.endsWith('Action')) return hasOnly(inner, ['type', 'payload']);
    if (name === 'confirm' || name === 'cancel') {
      return isJsonObject(inner) && hasOnly(inner['action'] ?? {}, ['type', 'payload']);
    }
    if (name === 'status' && isJsonObject(inner) && 'icon' in inner) {
      return isTypedIcon(inner['icon'] ?? '') && hasOnly(inner, ['text', 'icon']);
    }
    return true;
  });
}

function isTypedIcon(name: Json): boolean {
  return typeof name === 'string' && icons.has(name) && name !== 'clock';
}

/** Whether an object, or each object of a list, has no other properties. */
function hasOnly(value: Json, names: readonly string[]): boolean {
  if (Array.isArray(value)) return (value as readonly Json[]).every((each) => hasOnly(each, names));
  return isJsonObject(value) && Object.keys(value).every((name) => names.includes(name));
}

function withoutNull(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(withoutNull);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([name, inner]) => [name, withoutNull(inner as Json)]),
  );
}

function objectLiteral(value: Json, level: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (level > maxLevels) throw new RangeError('The widget is nested too deeply.');
  const isList = Array.isArray(value);
  const parts = Object.entries(value).map(([name, inner]) => {
    const text = objectLiteral(inner as Json, level + 1);
    const isPlain = /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) && name !== '__proto__';
    return isList ? text : `${isPlain ? name : name === '__proto__' ? '["__proto__"]' : JSON.stringify(name)}: ${text}`;
  });
  const [open, close] = isList ? ['[', ']'] : ['{ ', ' }'];
  if (parts.length === 0) return open.trim() + close.trim();
  const flat = `${open}${parts.join(', ')}${close}`;
  if (!flat.includes('\n') && flat.length + level * 2 <= maxLine) return flat;
  const indent = '  '.repeat(level + 1);
  return `${open.trim()}\n${parts.map((part) => `${indent}${part},\n`).join('')}${'  '.repeat(level)}${close.trim()}`;
}
