// prettier-ignore
import {
  Atom, Book, BookOpen, Bot, BriefcaseBusiness, Bug, Calendar, CalendarClock, ChartColumn,
  ChartNoAxesCombined, Check, ChevronDown, ChevronLeft, ChevronRight, Circle, CircleCheck, CircleQuestionMark, CircleUserRound, Clock,
  Compass, Cuboid, Ellipsis, EllipsisVertical, ExternalLink, File, FileText, FlaskConical, Globe, IdCard,
  Image as ImageIcon, Images, Info, KeyRound, Layers, LifeBuoy, Lightbulb, Mail, Map as MapIcon, MapPin, Monitor,
  Notebook, NotebookPen, PartyPopper, PenLine, Pencil, Phone, Play, Plus, RotateCw, Search, SlidersHorizontal,
  Smartphone, Sparkle, Sparkles, SquareCode, SquarePen, SquareText, Star, Trophy, Type, User, X, Zap,
} from 'lucide';
import type { IconName } from '../../../domain/widgets/icons.ts';

/** Elements of a drawing of 24 by 24, as lucide has them. */
export interface IconShape {
  readonly parts: readonly (readonly [
    tag: string,
    attributes: Readonly<Record<string, string | number | undefined>>,
  ])[];
  /** Its faces are filled, not only its lines drawn. */
  readonly filled?: true;
}

export const dotIcon: IconShape = { parts: [['circle', { cx: 12, cy: 12, r: 4 }]], filled: true };

const checkCircleFilled: IconShape = {
  parts: [
    ['circle', { cx: 12, cy: 12, r: 10, className: 'ck-glyph-face' }],
    ['path', { d: 'm8.5 12.5 2.5 2.5 4.5-5', className: 'ck-glyph-cut' }],
  ],
};

/** ChatKit's icon names, drawn with the nearest icons of lucide. */
export const namedIcons: Readonly<Record<IconName, IconShape>> = {
  agent: { parts: Bot },
  analytics: { parts: ChartNoAxesCombined },
  atom: { parts: Atom },
  batch: { parts: Layers },
  bolt: { parts: Zap },
  'book-open': { parts: BookOpen },
  'book-closed': { parts: Book },
  'book-clock': { parts: CalendarClock },
  bug: { parts: Bug },
  calendar: { parts: Calendar },
  chart: { parts: ChartColumn },
  check: { parts: Check },
  'check-circle': { parts: CircleCheck },
  'check-circle-filled': checkCircleFilled,
  'chevron-left': { parts: ChevronLeft },
  'chevron-right': { parts: ChevronRight },
  'circle-question': { parts: CircleQuestionMark },
  clock: { parts: Clock },
  compass: { parts: Compass },
  confetti: { parts: PartyPopper },
  cube: { parts: Cuboid },
  desktop: { parts: Monitor },
  document: { parts: FileText },
  dot: dotIcon,
  'dots-horizontal': { parts: Ellipsis },
  'dots-vertical': { parts: EllipsisVertical },
  'empty-circle': { parts: Circle },
  'external-link': { parts: ExternalLink },
  globe: { parts: Globe },
  keys: { parts: KeyRound },
  lab: { parts: FlaskConical },
  images: { parts: Images },
  info: { parts: Info },
  lifesaver: { parts: LifeBuoy },
  lightbulb: { parts: Lightbulb },
  mail: { parts: Mail },
  'map-pin': { parts: MapPin },
  maps: { parts: MapIcon },
  mobile: { parts: Smartphone },
  name: { parts: Type },
  notebook: { parts: Notebook },
  'notebook-pencil': { parts: NotebookPen },
  'page-blank': { parts: File },
  phone: { parts: Phone },
  play: { parts: Play },
  plus: { parts: Plus },
  profile: { parts: CircleUserRound },
  'profile-card': { parts: IdCard },
  reload: { parts: RotateCw },
  star: { parts: Star },
  'star-filled': { parts: Star, filled: true },
  search: { parts: Search },
  sparkle: { parts: Sparkle },
  'sparkle-double': { parts: Sparkles },
  'square-code': { parts: SquareCode },
  'square-image': { parts: ImageIcon },
  'square-text': { parts: SquareText },
  suitcase: { parts: BriefcaseBusiness },
  'settings-slider': { parts: SlidersHorizontal },
  user: { parts: User },
  wreath: { parts: Trophy },
  write: { parts: PenLine },
  'write-alt': { parts: Pencil },
  'write-alt2': { parts: SquarePen },
};

/** Icons of the drawing's own controls. */
export const shellIcons = {
  close: { parts: X },
  open: { parts: ChevronDown },
} as const satisfies Record<string, IconShape>;
