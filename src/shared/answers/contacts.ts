export type {
  ContactAnswer,
  ContactListAnswer,
  ContactsAddedAnswer,
  ContactView,
} from '../../audience/routes.js';
