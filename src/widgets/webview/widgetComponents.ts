import { Badge } from './components/Badge.tsx';
import { Basic } from './components/Basic.tsx';
import { Box } from './components/Box.tsx';
import { Button } from './components/Button.tsx';
import { Caption } from './components/Caption.tsx';
import { Card } from './components/Card.tsx';
import { Chart } from './components/Chart.tsx';
import { Checkbox } from './components/Checkbox.tsx';
import { Col } from './components/Col.tsx';
import { DatePicker } from './components/DatePicker.tsx';
import { Divider } from './components/Divider.tsx';
import { Form } from './components/Form.tsx';
import { Icon } from './components/Icon.tsx';
import { Image } from './components/Image.tsx';
import { Input } from './components/Input.tsx';
import { Label } from './components/Label.tsx';
import { ListView } from './components/ListView.tsx';
import { ListViewItem } from './components/ListViewItem.tsx';
import { Markdown } from './components/Markdown.tsx';
import { RadioGroup } from './components/RadioGroup.tsx';
import { Row } from './components/Row.tsx';
import { Select } from './components/Select.tsx';
import { Spacer } from './components/Spacer.tsx';
import { Table } from './components/Table.tsx';
import { TableCell } from './components/TableCell.tsx';
import { TableRow } from './components/TableRow.tsx';
import { Text } from './components/Text.tsx';
import { Textarea } from './components/Textarea.tsx';
import { Title } from './components/Title.tsx';
import { Transition } from './components/Transition.tsx';
import type { ComponentTable } from './rendering/componentTable.ts';

/** The renderer of each component of the catalogue. */
export const widgetComponents: ComponentTable = {
  Card,
  ListView,
  Basic,
  ListViewItem,
  Box,
  Row,
  Col,
  Form,
  Spacer,
  Divider,
  Transition,
  Text,
  Title,
  Caption,
  Markdown,
  Label,
  Badge,
  Icon,
  Image,
  Button,
  Input,
  Textarea,
  Select,
  DatePicker,
  Checkbox,
  RadioGroup,
  Table,
  'Table.Row': TableRow,
  'Table.Cell': TableCell,
  Chart,
};
