// Each icon is imported from its own file: the index of the package would add the whole set to the bundle.
import Atom from 'lucide/dist/esm/icons/atom.mjs';
import Book from 'lucide/dist/esm/icons/book.mjs';
import BookOpen from 'lucide/dist/esm/icons/book-open.mjs';
import Bot from 'lucide/dist/esm/icons/bot.mjs';
import BriefcaseBusiness from 'lucide/dist/esm/icons/briefcase-business.mjs';
import Bug from 'lucide/dist/esm/icons/bug.mjs';
import Calendar from 'lucide/dist/esm/icons/calendar.mjs';
import CalendarClock from 'lucide/dist/esm/icons/calendar-clock.mjs';
import ChartColumn from 'lucide/dist/esm/icons/chart-column.mjs';
import ChartNoAxesCombined from 'lucide/dist/esm/icons/chart-no-axes-combined.mjs';
import Check from 'lucide/dist/esm/icons/check.mjs';
import ChevronDown from 'lucide/dist/esm/icons/chevron-down.mjs';
import ChevronLeft from 'lucide/dist/esm/icons/chevron-left.mjs';
import ChevronRight from 'lucide/dist/esm/icons/chevron-right.mjs';
import Circle from 'lucide/dist/esm/icons/circle.mjs';
import CircleCheck from 'lucide/dist/esm/icons/circle-check.mjs';
import CircleQuestionMark from 'lucide/dist/esm/icons/circle-question-mark.mjs';
import CircleUserRound from 'lucide/dist/esm/icons/circle-user-round.mjs';
import Clock from 'lucide/dist/esm/icons/clock.mjs';
import Compass from 'lucide/dist/esm/icons/compass.mjs';
import Cuboid from 'lucide/dist/esm/icons/cuboid.mjs';
import Ellipsis from 'lucide/dist/esm/icons/ellipsis.mjs';
import EllipsisVertical from 'lucide/dist/esm/icons/ellipsis-vertical.mjs';
import ExternalLink from 'lucide/dist/esm/icons/external-link.mjs';
import File from 'lucide/dist/esm/icons/file.mjs';
import FileText from 'lucide/dist/esm/icons/file-text.mjs';
import FlaskConical from 'lucide/dist/esm/icons/flask-conical.mjs';
import Globe from 'lucide/dist/esm/icons/globe.mjs';
import IdCard from 'lucide/dist/esm/icons/id-card.mjs';
import ImageIcon from 'lucide/dist/esm/icons/image.mjs';
import Images from 'lucide/dist/esm/icons/images.mjs';
import Info from 'lucide/dist/esm/icons/info.mjs';
import KeyRound from 'lucide/dist/esm/icons/key-round.mjs';
import Layers from 'lucide/dist/esm/icons/layers.mjs';
import LifeBuoy from 'lucide/dist/esm/icons/life-buoy.mjs';
import Lightbulb from 'lucide/dist/esm/icons/lightbulb.mjs';
import Mail from 'lucide/dist/esm/icons/mail.mjs';
import MapIcon from 'lucide/dist/esm/icons/map.mjs';
import MapPin from 'lucide/dist/esm/icons/map-pin.mjs';
import Monitor from 'lucide/dist/esm/icons/monitor.mjs';
import Notebook from 'lucide/dist/esm/icons/notebook.mjs';
import NotebookPen from 'lucide/dist/esm/icons/notebook-pen.mjs';
import PartyPopper from 'lucide/dist/esm/icons/party-popper.mjs';
import PenLine from 'lucide/dist/esm/icons/pen-line.mjs';
import Pencil from 'lucide/dist/esm/icons/pencil.mjs';
import Phone from 'lucide/dist/esm/icons/phone.mjs';
import Play from 'lucide/dist/esm/icons/play.mjs';
import Plus from 'lucide/dist/esm/icons/plus.mjs';
import RotateCw from 'lucide/dist/esm/icons/rotate-cw.mjs';
import Search from 'lucide/dist/esm/icons/search.mjs';
import SlidersHorizontal from 'lucide/dist/esm/icons/sliders-horizontal.mjs';
import Smartphone from 'lucide/dist/esm/icons/smartphone.mjs';
import Sparkle from 'lucide/dist/esm/icons/sparkle.mjs';
import Sparkles from 'lucide/dist/esm/icons/sparkles.mjs';
import SquareCode from 'lucide/dist/esm/icons/square-code.mjs';
import SquarePen from 'lucide/dist/esm/icons/square-pen.mjs';
import SquareText from 'lucide/dist/esm/icons/square-text.mjs';
import Star from 'lucide/dist/esm/icons/star.mjs';
import Trophy from 'lucide/dist/esm/icons/trophy.mjs';
import Type from 'lucide/dist/esm/icons/type.mjs';
import User from 'lucide/dist/esm/icons/user.mjs';
import X from 'lucide/dist/esm/icons/x.mjs';
import Zap from 'lucide/dist/esm/icons/zap.mjs';
import type { IconName } from '../../common/grammar/icons.ts';

/** SVG elements on a grid of 24 by 24, as in lucide. */
export interface IconShape {
  readonly parts: readonly (readonly [
    tag: string,
    attributes: Readonly<Record<string, string | number | undefined>>,
  ])[];
  /** Fills the shapes instead of only stroking the lines. */
  readonly filled?: true;
}

export const dotIcon: IconShape = { parts: [['circle', { cx: 12, cy: 12, r: 4 }]], filled: true };

const checkCircleFilled: IconShape = {
  parts: [
    ['circle', { cx: 12, cy: 12, r: 10, className: 'ck-glyph-face' }],
    ['path', { d: 'm8.5 12.5 2.5 2.5 4.5-5', className: 'ck-glyph-cut' }],
  ],
};

/** ChatKit's icon names with the closest lucide icons. */
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

/** Icons of controls. */
export const controlIcons = {
  close: { parts: X },
  open: { parts: ChevronDown },
} as const satisfies Record<string, IconShape>;
